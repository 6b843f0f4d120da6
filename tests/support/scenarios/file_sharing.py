"""Scenarios of file sharing."""

import json
from datetime import timedelta

from tablewright.data_access.file_sharing import (
    FilesRepository,
    ShareLinksRepository,
    UsersRepository,
)

PLENTY = 1000


def _lagging(exchange):
    """Answer a query as an index does that has not heard of an item yet."""
    return exchange.reply(200, b'{"Items": [], "Count": 0, "ScannedCount": 0}')


def _stale(exchange):
    """Answer a query as an index does that still has an item of before."""
    faults = exchange.faults
    items = faults.call(lambda: faults.client.query(**exchange.body))["Items"]
    old = "2020-01-01T00:00:00.000Z"
    before = {
        **items[0],
        "uploadTimestamp": {"S": old},
        "sortKey": {"S": f"{old}#{items[0]['fileId']['S']}"},
    }
    text = json.dumps({"Items": [before, *items], "Count": 2, "ScannedCount": 2})
    return exchange.reply(200, text.encode())


def _with_file(stage, size=10):
    UsersRepository(stage.connection).create_user("u#1", storage_quota=PLENTY)
    files = FilesRepository(stage.connection, remove_object=lambda _: None)
    for file_id in ("f#1", "f2"):
        files.create_file(
            "u#1", file_id=file_id, file_name="Name", file_size=size, s3_key=f"key/{file_id}"
        )
    return files


def users(stage):
    """A user comes, changes, and is counted."""
    users = UsersRepository(stage.connection)
    users.create_user("u#1", storage_quota=PLENTY, email="u1@example.com", display_name="One")
    users.create_user(storage_quota=0)
    users.get_user("u#1")
    users.update_user("u#1", version=1, display_name="Other", email=None)
    users.update_last_login("u#1")
    users.update_preferences("u#1", {"theme": "dark", "a.b": None})
    users.set_storage_quota("u#1", 2 * PLENTY)
    users.increment_storage_used("u#1", 15)
    users.increment_storage_used("u#1", -5)
    users.has_available_storage("u#1", 5)
    users.get_available_storage("u#1")


def files(stage):
    """A file is created, created again by the same operation, found and listed."""
    files = _with_file(stage)
    of_one = {"file_id": "f3", "file_name": "Name", "file_size": 0, "s3_key": "key", "op": "op-1"}
    files.create_file("u#1", **of_one)
    files.create_file("u#1", **of_one)
    files.get_file_by_id("f#1")
    stage.faults.on("Query", _stale)
    files.get_file_by_id("f#1")
    files.get_file_by_user_and_id("u#1", "f#1")
    stage.faults.on("Query", _lagging)
    files.get_file_by_user_and_id("u#1", "f#1")
    files.get_user_storage_used("u#1")
    for sort_by in ("upload_time", "file_size"):
        for descending in (True, False):
            how = {"sort_by": sort_by, "descending": descending, "limit": 1}
            page = files.list_files("u#1", **how)
            files.list_files("u#1", cursor=page.cursor, **how)


def changes_of_files(stage):
    """A file is changed, whether the index knows it or not."""
    files = _with_file(stage)
    for answer in (None, _lagging):
        stage.faults.on("Query", answer)
        files.update_file("u#1", "f#1", file_name="Other")
        stage.faults.on("Query", answer)
        files.increment_download_count("u#1", "f#1")
        for size in (20, 10, 10):
            stage.faults.on("Query", answer)
            files.replace_content("u#1", "f#1", file_size=size, s3_key="other")
    file = files.get_file_by_user_and_id("u#1", "f#1")
    files.increment_download_count("u#1", "f#1", upload_timestamp=file.upload_timestamp)


def links(stage):
    """A link is made, shown, switched off and deleted."""
    _with_file(stage)
    links = ShareLinksRepository(stage.connection)
    later = stage.clock.now() + timedelta(hours=1)
    for answer in (None, _lagging):
        stage.faults.on("Query", answer)
        links.create_share_link("u#1", "f#1", expires_at=later)
    link = links.create_share_link("u#1", "f#1", expires_at=later, max_downloads=3, link_id="l#1")
    links.get_share_link(link.link_id)
    links.is_share_link_valid(link.link_id)
    page = links.get_share_links_by_file_id("f#1", limit=1)
    links.get_share_links_by_file_id("f#1", limit=1, cursor=page.cursor)
    links.deactivate_share_link(link.link_id)
    links.delete_share_link(link.link_id)
    links.delete_share_links_by_file_id("f#1")


def claims(stage):
    """Downloads are claimed in both ways, and once more by the same claim."""
    _with_file(stage)
    links = ShareLinksRepository(stage.connection)
    later = stage.clock.now() + timedelta(hours=1)
    links.create_share_link("u#1", "f#1", expires_at=later, max_downloads=3, link_id="l#1")
    for exact in (False, True):
        for _ in range(2):
            links.increment_download_count("l#1", "c#1", exact=exact)


def deletion_of_files(stage):
    """A file is marked and deleted with its links, whether the index knows it or not."""
    files = _with_file(stage)
    links = ShareLinksRepository(stage.connection)
    later = stage.clock.now() + timedelta(hours=1)
    links.create_share_link("u#1", "f#1", expires_at=later)
    links.create_share_link("u#1", "f2", expires_at=later)
    files.mark_file_for_deletion("u#1", "f#1")
    stage.faults.on("Query", _lagging)
    files.mark_file_for_deletion("u#1", "f2")
    files.delete_file("u#1", "f#1")
    stage.faults.on("Query", _lagging)
    files.delete_file("u#1", "f2")
    files.delete_file("u#1", "f2")


def deletion_of_users(stage):
    """A user is deleted with files and links, and another's counter is set right."""
    _with_file(stage)
    users = UsersRepository(stage.connection, remove_object=lambda _: None)
    links = ShareLinksRepository(stage.connection)
    links.create_share_link("u#1", "f2", expires_at=stage.clock.now() + timedelta(hours=1))
    users.reconcile_storage("u#1")
    users.mark_user_for_deletion("u#1")
    users.delete_user("u#1")
    users.delete_user("u#1")


SCENARIOS = (
    users,
    files,
    changes_of_files,
    links,
    claims,
    deletion_of_files,
    deletion_of_users,
)
