"""The directory: who is there, by owner and status, by e-mail domain, and by day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Count, Id, Record, Text, Timestamp
from tablewright.data_access.values.shown import shown
from tablewright.models.catalog import usage_quotas as model

if TYPE_CHECKING:
    from tablewright.data_access.repository.pages import Page


def _address(email: str) -> str:
    local, _, domain = email.rpartition("@")
    if not local or not domain:
        raise ValueError("give an e-mail address with something on both sides of its @")
    return email


Address = Annotated[Text, AfterValidator(_address)]
"""An e-mail address: something, `@`, and a domain."""


class Entry(Record):
    """Who belongs to an owner; without an e-mail address, in the index by domain there is none."""

    user_id: Id
    owner: Id
    status: Id
    email: Address | None = None
    timestamp: Timestamp
    version: Count

    def attributes(self) -> dict[str, Any]:
        """Return the values by attribute, with the domain and the date that keys are made of."""
        values = super().attributes()
        values["date"] = values["timestamp"][: len("2026-01-31")]
        if self.email is not None:
            values["domain"] = self.email.rpartition("@")[2].casefold()
        return values


class _NewStatus(Record):
    status: Id
    version: Count


ENTRY = Kind(model.USAGE_QUOTAS, model.ENTRY, Entry)


class DirectoryRepository(BaseRepository):
    """Creates, changes, finds and deletes entries; the indexes lag a little."""

    model = model.USAGE_QUOTAS

    @performs("create_entry")
    def create_entry(
        self,
        *,
        owner: str,
        status: str,
        email: str | None = None,
        user_id: str | None = None,
        op: str | None = None,
    ) -> Entry:
        """Create an entry and return it; raises AlreadyExists for a user id that is taken."""
        op = op or self._connection.new_id()
        entry = Entry.of(
            user_id=op if user_id is None else user_id,
            owner=owner,
            status=status,
            email=email,
            timestamp=self._connection.now(),
            version=1,
        )
        return self._put("create_entry", ENTRY, entry, op=op)

    @performs("get_entry")
    def get_entry(self, user_id: str) -> Entry:
        """Return an entry; raises NotFound."""
        return self._require("get_entry", ENTRY, {"userId": user_id})

    @performs("set_status")
    def set_status(
        self, user_id: str, status: str, *, version: int, op: str | None = None
    ) -> Entry:
        """Give the entry that was read at a version another status, and return it.

        Raises NotFound and VersionConflict.
        """
        fields = {"userId": user_id}
        wanted = _NewStatus.of(status=status, version=version)
        keys = ENTRY.index_keys_with("status", {**fields, "status": wanted.status})
        return self._update(
            "set_status",
            ENTRY,
            fields,
            Change(
                assign={"status": wanted.status, **keys},
                compute={"version": "#version + :one"},
                using={"one": 1},
            ),
            op=op or self._connection.new_id(),
            condition=Condition(text="#version = :version", values={"version": wanted.version}),
        )

    @performs("delete_entry")
    def delete_entry(self, user_id: str) -> None:
        """Delete an entry; one that is absent already is no error."""
        self._delete("delete_entry", ENTRY, {"userId": user_id})

    @performs("list_by_owner", "list_by_owner.status")
    def list_by_owner(
        self, owner: str, *, status: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> Page[Entry]:
        """List an owner's entries by status and user id, or those of one status by user id."""
        if status is None:
            query = self._query("list_by_owner", ENTRY, {"owner": owner})
        else:
            fields = {"owner": owner, "status": status}
            query = self._query("list_by_owner.status", ENTRY, fields)
        return query.page(limit=limit, cursor=cursor)

    @performs("list_by_email_domain")
    def list_by_email_domain(
        self, domain: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Entry]:
        """List entries whose e-mail addresses are of a domain, in any case, by user id.

        A page reads every shard of the domain.
        """
        folded = domain.casefold() if isinstance(domain, str) else domain
        entries = self._fan_in("list_by_email_domain", ENTRY, {"domain": folded})
        return entries.page(limit=limit, cursor=cursor)

    @performs("list_created_on")
    def list_created_on(
        self, day: date, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Entry]:
        """List the entries that were created on a day of UTC, the oldest first.

        A page reads every shard of the day.
        """
        if isinstance(day, datetime) or not isinstance(day, date):
            raise InvalidInput(f"{shown(day)} is no day; give a datetime.date, of UTC")
        entries = self._fan_in("list_created_on", ENTRY, {"date": day.isoformat()})
        return entries.page(limit=limit, cursor=cursor)
