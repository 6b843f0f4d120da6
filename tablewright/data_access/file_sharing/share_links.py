"""Share links: made for a file, shown, switched off, deleted; `claims` counts their downloads."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Final

from tablewright.data_access.errors import BeingDeleted, InvalidInput, NotFound
from tablewright.data_access.file_sharing.claims import Claims, status_of
from tablewright.data_access.file_sharing.link_removal import LinkRemoval
from tablewright.data_access.file_sharing.lookup import LOOKUP
from tablewright.data_access.file_sharing.records import (
    FILE,
    LINK,
    LinkStatus,
    ShareLink,
    key_fields,
    sort_key_of,
)
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.expressions import Change
from tablewright.data_access.repository.performs import performs

if TYPE_CHECKING:
    from datetime import datetime

    from tablewright.data_access.errors import DataAccessError
    from tablewright.data_access.repository.pages import Page
    from tablewright.data_access.repository.transactions import Part
    from tablewright.data_access.values.codec import Item

LINK_ID_BYTES: Final = 16


class ShareLinksRepository(Claims, LinkRemoval):
    """Links to files. A link's id is all that a download takes, so no error names one."""

    @performs(*LOOKUP, "create_share_link")
    def create_share_link(
        self,
        user_id: str,
        file_id: str,
        *,
        expires_at: datetime,
        max_downloads: int | None = None,
        link_id: str | None = None,
        op: str | None = None,
    ) -> ShareLink:
        """Make a link to a user's file; its id, unless given, is 128 random bits.

        `expires_at` is to the second, `max_downloads` at least 1, None for any number. Raises
        NotFound, BeingDeleted and AlreadyExists. A repeat takes the operation id and the link id.
        """
        op = op or self._connection.new_id()
        link_id = self._secret() if link_id is None else link_id
        file = self._located(user_id, file_id, marked=True)
        link = ShareLink.of(
            link_id=link_id,
            file_id=file_id,
            created_at=self._connection.now(),
            expires_at=expires_at,
            max_downloads=max_downloads,
            owner_id=user_id,
            file_sort_key=sort_key_of(file),
        )
        if link.expires_at <= self._connection.now():
            raise InvalidInput(f"expires_at={expires_at!r} is past; give a moment to come")
        with self._repeatable(link_id=link_id):
            earlier = self._transact(
                "create_share_link", op, _file_check(link), transactions.put(LINK, link)
            )
        return link if earlier is None else LINK.read(earlier[1] or {})

    def _secret(self) -> str:
        random = self._connection.new_secret(LINK_ID_BYTES)
        return urlsafe_b64encode(random).rstrip(b"=").decode()

    @performs("get_share_link")
    def get_share_link(self, link_id: str) -> ShareLink:
        """Return a link; raises NotFound, also where it has expired."""
        return self._require("get_share_link", LINK, {"linkId": link_id})

    @performs("get_share_links_by_file_id")
    def get_share_links_by_file_id(
        self, file_id: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[ShareLink]:
        """Return a file's links, oldest first, without those that have expired."""
        query = self._query("get_share_links_by_file_id", LINK, {"fileId": file_id})
        return query.page(limit=limit, cursor=cursor)

    @performs("get_share_link")
    def is_share_link_valid(self, link_id: str) -> LinkStatus:
        """Return what a link looks like, for display; only `increment_download_count` decides."""
        link = self._get("get_share_link", LINK, {"linkId": link_id}, marked=True)
        return status_of(link, self._connection.now())

    @performs("deactivate_share_link")
    def deactivate_share_link(self, link_id: str, *, op: str | None = None) -> ShareLink:
        """Switch a link off for good; raises NotFound."""
        return self._update(
            "deactivate_share_link",
            LINK,
            {"linkId": link_id},
            Change(assign={"isActive": False}),
            op=op or self._connection.new_id(),
        )

    @performs("delete_share_link")
    def delete_share_link(self, link_id: str) -> None:
        """Delete a link; one that is gone is no error."""
        self._delete("delete_share_link", LINK, {"linkId": link_id})

    @performs("get_share_links_by_file_id", "delete_share_links_by_file_id")
    def delete_share_links_by_file_id(self, file_id: str) -> int:
        """Delete every link of a file that the index shows, and return how many.

        Links that are made meanwhile may stay, unless the file is being deleted. Raises Incomplete
        where some are left over at the deadline.
        """
        return self._delete_links(file_id)


def _file_check(link: ShareLink) -> Part:
    named = f"file fileId={link.file_id!r} of user {link.owner_id!r}"

    def refused(item: Item | None) -> DataAccessError:
        if item is None:
            return NotFound(f"there is no {named}")
        return BeingDeleted(f"{named} is being deleted; it takes no new links")

    fields = key_fields(link.owner_id, link.file_sort_key)
    return transactions.check(FILE, fields, refused=refused)
