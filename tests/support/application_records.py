"""Records of the application table, and what lies in it."""

from datetime import UTC, datetime

from tablewright.data_access.application_table import Session, UserProfile
from tablewright.models.catalog import APPLICATION_TABLE

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def profile(user_id="u1", **fields):
    return UserProfile.of(user_id=user_id, created_at=NOW, **fields)


def session(session_id="s1", *, user_id="u1", created_at=NOW, **fields):
    return Session.of(session_id=session_id, user_id=user_id, created_at=created_at, **fields)


def stored(backend, model=APPLICATION_TABLE):
    (name,) = backend.tables(model).values()
    return backend.items(name)


def put_raw(backend, **attributes):
    (name,) = backend.tables(APPLICATION_TABLE).values()
    backend.client.put_item(TableName=name, Item=attributes)
