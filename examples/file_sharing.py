"""Upload a file within a quota, share it for two downloads, and delete it with its links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tablewright.data_access import connect
from tablewright.data_access.errors import LinkUnavailable, QuotaExceeded
from tablewright.data_access.file_sharing import (
    FilesRepository,
    ShareLinksRepository,
    UsersRepository,
)


def main() -> None:
    """Run against the tables that the environment names."""
    connection = connect()
    users, files = UsersRepository(connection), FilesRepository(connection)
    links = ShareLinksRepository(connection)

    user = users.create_user(storage_quota=1_000)
    file = files.create_file(user.user_id, file_name="a.txt", file_size=600, s3_key="uploads/a")
    print(f"{file.file_name}: {users.get_available_storage(user.user_id)} bytes are left")
    try:
        files.create_file(user.user_id, file_name="b.txt", file_size=600, s3_key="uploads/b")
    except QuotaExceeded as error:
        print(f"refused: {error}")

    tomorrow = datetime.now(UTC) + timedelta(days=1)
    link = links.create_share_link(file.user_id, file.file_id, expires_at=tomorrow, max_downloads=2)
    for claim in ("claim-1", "claim-1", "claim-2", "claim-3"):  # a claim counts once, however often
        try:
            links.increment_download_count(link.link_id, claim)
            print(f"{claim}: granted")
        except LinkUnavailable as error:
            print(f"{claim}: {error.reason}")

    files.delete_file(user.user_id, file.file_id)
    print(f"deleted: {users.get_available_storage(user.user_id)} bytes are left")
    users.delete_user(user.user_id)


if __name__ == "__main__":
    main()
