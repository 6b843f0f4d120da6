"""What the tables of file sharing hold, in the words of the model beside the machine."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote

from tablewright.data_access.file_sharing.records import CLAIM
from tests.support.file_sharing_model import ALink


class Stored:
    """Every item at one moment."""

    def __init__(self, backend, names):
        files = backend.items(names["files"])
        self.files = {_key(i, "fileId"): i for i in files if "fileId" in i}
        self.guards = [item for item in files if "fileId" not in item]
        self.file_items = len(files) - len(self.guards)
        self.users = {_key(i, "userId"): i for i in backend.items(names["users"])}
        self._links = backend.items(names["share-links"])

    def links(self):
        """Return the links by their ids."""
        return {
            item["linkId"]["S"]: ALink(
                file_id=_key(item, "fileId"),
                expires_at=_moment(item),
                most=_number(item, "maxDownloads"),
                count=_number(item, "downloadCount"),
                active=item["isActive"]["BOOL"],
                last=item["lastClaim"]["S"] if "lastClaim" in item else None,
            )
            for item in self._links
            if item["entityType"]["S"] == "share_link"
        }

    def claims(self):
        """Return when each exact claim expires, by link and claim."""
        return {
            tuple(CLAIM.entity.keys["linkId"].parse(item["linkId"]["S"]).values()): _moment(item)
            for item in self._links
            if item["entityType"]["S"] == "claim"
        }

    def compare(self, expected):
        """Demand what must always hold, and what is expected."""
        self._compare_storage(expected)
        self._compare_files(expected)
        links = self.links()
        assert links == expected.links
        assert self.claims() == expected.claims
        for item in self._links:
            if item["entityType"]["S"] == "share_link":
                file = self.files[_key(item, "fileId")]
                assert item["ownerId"]["S"] == _key(file, "userId")
                assert item["fileSortKey"] == file["sortKey"]
        for link in links.values():
            assert link.most is None or link.count <= link.most

    def _compare_storage(self, expected):
        assert self.users.keys() == expected.users.keys()
        for user_id, item in self.users.items():
            used, left, quota = (
                _number(item, name) for name in ("storageUsed", "storageAvailable", "storageQuota")
            )
            sizes = [
                _number(file, "fileSize")
                for file in self.files.values()
                if _key(file, "userId") == user_id
            ]
            assert used + left == quota == expected.users[user_id].quota
            assert used == sum(sizes) == expected.used(user_id)
            assert ("deletingAt" in item) == expected.users[user_id].marked

    def _compare_files(self, expected):
        assert self.file_items == len(self.files), "a file id has one item"
        assert self.files.keys() == expected.files.keys()
        for file_id, item in self.files.items():
            file = expected.files[file_id]
            assert _key(item, "userId") == file.owner
            assert item["fileName"]["S"] == file.name
            assert ("deletingAt" in item) == file.marked
            numbers = [_number(item, n) for n in ("fileSize", "version", "downloadCount")]
            assert numbers == [file.size, file.version, file.downloads]
        named = sorted((g["ownerId"]["S"], g["fileSortKey"]["S"]) for g in self.guards)
        assert named == sorted((_key(f, "userId"), f["sortKey"]["S"]) for f in self.files.values())


def _key(item, name):
    """Return an id that is a key, in which `#` and `%` are escaped."""
    return unquote(item[name]["S"])


def _number(item, name):
    return int(item[name]["N"]) if name in item else None


def _moment(item):
    return datetime.fromtimestamp(int(item["expiresAt"]["N"]), UTC)
