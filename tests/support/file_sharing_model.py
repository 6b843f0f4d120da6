"""What file sharing should do, said by dicts: each method changes them, or gives the error."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from tablewright.data_access.errors import (
    AlreadyExists,
    BeingDeleted,
    NotFound,
    QuotaExceeded,
    VersionConflict,
)

if TYPE_CHECKING:
    from datetime import datetime


@dataclass
class AUser:
    quota: int
    marked: bool = False


@dataclass
class AFile:
    owner: str
    size: int
    place: int
    name: str = "name"
    version: int = 1
    downloads: int = 0
    marked: bool = False


@dataclass
class ALink:
    file_id: str
    expires_at: datetime
    most: int | None
    count: int = 0
    active: bool = True
    last: str | None = None


class Expected:
    """Users, files, links, and exact claims; `place` changes where a file's place in lists does."""

    def __init__(self):
        self.users = {}
        self.files = {}
        self.links = {}
        self.claims = {}
        self._places = count(1)

    def used(self, user_id):
        return sum(file.size for file in self.files.values() if file.owner == user_id)

    def listed(self, user_id):
        """Return a user's files that are not being deleted, oldest first."""
        files = [f for f in self.files.items() if f[1].owner == user_id and not f[1].marked]
        return [file_id for file_id, _ in files]

    def create_user(self, user_id, quota):
        if user_id in self.users:
            return BeingDeleted if self.users[user_id].marked else AlreadyExists
        self.users[user_id] = AUser(quota)
        return None

    def _unless_stored(self, user_id, more):
        user = self.users.get(user_id)
        if user is None:
            return NotFound
        if user.marked:
            return BeingDeleted
        left = user.quota - self.used(user_id)
        return QuotaExceeded if more > left else None

    def create_file(self, user_id, file_id, size):
        if file_id in self.files:
            return AlreadyExists
        refused = self._unless_stored(user_id, size)
        if not refused:
            self.files[file_id] = AFile(user_id, size, next(self._places))
        return refused

    def file(self, user_id, file_id, *, marked=False):
        """Return a user's file; None where it is absent or another's."""
        file = self.files.get(file_id)
        return file if file and file.owner == user_id and (marked or not file.marked) else None

    def replace_content(self, user_id, file_id, size):
        file = self.file(user_id, file_id)
        if file is None:
            return NotFound
        more = size - file.size
        if self.users[user_id].marked:
            return BeingDeleted
        refused = self._unless_stored(user_id, more) if more > 0 else None
        if not refused:
            file.place = next(self._places) if more else file.place
            file.size, file.version = size, file.version + 1
        return refused

    def update_file(self, user_id, file_id, name, version):
        file = self.file(user_id, file_id)
        if file is None:
            return NotFound
        if version not in {None, file.version}:
            return VersionConflict
        file.name, file.version = name, file.version + 1
        return None

    def count_download(self, user_id, file_id):
        file = self.file(user_id, file_id)
        if file is None:
            return NotFound
        file.downloads += 1
        return None

    def mark_file(self, user_id, file_id):
        """Tell whether there is such a file, which is marked then."""
        file = self.file(user_id, file_id, marked=True)
        if file is None:
            return False
        file.place = file.place if file.marked else next(self._places)
        file.marked = True
        return True

    def delete_file(self, user_id, file_id):
        if self.file(user_id, file_id, marked=True) is None:
            return False
        del self.files[file_id]
        self.links = {id_: link for id_, link in self.links.items() if link.file_id != file_id}
        return True

    def mark_user(self, user_id):
        if user_id not in self.users:
            return False
        self.users[user_id].marked = True
        return True

    def delete_user(self, user_id):
        for file_id in [f for f, file in self.files.items() if file.owner == user_id]:
            self.delete_file(user_id, file_id)
        return self.users.pop(user_id, None) is not None

    def set_quota(self, user_id, quota):
        user = self.users.get(user_id)
        if user is None or user.marked:
            return NotFound
        user.quota = quota
        return None

    def create_link(self, user_id, file_id, link_id, link, now):
        file = self.file(user_id, file_id, marked=True)
        if file is None:
            return NotFound
        if file.marked:
            return BeingDeleted
        if self.alive(link_id, now):
            return AlreadyExists
        self.links[link_id] = link
        return None

    def alive(self, link_id, now):
        return link_id in self.links and self.links[link_id].expires_at > now

    def deactivate(self, link_id, now):
        if not self.alive(link_id, now):
            return NotFound
        self.links[link_id].active = False
        return None

    def claim(self, link_id, claim_id, now, *, exact):
        """Count a download, unless it is counted already; return why it is not granted."""
        link = self.links.get(link_id)
        if link is None:
            return "missing"
        alive = self.claims.get((link_id, claim_id), now) > now
        known = alive if exact else link.last == claim_id
        refused = None if known else self._refusing(link, now)
        if refused:
            return refused
        if not known:
            link.count += 1
            if exact:
                self.claims[link_id, claim_id] = link.expires_at
            else:
                link.last = claim_id
        return "file_gone" if self.files[link.file_id].marked else None

    @staticmethod
    def _refusing(link, now):
        if not link.active:
            return "inactive"
        if link.expires_at <= now:
            return "expired"
        return "exhausted" if link.most is not None and link.count >= link.most else None
