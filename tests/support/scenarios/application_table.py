"""Scenarios of the application table."""

from datetime import timedelta

from tablewright.data_access.application_table import ApplicationTable, Session, UserProfile
from tablewright.data_access.health import HealthRepository


def _profile(stage, user_id):
    return UserProfile.of(user_id=user_id, name="Some", created_at=stage.clock.now())


def _session(stage, number):
    now = stage.clock.now()
    return Session.of(
        session_id=f"s#{number}",
        user_id="u#1",
        created_at=now + timedelta(seconds=number),
        expires_at=now + timedelta(hours=1),
    )


def profiles(stage):
    """A user profile in every method that knows it."""
    table = ApplicationTable(stage.connection)
    table.put(_profile(stage, "u#1"))
    table.get(UserProfile, user_id="u#1")
    table.update(UserProfile, {"name": "Other", "email": None}, user_id="u#1")
    table.list(UserProfile, user_id="u#1")
    table.put_many([_profile(stage, f"u{number}") for number in range(26)])
    table.get_many(UserProfile, [{"user_id": "u#1"}, {"user_id": "u2"}])
    table.get_many(UserProfile, [{"user_id": f"u{number}"} for number in range(101)])
    table.delete(UserProfile, user_id="u#1")


def sessions(stage):
    """A session in every method."""
    table = ApplicationTable(stage.connection)
    table.put(_session(stage, 1))
    table.get(Session, session_id="s#1")
    table.update(Session, {"user_id": "u2"}, session_id="s#1")
    table.list(Session, session_id="s#1")
    table.put_many([_session(stage, 2), _session(stage, 3)])
    page = table.list_by_index(Session, user_id="u#1", limit=1)
    table.list_by_index(Session, user_id="u#1", limit=1, cursor=page.cursor)
    table.get_many(Session, [{"session_id": "s#1"}, {"session_id": "s#2"}])
    table.delete(Session, session_id="s#1")


def after_expiry(stage):
    """A session is created over one that has expired."""
    table = ApplicationTable(stage.connection)
    table.put(_session(stage, 1))
    stage.clock.sleep(2 * 60 * 60)
    table.put(_session(stage, 1))


def health(stage):
    """The table is asked whether it is there."""
    assert HealthRepository(stage.connection).check_health().is_connected


SCENARIOS = (profiles, sessions, after_expiry, health)
