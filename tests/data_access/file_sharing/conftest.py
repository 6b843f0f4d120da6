"""Repositories of file sharing on each backend, and what most tests begin with."""

from datetime import timedelta

import pytest

from tablewright.data_access.file_sharing import (
    FilesRepository,
    ShareLinksRepository,
    UsersRepository,
)
from tablewright.models.catalog import FILE_SHARING


class Sharing:
    """The three repositories on one connection, the objects that were removed, and the tables."""

    def __init__(self, connection, backend, clock):
        self.removed = []
        self.users = UsersRepository(connection, remove_object=self.removed.append)
        self.files = FilesRepository(connection, remove_object=self.removed.append)
        self.links = ShareLinksRepository(connection)
        self.backend = backend
        self.clock = clock

    def user(self, user_id="u1", quota=1000):
        return self.users.create_user(user_id, storage_quota=quota)

    def file(self, file_id="f1", user_id="u1", size=100, **given):
        given = {"file_name": "a.txt", "s3_key": f"{user_id}/{file_id}", **given}
        return self.files.create_file(user_id, file_id=file_id, file_size=size, **given)

    def link(self, link_id="l1", user_id="u1", file_id="f1", seconds=3600, **given):
        expires_at = self.clock.now() + timedelta(seconds=seconds)
        return self.links.create_share_link(
            user_id, file_id, link_id=link_id, expires_at=expires_at, **given
        )

    def full(self):
        """Give u1 the files f1 and f2, and u2 g1, each with two links."""
        for user_id, file_ids in (("u1", ("f1", "f2")), ("u2", ("g1",))):
            self.user(user_id)
            for file_id in file_ids:
                self.shared(file_id, user_id)

    def shared(self, file_id, user_id):
        self.file(file_id, user_id)
        for number in range(2):
            self.link(f"{file_id}-{number}", user_id, file_id)

    def counted(self, link_id="l1"):
        """Return how many downloads of a link are stored."""
        items = {item["linkId"]["S"]: item for item in self.items("share-links")}
        return int(items[link_id]["downloadCount"]["N"])

    def file_ids(self):
        return sorted(item["fileId"]["S"] for item in self.items() if "fileId" in item)

    def link_ids(self):
        return sorted(item["linkId"]["S"] for item in self.items("share-links"))

    def user_ids(self):
        return sorted(item["userId"]["S"] for item in self.items("users"))

    def items(self, table="files"):
        return self.backend.items(self.backend.tables(FILE_SHARING)[table])

    def table(self, table="files"):
        return self.backend.tables(FILE_SHARING)[table]

    def storage(self, user_id="u1"):
        """Return (used, available) as they are stored, once both invariants hold."""
        items = {item["userId"]["S"]: item for item in self.items("users")}
        used, available, quota = (
            int(items[user_id][name]["N"])
            for name in ("storageUsed", "storageAvailable", "storageQuota")
        )
        sizes = [
            int(item["fileSize"]["N"])
            for item in self.items()
            if item["userId"]["S"] == user_id and "fileSize" in item
        ]
        assert used + available == quota
        assert used == sum(sizes)
        return used, available


@pytest.fixture
def sharing(connect, backend, clock):
    return Sharing(connect(FILE_SHARING), backend, clock)


@pytest.fixture
def full(sharing):
    sharing.full()
    return sharing


@pytest.fixture
def files(sharing):
    return sharing.files


@pytest.fixture
def links(sharing):
    return sharing.links


@pytest.fixture
def users(sharing):
    return sharing.users


@pytest.fixture
def file(sharing):
    sharing.user()
    return sharing.file()


@pytest.fixture
def claim(sharing, links, file):
    """Make the link `l1` of the file, and give what claims one of its downloads."""
    sharing.link(max_downloads=2, seconds=3600)
    assert file.file_id == "f1"
    return lambda claim_id=None, exact=False, link_id="l1": links.increment_download_count(
        link_id, claim_id, exact=exact
    )
