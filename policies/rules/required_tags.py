"""What costs money or grants access says whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.order import known_first
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import entries, text, texts
from rules.framework.tokens import MANAGED_POLICY, PARAMETER, ROLE, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    tags = resource.properties.section("tags")
    return known_first(
        _environment(tags, settings), *(_present(tags, key) for key in _required(settings))
    )


def _required(settings: Settings) -> tuple[str, ...]:
    keys = (*settings.texts("requiredTags"), settings.text("environmentTag"))
    return tuple(dict.fromkeys(filter(None, keys)))


def _present(tags: Properties, key: str) -> Iterator[Finding]:
    if not tags.text(key).strip():
        yield Finding(
            "missing",
            f"tag {key!r} is missing or blank; set it in the resource's own tags (what the "
            "provider adds by default is not seen here)",
        )


def _environment(tags: Properties, settings: Settings) -> Iterator[Finding]:
    key = settings.text("environmentTag")
    value = tags.text(key) if key else ""
    if value.strip() and value != settings.environment:
        yield Finding(
            "environment", f"tag {key!r} is {value!r}; the stack is for {settings.environment!r}"
        )


def _remediate(resource: Resource, settings: Settings) -> dict[str, object]:
    tags = resource.properties.section("tags")
    known = {
        **settings.entries("defaultTags"),
        settings.text("environmentTag"): settings.environment,
    }
    missing = {
        key: known[key] for key in _required(settings) if key in known and not tags.holds(key)
    }
    return {"tags": missing} if missing else {}


REQUIRED_TAGS = ResourceRule(
    id="required-tags",
    demands="Tables, roles, access policies and parameters carry the required tags, and the "
    "environment that they are for.",
    severity=Severity.LOW,
    default_level=MANDATORY,
    remediation_steps="Set the missing keys in tags of the resource; with tablewright, set "
    "tablewright:owner and tablewright:costCenter, the rest follows from the stack.",
    url="https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-5",
    mappings=Mappings(security_hub=("DynamoDB.5", "IAM.24")),
    settings={
        "requiredTags": texts(
            "The tags that every resource must carry; keys are case-sensitive.",
            ("Project", "Environment", "Owner", "CostCenter", "ManagedBy"),
            least=1,
        ),
        "environmentTag": text(
            "The tag whose value is the environment, required too; empty where there is none.",
            "Environment",
        ),
        "defaultTags": entries("Values that a remediation may give to required tags."),
    },
    types=(TABLE, ROLE, MANAGED_POLICY, PARAMETER),
    check=_check,
    remediate=_remediate,
)
