"""Claims: one download of a share link, counted once for each claim id and never over the limit.

All that speaks against a download is in one condition, so that no check can be outrun. A claim is
told from its repeat in one of two ways:

- the link keeps the last claim's id. A lost answer and another's claim after it can burn a
  download, though never exceed the limit; one write.
- `exact`: an item of its own for each claim, as long as the link lives. Nothing is burnt; a read
  and a transaction, which costs four times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.data_access.errors import LinkUnavailable, UnknownOutcome
from tablewright.data_access.file_sharing.lookup import FileLookup
from tablewright.data_access.file_sharing.records import (
    CLAIM,
    FILE,
    LINK,
    Claim,
    Download,
    LinkStatus,
    ShareLink,
    key_fields,
)
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.performs import performs

if TYPE_CHECKING:
    from datetime import datetime

    from tablewright.data_access.repository.performer import Refusal
    from tablewright.data_access.values.codec import Item

_CLAIM: Final = Change(add={"downloadCount": 1})
_GRANTED: Final = Condition(
    text="#isActive = :active AND "
    "(attribute_not_exists(#maxDownloads) OR #downloadCount < #maxDownloads)",
    values={"active": True},
)
_WORDS: Final = {
    LinkStatus.MISSING: "there is no such link",
    LinkStatus.INACTIVE: "it was switched off",
    LinkStatus.EXPIRED: "it has expired",
    LinkStatus.EXHAUSTED: "its downloads are used up",
    LinkStatus.FILE_GONE: "its file was deleted",
}


class Claims(FileLookup):
    """Counts the downloads of share links."""

    @performs(
        "get_share_link",
        "increment_download_count.link",
        "increment_download_count.exact_link",
        "get_file_by_user_and_id",
    )
    def increment_download_count(
        self, link_id: str, claim_id: str | None = None, *, exact: bool = False
    ) -> Download:
        """Claim a download, and return the file to serve; the same claim id counts once.

        Raises LinkUnavailable, whose `reason` is a LinkStatus: `missing`, `inactive`, `expired`,
        `exhausted`, or `file_gone` (which has counted). Repeat UnknownOutcome with its claim id.
        """
        claim_id = self._connection.new_id() if claim_id is None else claim_id
        CLAIM.key({"linkId": link_id, "claimId": claim_id})
        try:
            link = (self._exact if exact else self._last)(link_id, claim_id)
        except UnknownOutcome as error:
            error.repeat_with = {"claim_id": claim_id}
            raise
        with self._behind_write("a download was counted", claim_id=claim_id):
            fields = key_fields(link.owner_id, link.file_sort_key)
            file = self._get("get_file_by_user_and_id", FILE, fields)
        if file is None:
            raise _unavailable(LinkStatus.FILE_GONE)
        return Download(link=link, file=file)

    def _last(self, link_id: str, claim_id: str) -> ShareLink:
        return self._update(
            "increment_download_count.link",
            LINK,
            {"linkId": link_id},
            _CLAIM,
            op=claim_id,
            condition=_GRANTED,
            refused=self._refused(),
            stamp="lastClaim",
        )

    def _exact(self, link_id: str, claim_id: str) -> ShareLink:
        link = self._get("get_share_link", LINK, {"linkId": link_id}, marked=True)
        if link is None:
            raise _unavailable(LinkStatus.MISSING)
        claim = Claim.of(link_id=link_id, claim_id=claim_id, expires_at=link.expires_at)
        self._transact(
            "increment_download_count.exact_link",
            claim_id,
            transactions.put(CLAIM, claim),
            transactions.update(
                LINK,
                {"linkId": link_id},
                _CLAIM,
                condition=_GRANTED,
                refused=self._refused(),
                stamp=None,
            ),
        )
        return link

    def _refused(self) -> Refusal:
        now = self._connection.now()

        def refused(item: Item | None) -> LinkUnavailable | None:
            status = status_of(None if item is None else LINK.read(item), now)
            return None if status else _unavailable(status)

        return refused


def status_of(link: ShareLink | None, now: datetime) -> LinkStatus:
    """Return what a link looks like at a moment; its file is not asked."""
    if link is None:
        return LinkStatus.MISSING
    if not link.is_active:
        return LinkStatus.INACTIVE
    if link.expires_at <= now:
        return LinkStatus.EXPIRED
    if link.max_downloads is not None and link.download_count >= link.max_downloads:
        return LinkStatus.EXHAUSTED
    return LinkStatus.VALID


def _unavailable(status: LinkStatus) -> LinkUnavailable:
    return LinkUnavailable(f"the share link cannot be used: {_WORDS[status]}", status)
