"""A walk over shards meets every item once, in order, and holds one response of each."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.errors import InvalidCursor, InvalidInput
from tablewright.data_access.repository.pages import MOST_READS, walk
from tests.support.sharded_index import Held, Index, even, fan_in, id_of


def pages_of(asked, limit):
    pages = [asked.page(limit=limit)]
    while pages[-1].cursor is not None:
        assert len(pages) < 1000, "the walk goes in a circle"
        pages.append(asked.page(limit=limit, cursor=pages[-1].cursor))
    return pages


def spread(values):
    """Give (shard, value) pairs as shards of (id, value) pairs; ids are their numbers."""
    shards = [[] for _ in range(8)]
    for number, (shard, value) in enumerate(values):
        shards[shard].append((str(number), value))
    return shards


# Few different values, so that many are equal in one shard and over several.
TEXTS = st.text(alphabet="ab\u00e9\uff00\U0001f600", min_size=1, max_size=2)
NUMBERS = st.integers(-12, 12)
LISTS = st.one_of(
    *(st.lists(st.tuples(st.integers(0, 7), kind), max_size=50) for kind in (TEXTS, NUMBERS))
)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    values=LISTS,
    limit=st.integers(1, 25),
    at_once=st.integers(1, 20),
    filtered=st.booleans(),
    descending=st.booleans(),
)
def test_a_walk_gives_each_item_once_in_order(values, limit, at_once, filtered, descending):
    index = Index(spread(values), at_once, descending=descending)
    pages = pages_of(fan_in(index, even if filtered else id_of), limit)
    found = [id_ for page in pages for id_ in page.items]
    wanted = [n for n in range(len(values)) if not filtered or n % 2 == 0]
    assert sorted(map(int, found)) == wanted
    order_of = {str(n): v if isinstance(v, int) else v.encode() for n, (_, v) in enumerate(values)}
    keys = [order_of[id_] for id_ in found]
    assert keys == sorted(keys, reverse=descending)
    assert all(len(page.items) <= limit for page in pages)
    assert filtered or all(len(page.items) == limit for page in pages[:-1])


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(values=LISTS, at_once=st.integers(1, 20), descending=st.booleans())
def test_each_gives_the_same_as_pages(values, at_once, descending):
    index = Index(spread(values), at_once, descending=descending)
    pages = walk(lambda cursor: fan_in(index).page(limit=3, cursor=cursor))
    assert list(fan_in(index).each()) == list(pages)


def test_a_shard_that_is_consumed_in_part_goes_on_where_it_was_left():
    index = Index([[("a1", 1), ("a2", 2), ("a3", 3)], [("b1", 10), ("b2", 11)], []])
    asked = fan_in(index)
    first = asked.page(limit=2)
    assert first.items == ("a1", "a2")
    index.requests.clear()
    second = asked.page(limit=2, cursor=first.cursor)
    assert second.items == ("a3", "b1")
    starts = [start and id_of(start) for _, _, start in index.requests]
    assert starts == ["a2", None, None]
    assert asked.page(limit=2, cursor=second.cursor).items == ("b2",)


def test_items_that_come_and_go_between_pages_hide_no_other():
    index = Index([[("a1", 1), ("a3", 3)], [("b2", 2), ("b4", 4)]])
    asked = fan_in(index)
    first = asked.page(limit=2)
    assert first.items == ("a1", "b2")
    index.shards[0] = [index.item(0, 0, "a0"), index.item(0, 3, "a3"), index.item(0, 5, "a5")]
    del index.shards[1][0]
    assert asked.page(limit=9, cursor=first.cursor).items == ("a3", "b4", "a5")


def test_as_many_items_as_a_page_takes_are_one_page():
    page = fan_in(Index([[("a", 1)], [("b", 2)]])).page(limit=2)
    assert (page.items, page.cursor) == (("a", "b"), None)


@pytest.mark.parametrize("items", [[], [("1", "a"), ("3", "b")]])
def test_nothing_that_counts_is_one_empty_page(items):
    page = fan_in(Index([items, []]), even).page(limit=5)
    assert (page.items, page.cursor) == ((), None)


def test_a_filter_that_drops_all_ends_a_page_after_bounded_reads_with_a_cursor():
    index = Index([[(str(2 * n + 1), n) for n in range(shard, 800, 8)] for shard in range(8)])
    pages = pages_of(fan_in(index, even), 2)
    assert len(pages) == 800 / (2 * MOST_READS)
    assert {page.items for page in pages} == {()}
    index.requests.clear()
    fan_in(index, even).page(limit=2)
    assert len(index.requests) <= 8 + 2 * MOST_READS


def test_a_page_asks_each_shard_for_no_more_than_a_page():
    index = Index([[(f"{shard}.{n}", n) for n in range(100)] for shard in range(8)])
    fan_in(index).page(limit=5)
    assert [limit for _, limit, _ in index.requests] == [5] * 8


@pytest.mark.parametrize("way", ["each", "pages"])
def test_a_walk_over_a_hundred_thousand_items_holds_one_response_of_each_shard(way):
    index = Index(
        [[(str(n), n) for n in range(shard, 100_000, 8)] for shard in range(8)], at_once=500
    )
    asked = fan_in(index)
    results = (
        asked.each()
        if way == "each"
        else walk(lambda cursor: asked.page(limit=1000, cursor=cursor))
    )
    held = [Held.now for _ in results]
    assert len(held) == 100_000
    # A response of each shard, and the next one that is on its way.
    assert max(held) <= 9 * 1000
    del results
    assert Held.now == 0


def test_reading_begins_with_what_is_needed():
    index = Index([[(str(n), n) for n in range(shard, 80, 8)] for shard in range(8)], at_once=2)
    results = fan_in(index).each()
    assert index.requests == []
    assert [next(results) for _ in range(8)] == [str(n) for n in range(8)]
    assert len(index.requests) == 8


def test_a_cursor_of_another_query_is_refused():
    index = Index([[("a", 1), ("b", 2)], [("c", 3)]])
    cursor = fan_in(index, scope=("x",)).page(limit=1).cursor
    one_shard_more = Index([*([] for _ in range(3))])
    one_query = fan_in(index, scope=("x",)).shards[0].page(limit=1).cursor
    for asked, given_cursor in (
        (fan_in(index, scope=("y",)), cursor),
        (fan_in(one_shard_more, scope=("x",)), cursor),
        (fan_in(index, scope=("x",)), one_query),
        (fan_in(index, scope=("x",)), ""),
        (fan_in(index, scope=("x",)), cursor[:-4]),
        (fan_in(index, scope=("x",)), b"x"),
    ):
        with pytest.raises(InvalidCursor):
            asked.page(limit=1, cursor=given_cursor)
    with pytest.raises(InvalidCursor):
        fan_in(index, scope=("x",)).shards[0].page(limit=1, cursor=cursor)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(place=st.integers(0, 400), other=st.sampled_from("ABCXYZabcxyz0189-_"))
def test_a_forged_cursor_is_refused_or_is_the_same(place, other):
    asked = fan_in(Index([[("a", 1), ("b", 2)], [("c", 3)]]))
    cursor = asked.page(limit=1).cursor
    place %= len(cursor)
    forged = cursor[:place] + other + cursor[place + 1 :]
    try:
        # The last character of base64 holds bits that count for nothing.
        assert asked.page(limit=2, cursor=forged).items == ("b", "c")
    except InvalidCursor:
        assert forged != cursor
    else:
        assert forged[:-1] == cursor[:-1]


@pytest.mark.parametrize("limit", [0, -1, 1001, True, 1.0])
def test_a_page_has_1_to_1000_items(limit):
    with pytest.raises(InvalidInput, match=f"a page of {limit!r} items; ask for 1 to 1000"):
        fan_in(Index([[]])).page(limit=limit)


def test_a_page_ends_early_at_its_deadline_and_the_next_goes_on():
    index = Index([[(f"{shard}{n}", n) for n in range(9)] for shard in range(2)], at_once=1)
    asked = fan_in(index)
    clock = asked.shards[0].wire.patience.clock
    answer = index.query

    def slow(**request):
        clock.elapsed += 2
        return answer(**request)

    index.query = slow
    pages = pages_of(asked, limit=50)
    found = [id_ for page in pages for id_ in page.items]
    assert sorted(found) == sorted(f"{shard}{n}" for shard in range(2) for n in range(9))
    assert [len(page.items) for page in pages[:2]] == [3, 3]


def test_a_cursor_of_shards_with_the_longest_keys_is_taken():
    # JSON writes a control character as six bytes.
    ids = [f"{n}".ljust(2048, "\x01") for n in range(16)]
    asked = fan_in(Index([[(ids[n], "\x01" * 1024), (ids[n + 8], "\x02")] for n in range(8)]))
    pages = pages_of(asked, limit=8)
    assert sorted(id_ for page in pages for id_ in page.items) == sorted(ids)
    assert len(pages) == 2
