"""A table's physical name says which environment it belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import ENVIRONMENTS, entries
from rules.framework.tokens import TABLE
from rules.tables.unjudged import OTHER_WAYS, is_unjudged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource

_ALIASES = {
    "production": "prod",
    "prd": "prod",
    "development": "dev",
    "devel": "dev",
    "stage": "staging",
    "stg": "staging",
    "preprod": "staging",
    "qa": "qa",
    "uat": "uat",
    "sandbox": "sandbox",
}


def _check(resource: Resource, settings: Settings) -> Iterator[Finding]:
    return _table(resource, settings) if resource.type == TABLE else _other_way(resource)


def _other_way(resource: Resource) -> Iterator[Finding]:
    """Find what makes tables or access policies unseen: it would pass every rule of the pack."""
    if is_unjudged(resource):
        yield Finding(
            "unjudged-type",
            f"this pack cannot judge what {resource.type} makes of DynamoDB and IAM; use "
            "aws.dynamodb.Table and aws.iam.Policy, or waive it",
        )


def _table(resource: Resource, settings: Settings) -> Iterator[Finding]:
    name = resource.properties.text("name")
    environment = settings.environment
    if not name:
        yield Finding(
            "unnamed",
            "the table has no name, so Pulumi makes one up; name it "
            f"<project>-{environment}-<table>",
        )
        return
    segments = re.split(r"[-_.]", name.lower())
    if environment not in segments:
        yield Finding(
            "lacks-environment",
            f"table name {name!r} lacks the segment {environment!r}; put it between '-', '_' or "
            "'.', or the same table of two environments meets in one account",
        )
    known = {alias.lower(): of for alias, of in settings.entries("aliases").items()}
    known |= {each: each for each in ENVIRONMENTS}
    for other in dict.fromkeys(segments):
        if known.get(other, environment) != environment:
            yield Finding(
                "other-environment",
                f"table name {name!r} carries {other!r}, and the stack is for {environment!r}; "
                f"leave {other!r} to its own environment",
            )


DDB_NAME_ENV_ISOLATION = ResourceRule(
    id="ddb-name-env-isolation",
    demands="The physical name of a table carries its environment, and no other; nothing makes "
    "tables or access policies in a way that the pack cannot judge.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Set name of the table to <project>-<environment>-<table>; with tablewright, "
    "set tablewright:environment and leave the names to the label. Declare tables as "
    "aws.dynamodb.Table and access policies as aws.iam.Policy, not by a template or another API.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html",
    settings={
        "aliases": entries(
            "Further names of environments, each with the environment that it stands for. As a "
            "name must carry its own environment anyway, words that tables are called by, such as "
            "test or live, are left out.",
            _ALIASES,
            names="^[^-_.]+$",
        )
    },
    types=(TABLE, *OTHER_WAYS),
    check=_check,
)
