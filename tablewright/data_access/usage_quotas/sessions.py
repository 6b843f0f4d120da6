"""Sessions: found by user, by their ids alone, and by time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tablewright.data_access.errors import CorruptItem, NotFound
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.transport.timing import timestamp
from tablewright.data_access.usage_quotas.records import SESSION, Session
from tablewright.models.catalog import USAGE_QUOTAS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.data_access.repository.pages import Page

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


class SessionsRepository(BaseRepository):
    """Creates, finds, lists and deletes sessions."""

    model = USAGE_QUOTAS

    @performs("create_session")
    def create_session(
        self,
        user_id: str,
        *,
        session_id: str | None = None,
        metadata: Mapping[str, object] | None = None,
        op: str | None = None,
    ) -> Session:
        """Begin a session and return it; raises AlreadyExists for an id that the user has.

        Ids are unique within a user. One that two users share is not found by the id alone, so
        leave it to be made up.
        """
        op = op or self._connection.new_id()
        session = Session.of(
            user_id=user_id,
            session_id=op if session_id is None else session_id,
            timestamp=self._connection.now(),
            metadata={} if metadata is None else metadata,
        )
        return self._put("create_session", SESSION, session, op=op)

    @performs("get_session")
    def get_session(self, user_id: str, session_id: str) -> Session:
        """Return a user's session; raises NotFound."""
        fields = {"userId": user_id, "sessionId": session_id}
        return self._require("get_session", SESSION, fields)

    @performs("get_session_by_id", "get_session")
    def get_session_by_id(self, session_id: str) -> Session:
        """Return a session by its id alone.

        Raises NotFound, also for one that was created a moment ago, as the index lags; and
        CorruptItem where two users have the id.
        """
        fields = {"sessionId": session_id}
        found = self._query("get_session_by_id", SESSION, fields).page(limit=2).items
        if not found:
            raise NotFound(f"there is no {SESSION.named(fields)}")
        if len(found) > 1:
            raise CorruptItem(f"two users have the {SESSION.named(fields)}; delete one of them")
        return self.get_session(found[0].user_id, session_id)

    @performs("list_user_sessions", "list_user_sessions.from_to")
    def list_user_sessions(
        self,
        user_id: str,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Session]:
        """List a user's sessions, newest first, of those that began from `start` to `end`.

        Both ends are included. The index lags a little.
        """
        if start is None and end is None:
            query = self._query("list_user_sessions", SESSION, {"userId": user_id})
        else:
            query = self._query(
                "list_user_sessions.from_to",
                SESSION,
                {"userId": user_id, "timestamp": timestamp(_FIRST if start is None else start)},
                {"timestamp": timestamp(_LAST if end is None else end)},
            )
        return query.page(limit=limit, cursor=cursor)

    @performs("delete_session")
    def delete_session(self, user_id: str, session_id: str) -> None:
        """Delete a session; one that is absent already is no error."""
        fields = {"userId": user_id, "sessionId": session_id}
        self._delete("delete_session", SESSION, fields)
