"""What puts back what drifted: which deployment mends it, which never sees it, what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tablewright.operations.drift.beyond import RESOURCE_POLICY
from tablewright.operations.verify.check import Status

if TYPE_CHECKING:
    from tablewright.operations.verify.check import Check


class Mends(StrEnum):
    """What mends a difference; `make up` alone does not, for it reads the state and not AWS."""

    REFRESH_AND_UP = "refresh and up"
    PLAN = "plan, then refresh and up"
    RESTORE = "restore first"
    HAND = "by hand"


@dataclass(frozen=True)
class WayBack:
    """What mends a difference, and what to know or do before."""

    mends: Mends
    words: str = ""


RUNBOOK: Final = "docs/restore.md"
_LOST_TABLE: Final = WayBack(
    Mends.RESTORE,
    "the table is gone with its items. Stop deployments of this stack: after a refresh `make up` "
    f"would make it anew, empty. Restore it under the same name: {RUNBOOK}",
)
_OTHER_TABLE: Final = WayBack(
    Mends.RESTORE,
    "a table's key never changes, so somebody deleted the table and made another under its name; "
    f"after a refresh `make up` would replace that one too. Restore it: {RUNBOOK}",
)
_STRANGER: Final = WayBack(
    Mends.HAND,
    "no deployment touches a table that is in no state: declare it and bring it under the stack "
    "(`tablewright adopt`, docs/adopt.md), or delete it",
)
_MORE_INDEX: Final = WayBack(
    Mends.REFRESH_AND_UP, "that deletes the index; declare it instead where somebody queries it"
)
_LESS_INDEX: Final = WayBack(
    Mends.REFRESH_AND_UP,
    "that builds the index anew: queries on it fail until it is ACTIVE, minutes to hours later",
)
_OTHER_INDEX: Final = WayBack(
    Mends.PLAN,
    "the index would be deleted and built under the same name; `tablewright plan-index` gives the "
    "steps without an outage",
)
_RECOVERY: Final = WayBack(
    Mends.REFRESH_AND_UP,
    "do it soon: what could be restored from before is lost, and the window begins anew",
)
_RESOURCE_POLICY: Final = WayBack(
    Mends.HAND,
    "no deployment takes it away, and what it grants holds until then: aws dynamodb "
    "delete-resource-policy --resource-arn <the table's ARN>",
)
_DOCUMENT: Final = WayBack(
    Mends.REFRESH_AND_UP,
    "what was added (+) is allowed and what was taken (-) denied until then; to be quicker, make "
    "the version before the default one: aws iam set-default-policy-version",
)

_TABLE: Final = {
    "key schema": _OTHER_TABLE,
    "attribute definitions": WayBack(
        Mends.PLAN,
        "they follow from the key and the indexes; where only a type differs, the provider never "
        "changes it: use a new attribute and a new index",
    ),
    "stream view": WayBack(
        Mends.PLAN,
        "a stream that is switched on anew has another ARN, which its readers must be told; "
        "`tablewright plan-index` gives the steps",
    ),
    "time to live": WayBack(
        Mends.REFRESH_AND_UP, "AWS refuses a second change of it within about an hour"
    ),
    "billing mode": WayBack(
        Mends.REFRESH_AND_UP, "watch for throttling: the maxima and scaling of the modes differ"
    ),
    "point-in-time recovery": _RECOVERY,
    "recovery window in days": _RECOVERY,
    "KMS key": WayBack(
        Mends.REFRESH_AND_UP, "keep the other key until then: the items cannot be read without it"
    ),
    "replicas": WayBack(
        Mends.REFRESH_AND_UP, "a replica that is not declared is deleted: see who uses its region"
    ),
    RESOURCE_POLICY: _RESOURCE_POLICY,
}


def way_back(check: Check) -> WayBack:
    """Say what mends a difference."""
    kind = check.resource.split()[0]
    if kind == "table" and " index " in check.resource:
        return _of_index(check)
    if kind == "table":
        return _of_table(check)
    if kind == "managed" and check.property == "document":
        return _DOCUMENT
    return WayBack(Mends.REFRESH_AND_UP)


def _of_table(check: Check) -> WayBack:
    if check.property == "existence":
        return _LOST_TABLE if check.status is Status.MISSING else _STRANGER
    return _TABLE.get(check.property, WayBack(Mends.REFRESH_AND_UP))


def _of_index(check: Check) -> WayBack:
    if check.property == "existence":
        return _LESS_INDEX if check.status is Status.MISSING else _MORE_INDEX
    if check.property in {"key schema", "projection"}:
        return _OTHER_INDEX
    return WayBack(Mends.REFRESH_AND_UP)
