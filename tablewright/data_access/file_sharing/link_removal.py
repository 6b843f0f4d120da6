"""Removal of a file's share links, in batches."""

from __future__ import annotations

from itertools import islice
from typing import Final

from tablewright.data_access.errors import Incomplete, Retryable
from tablewright.data_access.file_sharing.lookup import FileLookup
from tablewright.data_access.file_sharing.records import LINK

LINKS_AT_ONCE: Final = 100


class LinkRemoval(FileLookup):
    """Removes the links that the index shows."""

    def _delete_links(self, file_id: str, file_sort_key: str | None = None) -> int:
        """Delete a file's links, of one sort key alone where it is given; returns how many.

        Rounds go on until one finds nothing new, for the index shows deleted links for a while.
        """
        gone: set[str] = set()
        try:
            while self._delete_found(file_id, file_sort_key, gone):
                pass
        except Retryable as error:
            if not gone:
                raise
            raise Incomplete(
                f"{len(gone)} links of file {file_id!r} are deleted, and others may be left, for "
                f"{error}; call again to go on",
                (file_id,),
            ) from error
        return len(gone)

    def _delete_found(self, file_id: str, file_sort_key: str | None, gone: set[str]) -> bool:
        """Delete the links that the index shows but for those that are gone; False for none."""
        links = self._query(
            "get_share_links_by_file_id", LINK, {"fileId": file_id}, marked=True
        ).each()
        new = (
            link.link_id
            for link in links
            if link.link_id not in gone and file_sort_key in {None, link.file_sort_key}
        )
        before = len(gone)
        while some := list(islice(new, LINKS_AT_ONCE)):
            deletes = [{"linkId": link_id} for link_id in some]
            self._batch_write("delete_share_links_by_file_id", LINK, deletes=deletes)
            gone.update(some)
        return len(gone) > before
