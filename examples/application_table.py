"""Keep records of one's own kinds in one table, and ask whether the table can be reached."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tablewright.data_access import connect
from tablewright.data_access.application_table import ApplicationTable, Session, UserProfile
from tablewright.data_access.health import check_health


def main() -> None:
    """Run against the table that the environment names."""
    connection = connect()
    table = ApplicationTable(connection)
    now = datetime.now(UTC)
    user_id = connection.new_id()

    table.put(UserProfile.of(user_id=user_id, name="Ada", email="ada@example.com", created_at=now))
    table.update(UserProfile, {"name": "Ada Lovelace"}, user_id=user_id)
    print(table.get(UserProfile, user_id=user_id).name)

    for hours in (-1, 1, 2):  # one has expired already, and is not given any more
        session_id = f"{user_id}-{hours}"
        expires = now + timedelta(hours=hours)
        table.put(
            Session.of(session_id=session_id, user_id=user_id, created_at=now, expires_at=expires)
        )
    sessions = table.list_by_index(Session, user_id=user_id).items
    print(f"{len(sessions)} sessions have not expired")
    print(f"health: {check_health().status}")


if __name__ == "__main__":
    main()
