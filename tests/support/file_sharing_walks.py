"""Lists that are read page by page, alone and while others write."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tablewright.data_access.repository.pages import walk
from tests.support.file_sharing_machine import FILES, USERS, Base

LIMITS = st.integers(1, 4)
ORDERS = st.sampled_from(
    [(by, descending) for by in ("upload_time", "file_size") for descending in (False, True)]
)


@dataclass
class Walk:
    """A list that is read page by page while others write."""

    user_id: str
    order: dict
    places: dict
    cursor: str | None = None
    seen: list = field(default_factory=list)


class Walking(Base):
    """Steps that read lists."""

    walk = None

    @rule(user_id=USERS, order=ORDERS, limit=LIMITS)
    def walk_alone(self, user_id, order, limit):
        by, descending = order
        how = {"sort_by": by, "descending": descending, "limit": limit}
        files = walk(lambda cursor: self.files.list_files(user_id, cursor=cursor, **how))
        ids = [file.file_id for file in files]
        expected = self.expected.listed(user_id)
        if by == "upload_time":
            assert ids == (expected[::-1] if descending else expected)
        else:
            assert sorted(ids) == sorted(expected)
            sizes = [self.expected.files[file_id].size for file_id in ids]
            assert sizes == sorted(sizes, reverse=descending)

    @rule(file_id=FILES, limit=LIMITS)
    def walk_links(self, file_id, limit):
        now = self.now()
        links = walk(
            lambda cursor: self.links.get_share_links_by_file_id(
                file_id, limit=limit, cursor=cursor
            )
        )
        alive = [
            link_id
            for link_id, link in self.expected.links.items()
            if link.file_id == file_id and link.expires_at > now
        ]
        assert sorted(link.link_id for link in links) == sorted(alive)

    @rule(user_id=USERS, order=ORDERS)
    def begin_to_walk(self, user_id, order):
        by, descending = order
        places = {f: self.expected.files[f].place for f in self.expected.listed(user_id)}
        self.walk = Walk(user_id, {"sort_by": by, "descending": descending}, places)

    @rule(limit=LIMITS)
    def turn_the_page(self, limit):
        """What stayed where it was from the first page to the last one is seen once."""
        walk = self.walk
        if walk is None:
            return
        page = self.files.list_files(walk.user_id, cursor=walk.cursor, limit=limit, **walk.order)
        walk.seen += [(file.file_id, file.upload_timestamp) for file in page.items]
        walk.cursor = page.cursor
        if walk.order["sort_by"] == "upload_time":
            assert len(walk.seen) == len({*walk.seen})
        if page.cursor is None:
            self.walk = None
            ids = [file_id for file_id, _ in walk.seen]
            for file_id, place in walk.places.items():
                file = self.expected.files.get(file_id)
                if file is not None and file.place == place:
                    assert ids.count(file_id) == 1
