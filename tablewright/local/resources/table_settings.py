"""A table's settings that have calls of their own, and their changes in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import tags
from .table_request import billing, throughput
from .table_waiter import wait_until_active

if TYPE_CHECKING:
    from tablewright.local.clients import Clients
    from tablewright.local.handler import Inputs, Outputs


def change_billing(clients: Clients, found: Outputs, new: Inputs) -> None:
    """Switch between on-demand and provisioned, or provision another capacity."""
    wanted, before = billing(new), billing(found)
    if wanted != before:
        _update(clients, found, wanted)


def change_throughput(clients: Clients, found: Outputs, new: Inputs) -> None:
    """Set on-demand maxima and raise warm throughput."""
    wanted = throughput(new)
    if wanted and wanted != throughput(found):
        _update(clients, found, wanted)


def change_class(clients: Clients, found: Outputs, new: Inputs) -> None:
    """Move the table between STANDARD and STANDARD_INFREQUENT_ACCESS."""
    wanted = new.get("tableClass") or "STANDARD"
    if wanted != found["tableClass"]:
        _update(clients, found, {"TableClass": wanted})


def change_deletion_protection(clients: Clients, found: Outputs, new: Inputs) -> None:
    """Turn deletion protection on or off."""
    wanted = bool(new.get("deletionProtectionEnabled"))
    if wanted != found["deletionProtectionEnabled"]:
        _update(clients, found, {"DeletionProtectionEnabled": wanted})


def change_time_to_live(clients: Clients, found: Outputs, new: Inputs) -> None:
    """Disable the attribute that was, then enable the one that shall be."""
    before = found["ttl"]["attributeName"] if found["ttl"]["enabled"] else ""
    declared = new.get("ttl") or {}
    wanted = declared.get("attributeName", "") if declared.get("enabled") else ""
    if before and before != wanted:
        _set_time_to_live(clients, found["name"], before, enabled=False)
    if wanted and before != wanted:
        _set_time_to_live(clients, found["name"], wanted, enabled=True)


def change_recovery(clients: Clients, found: Outputs, new: Inputs) -> None:
    """Turn point-in-time recovery on with its window in days, or off."""
    before, declared = found["pointInTimeRecovery"], new.get("pointInTimeRecovery") or {}
    enabled = bool(declared.get("enabled"))
    days = int(declared.get("recoveryPeriodInDays") or 0)
    if enabled == before["enabled"] and days in (0, before["recoveryPeriodInDays"]):
        return
    specification: dict[str, Any] = {"PointInTimeRecoveryEnabled": enabled}
    if enabled and days:
        specification["RecoveryPeriodInDays"] = days
    clients.dynamodb.update_continuous_backups(
        TableName=found["name"],
        PointInTimeRecoverySpecification=specification,  # type: ignore[arg-type]
    )


def change_tags(clients: Clients, found: Outputs, new: Inputs) -> None:
    """Set new and changed tags, remove those that are gone."""
    to_set, to_remove = tags.changes(found["tagsAll"], tags.declared(new))
    # The emulator keeps the old value beside a new one, so a changed tag goes first, too.
    gone = [*to_remove, *(key for key in to_set if key in found["tagsAll"])]
    if gone:
        clients.dynamodb.untag_resource(ResourceArn=found["arn"], TagKeys=gone)
    if to_set:
        clients.dynamodb.tag_resource(ResourceArn=found["arn"], Tags=tags.pairs(to_set))


def _set_time_to_live(clients: Clients, name: str, attribute: str, *, enabled: bool) -> None:
    clients.dynamodb.update_time_to_live(
        TableName=name,
        TimeToLiveSpecification={"AttributeName": attribute, "Enabled": enabled},
    )


def _update(clients: Clients, found: Outputs, change: dict[str, Any]) -> None:
    clients.dynamodb.update_table(TableName=found["name"], **change)
    wait_until_active(clients, found["name"])
