"""DynamoDB tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.local.errors import RefusedError
from tablewright.local.handler import BaseHandler, Inputs, Outputs, Problem
from tablewright.local.type_tokens import TABLE

from . import table_settings as settings
from .table_indexes import change_indexes, lowered
from .table_outputs import read_outputs
from .table_rebuild import must_be_rebuilt, rebuild
from .table_request import create_request, stream
from .table_waiter import wait_until_active

if TYPE_CHECKING:
    from tablewright.local.clients import Clients

_SETTINGS_IN_PLACE = (
    settings.change_billing,
    settings.change_throughput,
    settings.change_class,
    settings.change_deletion_protection,
    change_indexes,
    settings.change_time_to_live,
    settings.change_recovery,
    settings.change_tags,
)
_FRESH: Outputs = {
    "ttl": {"enabled": False},
    "pointInTimeRecovery": {"enabled": False, "recoveryPeriodInDays": 0},
}
_RECOVERY_DAYS = range(1, 36)


class TableHandler(BaseHandler):
    """`aws:dynamodb/table:Table`: its id is the physical name.

    Replicas, table class and on-demand maxima are accepted, but the emulator reports none of them.
    """

    type_token = TABLE
    replace_on = frozenset({"region", "name", "hashKey", "rangeKey", "localSecondaryIndexes"})
    required = ("name", "hashKey", "attributes")

    def check(self, inputs: Inputs) -> list[Problem]:
        """List what AWS refuses and the emulator lets pass."""
        problems = super().check(inputs)
        days = (inputs.get("pointInTimeRecovery") or {}).get("recoveryPeriodInDays")
        if isinstance(days, int | float) and days not in _RECOVERY_DAYS:
            problems.append(
                ("pointInTimeRecovery", f"a window of {days} days; choose 1 to 35 days")
            )
        if inputs.get("streamEnabled") is True and not inputs.get("streamViewType"):
            problems.append(("streamViewType", "is required with a stream; choose what it shows"))
        return problems

    def replacements(self, old: Inputs, new: Inputs) -> frozenset[str]:
        """Name the warm throughput when it is lowered."""
        return frozenset({"warmThroughput"} if lowered(old, new) else ())

    def create(self, clients: Clients, inputs: Inputs) -> tuple[str, Outputs]:
        """Create the table, then what CreateTable cannot set."""
        name = inputs["name"]
        clients.dynamodb.create_table(**create_request(inputs))
        wait_until_active(clients, name)
        fresh = {"name": name, **_FRESH}
        settings.change_time_to_live(clients, fresh, inputs)
        settings.change_recovery(clients, fresh, inputs)
        return name, self._existing(clients, name, inputs)

    def read(self, clients: Clients, id: str, inputs: Inputs) -> Outputs | None:  # noqa: A002 -- the provider's word
        """Read the table, its time to live, its recovery and its tags."""
        return read_outputs(clients, id, inputs)

    def update(self, clients: Clients, id: str, old: Inputs, new: Inputs) -> Outputs:  # noqa: A002 -- as above
        """Change one thing after the other; a stream or another key builds the table anew."""
        found = self._existing(clients, id, old)
        if must_be_rebuilt(found, new):
            return rebuild(clients, found, lambda: self.create(clients, new))
        if new.get("streamEnabled") and not found["streamEnabled"]:
            clients.dynamodb.update_table(TableName=id, **stream(new))
            wait_until_active(clients, id)
        for change in _SETTINGS_IN_PLACE:
            change(clients, found, new)
        return self._existing(clients, id, new)

    def delete(self, clients: Clients, id: str, outputs: Inputs) -> None:  # noqa: A002, ARG002 -- as above
        """Delete the table and its items; RefusedError while deletion protection is on."""
        found = read_outputs(clients, id, {})
        if found is None:
            return
        if found["deletionProtectionEnabled"]:
            raise RefusedError(
                f"table '{id}' has deletion protection on, so AWS refuses to delete it; set"
                " deletionProtectionEnabled to false, deploy that, then delete"
            )
        clients.dynamodb.delete_table(TableName=id)
        clients.dynamodb.get_waiter("table_not_exists").wait(TableName=id)

    def _existing(self, clients: Clients, name: str, inputs: Inputs) -> Outputs:
        found = read_outputs(clients, name, inputs)
        if found is None:
            raise RefusedError(f"table '{name}' does not exist; refresh the stack, then run again")
        return found
