"""Share links are made for files that stay, shown until they expire, switched off and deleted."""

from datetime import UTC, datetime, timedelta

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    BeingDeleted,
    InvalidInput,
    KeyTooLong,
    NotFound,
)
from tablewright.data_access.file_sharing import LinkStatus
from tablewright.data_access.repository.pages import walk
from tests.support.faults import Faults, before

pytestmark = pytest.mark.usefixtures("file")


def test_a_link_is_found_as_it_was_made(sharing, links):
    made = sharing.link("a#b%", max_downloads=3)
    assert links.get_share_link("a#b%") == made
    assert links.get_share_links_by_file_id("f1").items == (made,)


def test_a_link_and_a_download_do_not_show_the_link_id(sharing, links):
    made = sharing.link("who-has-this-may-download")
    granted = links.increment_download_count(made.link_id, "c1")
    assert made.link_id not in f"{made!r} {made} {granted!r} {granted}"


def test_a_made_up_link_id_is_of_128_random_bits(sharing, links, clock):
    expires_at = clock.now() + timedelta(hours=1)
    made = [links.create_share_link("u1", "f1", expires_at=expires_at) for _ in range(2)]
    ids = {link.link_id for link in made}
    assert [len(link_id) for link_id in ids] == [22, 22]
    assert {item["linkId"]["S"] for item in sharing.items("share-links")} == ids


@pytest.mark.parametrize("link_id", ["CLAIM#l1#c1", "%23", "CLAIM%23l1%23c1"])
def test_a_link_whose_id_looks_like_a_claims_key_meets_no_claim(sharing, links, link_id):
    sharing.link("l1", max_downloads=1)
    links.increment_download_count("l1", "c1", exact=True)
    made = sharing.link(link_id)
    assert links.get_share_link(link_id) == made
    assert len(sharing.items("share-links")) == 3


@pytest.mark.parametrize(("user_id", "file_id"), [("u2", "f1"), ("u1", "f2")])
def test_a_link_to_a_file_that_is_not_the_users_is_refused(links, clock, user_id, file_id):
    with pytest.raises(NotFound):
        links.create_share_link(user_id, file_id, expires_at=clock.now() + timedelta(1))


def test_a_link_to_a_file_that_is_being_deleted_is_refused(sharing, files):
    files.mark_file_for_deletion("u1", "f1")
    with pytest.raises(BeingDeleted, match="file fileId='f1' of user 'u1' is being deleted"):
        sharing.link()


@pytest.mark.parametrize(
    ("deletion", "error"),
    [("mark_file_for_deletion", BeingDeleted), ("delete_file", NotFound)],
)
def test_a_deletion_that_begins_meanwhile_is_noticed(sharing, files, backend, deletion, error):
    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", before(lambda: getattr(files, deletion)("u1", "f1")))
        with pytest.raises(error):
            sharing.link()
    assert sharing.items("share-links") == []


def test_an_id_that_is_taken_is_refused_and_not_named(sharing, links):
    first = sharing.link("secret")
    with pytest.raises(AlreadyExists) as refused:
        sharing.link("secret", max_downloads=1)
    assert "secret" not in str(refused.value)
    assert links.get_share_link("secret") == first


def test_making_with_the_same_operation_id_again_gives_the_same_link(sharing, clock):
    first = sharing.link(op="op-1")
    clock.sleep(10)
    assert sharing.link(op="op-1") == first


@pytest.mark.parametrize(
    "given",
    [
        {"link_id": ""},
        {"link_id": 7},
        {"link_id": "\ud800"},
        {"max_downloads": 0},
        {"max_downloads": 1.0},
        {"max_downloads": True},
        {"expires_at": datetime(2027, 1, 1)},  # noqa: DTZ001 -- what is refused
        {"expires_at": datetime(2100, 1, 1, tzinfo=UTC)},
        {"expires_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"expires_at": None},
    ],
)
def test_a_link_that_cannot_be_is_refused(sharing, links, given):
    expires_at = sharing.clock.now() + timedelta(hours=1)
    with pytest.raises(InvalidInput):
        links.create_share_link("u1", "f1", **{"expires_at": expires_at, **given})
    assert sharing.items("share-links") == []


def test_the_limit_of_a_links_key_counts_bytes(sharing):
    with pytest.raises(KeyTooLong):
        sharing.link("é" * 1025)


def test_an_expired_link_counts_as_absent_though_it_is_still_stored(sharing, links, clock):
    sharing.link(seconds=10)
    clock.sleep(9.999)
    links.get_share_link("l1")
    clock.sleep(0.001)
    for call in (links.get_share_link, links.deactivate_share_link):
        with pytest.raises(NotFound) as refused:
            call("l1")
        assert "l1" not in str(refused.value)
    assert links.get_share_links_by_file_id("f1").items == ()
    assert links.is_share_link_valid("l1") is LinkStatus.EXPIRED
    assert len(sharing.items("share-links")) == 1
    assert sharing.link() == links.get_share_link("l1"), "an expired id may be used again"


def test_when_a_link_expires_is_stored_as_time_to_live_needs_it(sharing, clock):
    link = sharing.link(seconds=10.75)
    (item,) = sharing.items("share-links")
    assert item["expiresAt"] == {"N": str(int(clock.now().timestamp()) + 10)}
    assert link.expires_at == clock.now() + timedelta(seconds=10)


def test_a_page_of_expired_links_is_not_the_end(sharing, links, clock):
    for number in range(12):
        sharing.link(f"early{number}", seconds=10)
        clock.sleep(0.001)
    last = sharing.link("last")
    clock.sleep(10)
    first = links.get_share_links_by_file_id("f1", limit=1)
    assert first.items == ()
    assert first.cursor is not None
    pages = walk(lambda cursor: links.get_share_links_by_file_id("f1", limit=1, cursor=cursor))
    assert list(pages) == [last]


def test_the_status_of_a_link_is_true_only_while_it_works(sharing, links, clock):
    sharing.link(max_downloads=1, seconds=10)
    assert links.is_share_link_valid("l1")
    links.increment_download_count("l1", "c1")
    assert links.is_share_link_valid("l1") is LinkStatus.EXHAUSTED
    clock.sleep(10)
    assert links.is_share_link_valid("l1") is LinkStatus.EXPIRED
    sharing.link("l2")
    links.deactivate_share_link("l2")
    assert links.is_share_link_valid("l2") is LinkStatus.INACTIVE
    assert links.is_share_link_valid("l3") is LinkStatus.MISSING
    assert [bool(status) for status in LinkStatus].count(True) == 1


def test_a_link_that_is_switched_off_stays_off(sharing, links):
    link = sharing.link()
    for _ in range(2):
        off = links.deactivate_share_link("l1", op="op-1")
        assert off == link.model_copy(update={"is_active": False})
    with pytest.raises(NotFound):
        links.deactivate_share_link("l2")
    assert len(sharing.items("share-links")) == 1
