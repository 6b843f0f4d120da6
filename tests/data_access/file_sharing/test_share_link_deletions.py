"""Share links are deleted one by one or with all of a file, as the index shows them."""

import pytest

from tablewright.data_access.errors import Incomplete
from tests.support.faults import Faults, leaving, showing

pytestmark = pytest.mark.usefixtures("file")


def test_a_link_is_deleted_however_often(sharing, links):
    sharing.link()
    for _ in range(2):
        links.delete_share_link("l1")
    assert sharing.items("share-links") == []


def test_all_links_of_a_file_are_deleted_expired_ones_too(sharing, links, clock):
    sharing.file("f2")
    kept = sharing.link("other", file_id="f2")
    for number in range(130):
        sharing.link(f"l{number}", seconds=5 if number % 2 else 3600)
    clock.sleep(10)
    assert links.delete_share_links_by_file_id("f1") == 130
    assert links.delete_share_links_by_file_id("f1") == 0
    assert [item["linkId"]["S"] for item in sharing.items("share-links")] == [kept.link_id]


def test_links_that_a_batch_leaves_are_told_and_go_next_time(sharing, links, backend):
    for number in range(5):
        sharing.link(f"l{number}")
    with Faults(backend.client) as faults:
        faults.on("BatchWriteItem", leaving(2))
        faults.always("BatchWriteItem", leaving(0))
        with pytest.raises(Incomplete) as left:
            links.delete_share_links_by_file_id("f1")
    assert len(left.value.leftovers) == 3
    assert len(sharing.items("share-links")) == 3
    assert links.delete_share_links_by_file_id("f1") == 3


def test_links_that_the_index_still_shows_are_not_deleted_for_ever(sharing, links, backend):
    sharing.link()
    with Faults(backend.client) as faults:
        faults.always("Query", showing(*faults.call(lambda: sharing.items("share-links"))))
        assert links.delete_share_links_by_file_id("f1") == 1
        assert faults.count("BatchWriteItem") == 1
