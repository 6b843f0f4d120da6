"""A download of a share link is claimed once for each claim id, and never over the limit."""

import pytest

from tablewright.data_access.errors import (
    InvalidInput,
    KeyTooLong,
    LinkUnavailable,
)
from tablewright.data_access.file_sharing import LinkStatus
from tests.support.faults import (
    Faults,
    after,
    before,
)

BOTH = pytest.mark.parametrize("exact", [False, True])
WRITES = {False: "UpdateItem", True: "TransactWriteItems"}


@BOTH
def test_a_claim_gives_the_file_to_serve(sharing, claim, file, exact):
    granted = claim("c1", exact)
    assert granted.file == file
    assert granted.link.link_id == "l1"
    assert sharing.counted() == 1


@BOTH
def test_downloads_are_used_up_exactly(sharing, claim, exact):
    claim("c1", exact)
    claim("c2", exact)
    with pytest.raises(LinkUnavailable, match="its downloads are used up") as refused:
        claim("c3", exact)
    assert refused.value.reason is LinkStatus.EXHAUSTED
    assert sharing.counted() == 2


@BOTH
def test_a_link_without_a_limit_is_never_used_up(sharing, links, claim, exact):
    sharing.link("l2")
    for number in range(5):
        claim(f"c{number}", exact, "l2")
    assert sharing.counted("l2") == 5
    assert links.is_share_link_valid("l2")


@BOTH
def test_the_same_claim_is_granted_again_and_counted_once(sharing, claim, file, exact):
    claim("c1", exact)
    claim("c2", exact)
    for _ in range(3):
        assert claim("c2", exact).file == file
    assert sharing.counted() == 2


def test_a_link_keeps_the_last_claim_beside_the_last_operation(sharing, claim):
    (made,) = sharing.items("share-links")
    claim("c1")
    claim("c2", exact=True)
    (link,) = [item for item in sharing.items("share-links") if item["linkId"]["S"] == "l1"]
    assert link["lastClaim"] == {"S": "c1"}
    assert link["operationId"] == made["operationId"]


def test_an_exact_claim_is_known_behind_those_of_others(sharing, claim):
    claim("c1", exact=True)
    claim("c2", exact=True)
    assert claim("c1", exact=True).link.link_id == "l1"
    assert sharing.counted() == 2


def test_a_claim_behind_anothers_may_burn_a_download_but_not_exceed_the_limit(sharing, claim):
    claim("c1")
    claim("c2")
    with pytest.raises(LinkUnavailable):
        claim("c1")
    assert sharing.counted() == 2


@BOTH
@pytest.mark.parametrize("reason", ["missing", "inactive", "expired", "file_gone"])
def test_a_refusal_says_why_and_names_no_link(sharing, claim, exact, reason):
    link_id = "missing" if reason == "missing" else "l1"
    if reason == "inactive":
        sharing.links.deactivate_share_link("l1")
        sharing.clock.sleep(3600)
    elif reason == "expired":
        claim("c0", exact)
        claim("c1", exact)
        sharing.clock.sleep(3600)
    elif reason == "file_gone":
        sharing.files.mark_file_for_deletion("u1", "f1")
    with pytest.raises(LinkUnavailable) as refused:
        claim("c9", exact, link_id)
    assert refused.value.reason == reason
    assert "l1" not in str(refused.value)


@BOTH
def test_a_refused_claim_leaves_nothing(sharing, links, claim, exact):
    links.deactivate_share_link("l1")
    before_ = sharing.items("share-links")
    for link_id in ("l1", "l2"):
        with pytest.raises(LinkUnavailable):
            claim("c1", exact, link_id)
    assert sharing.items("share-links") == before_


@BOTH
@pytest.mark.parametrize("change", ["deactivate_share_link", "delete_share_link"])
def test_a_link_that_changes_meanwhile_grants_nothing(links, claim, backend, exact, change):
    with Faults(backend.client) as faults:
        faults.on(WRITES[exact], before(lambda: getattr(links, change)("l1")))
        with pytest.raises(LinkUnavailable) as refused:
            claim("c1", exact)
    assert refused.value.reason in {"inactive", "missing"}


@BOTH
def test_the_last_download_that_goes_meanwhile_is_not_given_twice(sharing, claim, backend, exact):
    claim("c1", exact)
    with Faults(backend.client) as faults:
        faults.on(WRITES[exact], before(lambda: claim("c2", exact)))
        with pytest.raises(LinkUnavailable) as refused:
            claim("c3", exact)
    assert refused.value.reason == "exhausted"
    assert sharing.counted() == 2


@BOTH
def test_a_file_that_goes_after_the_claim_is_not_given(files, claim, backend, exact):
    with Faults(backend.client) as faults:
        faults.on(WRITES[exact], after(lambda: files.delete_file("u1", "f1")))
        with pytest.raises(LinkUnavailable) as refused:
            claim("c1", exact)
    assert refused.value.reason is LinkStatus.FILE_GONE


def test_a_claims_item_expires_with_its_link(sharing, claim):
    claim("c#1", exact=True)
    items = {item["linkId"]["S"]: item for item in sharing.items("share-links")}
    assert set(items) == {"l1", "CLAIM#l1#c%231"}
    assert items["CLAIM#l1#c%231"]["expiresAt"] == items["l1"]["expiresAt"]
    assert "fileId" not in items["CLAIM#l1#c%231"]


@BOTH
@pytest.mark.parametrize(
    ("link_id", "claim_id", "error"),
    [
        ("", "c", InvalidInput),
        (7, "c", InvalidInput),
        ("l1", "", InvalidInput),
        ("l1", 7, InvalidInput),
        ("l1", "\ud800", InvalidInput),
        ("l1", "é" * 1025, KeyTooLong),
    ],
)
def test_a_claim_that_cannot_be_a_key_is_refused(links, exact, link_id, claim_id, error):
    with pytest.raises(error):
        links.increment_download_count(link_id, claim_id, exact=exact)
