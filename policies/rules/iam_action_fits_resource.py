"""What a statement says can apply: its actions, their resources, their condition keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import Schema, Settings, flag
from rules.iam.documents import POLICIES, each_statement
from rules.iam.fitting import Grant, grants_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules.framework.subjects import Resource
    from rules.iam.documents import Statement

_SETTINGS: Final[Schema] = {
    "knownServicesOnly": flag(
        "Whether an action of a service that the pack's table of actions does not hold is a "
        "violation; otherwise it is not judged.",
        default=False,
    )
}


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    known_only = settings.flag("knownServicesOnly")
    return each_statement(
        resource, lambda statement, place: _statement(statement, place, known_only=known_only)
    )


def _statement(statement: Statement, place: str, *, known_only: bool) -> Iterator[Finding]:
    grants = grants_of(statement.actions)
    for grant in grants_of((*statement.actions, *statement.not_actions)):
        if grant.is_unknown:
            yield Finding(
                "unknown-action",
                f"{place} names {grant.action!r}, which AWS does not have; mend it",
            )
        elif known_only and grant.is_foreign:
            text = f"{place} names {grant.action!r}, whose service is not in the table of actions"
            yield Finding("unknown-service", f"{text}; remove it, or turn knownServicesOnly off")
    judged = [grant for grant in grants if grant.is_judged and not grant.is_unknown]
    if statement.actions and statement.resources:
        yield from _resources(statement, place, judged, blind=len(judged) < len(grants))
    yield from _condition_keys(statement, place, judged)


def _resources(
    statement: Statement, place: str, grants: Sequence[Grant], *, blind: bool
) -> Iterator[Finding]:
    """Find what does not fit; `blind` is a statement with actions that are not judged."""
    told: set[str] = set()
    fitting = False
    for resource in statement.resources:
        misfits = [grant for grant in grants if grant.misfits(resource)]
        told.update(grant.action for grant in misfits)
        fits = any(grant.fits(resource) for grant in grants)
        fitting = fitting or fits or blind
        if misfits:
            names = ", ".join(grant.action for grant in misfits)
            text = f"{place} puts {names} on {resource!r}, without effect: {misfits[0].accepted}"
            yield Finding("wrong-resource", f"{text}; give each resource type its own statement")
        elif not fits and not blind:
            text = f"{place} names {resource!r}, which none of its actions accepts"
            yield Finding("idle-resource", f"{text}; mend it, or name the action it is for")
    for grant in grants if fitting else ():
        idle = not any(grant.fits(resource) for resource in statement.resources)
        if idle and grant.action not in told:
            text = f"{place} has no resource for {grant.action}: {grant.accepted}"
            yield Finding("idle-action", f"{text}; name one, or remove the action")


def _condition_keys(statement: Statement, place: str, grants: Sequence[Grant]) -> Iterator[Finding]:
    for key in dict.fromkeys(
        condition.key
        for condition in statement.conditions
        # To deny a request that lacks a key needs no key.
        if statement.allows or condition.operator.lower() != "null"
    ):
        without = [grant.action for grant in grants if not grant.takes(key)]
        if without:
            yield Finding(
                "condition-key",
                f"{place} has a condition on {key}, which no request for "
                f"{', '.join(without)} carries; remove the key, or give them their own statement",
            )


IAM_ACTION_FITS_RESOURCE = ResourceRule(
    id="iam-action-fits-resource",
    demands="Every action exists and accepts the resources and condition keys of its statement.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Give actions on tables, on indexes, on streams and on * statements of their "
    "own in the policy of the aws.iam resource, with condition keys that all of their actions "
    "carry; with tablewright, declare access patterns, from which the statements follow.",
    url="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html",
    mappings=Mappings(parliament=("RESOURCE_MISMATCH~",)),
    settings=_SETTINGS,
    types=POLICIES,
    check=_check,
)
