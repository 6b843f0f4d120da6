"""Consume a quota exactly once, open a session, log in by OIDC, and look into the directory."""

from __future__ import annotations

from tablewright.data_access import connect
from tablewright.data_access.errors import NotFound, QuotaExceeded
from tablewright.data_access.usage_quotas import (
    DirectoryRepository,
    OidcStateRepository,
    QuotasRepository,
    SessionsRepository,
)


def main() -> None:
    """Run against the tables that the environment names."""
    connection = connect()
    quotas, sessions = QuotasRepository(connection), SessionsRepository(connection)
    states, directory = OidcStateRepository(connection), DirectoryRepository(connection)
    user_id = connection.new_id()

    quotas.assign_quota(user_id, "requests-monthly", tier="free", limit=10)
    quotas.consume(user_id, "requests-monthly", 7, op="request-1")
    quotas.consume(user_id, "requests-monthly", 7, op="request-1")  # repeated: counts once
    try:
        quotas.consume(user_id, "requests-monthly", 7)
    except QuotaExceeded as error:
        print(f"refused: {error}")
    print(f"{quotas.get_quota(user_id, 'requests-monthly').remaining} requests are left")

    state = states.create_state()
    states.consume_state(state.state)
    try:
        states.consume_state(state.state)
    except NotFound:
        print("a login cannot be finished twice")

    session = sessions.create_session(user_id)
    print(f"session found: {sessions.get_session_by_id(session.session_id) == session}")

    entry = directory.create_entry(user_id=user_id, owner="team-a", status="active")
    directory.set_status(user_id, "suspended", version=entry.version)
    entries = directory.list_by_owner("team-a", status="suspended").items
    print(f"suspended in team-a: {user_id in {entry.user_id for entry in entries}}")


if __name__ == "__main__":
    main()
