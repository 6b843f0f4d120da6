"""A walk over pages meets every item once, whatever is filtered, and holds one response."""

import gc
import weakref

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.errors import InvalidCursor, InvalidInput, Throttled
from tablewright.data_access.repository.cursors import CursorKey, Cursors
from tablewright.data_access.repository.pages import MOST_READS, Page, Query
from tablewright.data_access.repository.pages import walk as walk_pages
from tablewright.data_access.transport.timing import Patience
from tablewright.data_access.transport.wire import Wire
from tests.support.clocks import SteppingClock

CURSORS = Cursors([CursorKey("a", b"k" * 32)])


class Partition:
    """A partition of numbered items; a response holds at most so many."""

    def __init__(self, count, at_once=1000):
        self.count = count
        self.at_once = at_once
        self.requests = []

    def query(self, *, Limit=None, ExclusiveStartKey=None, **request):  # noqa: N803 -- boto3's
        self.requests.append({**request, "Limit": Limit, "ExclusiveStartKey": ExclusiveStartKey})
        first = int(ExclusiveStartKey["SK"]["N"]) + 1 if ExclusiveStartKey else 0
        end = min(self.count, first + min(Limit or self.at_once, self.at_once))
        items = [{"SK": {"N": str(number)}} for number in range(first, end)]
        # As DynamoDB: a Limit that is reached gives a key, whether or not something follows.
        more = end < self.count or (Limit and len(items) == Limit)
        return {"Items": items, **({"LastEvaluatedKey": items[-1]} if more and items else {})}


def number_of(item):
    return int(item["SK"]["N"])


def query(partition, decode=number_of, scope=()):
    wire = Wire(partition, Patience(clock=SteppingClock()))
    request = {"TableName": "t", "KeyConditionExpression": "PK = :k"}
    return Query(wire=wire, cursors=CURSORS, request=request, decode=decode, scope=scope)


def even(item):
    number = number_of(item)
    return number if number % 2 == 0 else None


def walk(asked, limit):
    cursor, sizes, found = None, [], []
    while True:
        page = asked.page(limit=limit, cursor=cursor)
        sizes.append(len(page.items))
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return found, sizes


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 60), st.integers(1, 20), st.integers(1, 25), st.booleans())
def test_a_walk_gives_each_item_once_in_order(count, at_once, limit, filtered):
    decode = even if filtered else number_of
    found, sizes = walk(query(Partition(count, at_once), decode), limit)
    assert found == [n for n in range(count) if not filtered or n % 2 == 0]
    assert max(sizes) <= limit


def test_a_page_is_filled_by_several_reads():
    partition = Partition(100, at_once=3)
    page = query(partition).page(limit=8)
    assert page.items == tuple(range(8))
    assert [request["Limit"] for request in partition.requests] == [8, 5, 2]


def test_a_filter_that_drops_all_ends_a_page_after_bounded_reads_with_a_cursor():
    partition = Partition(10_000, at_once=1)
    page = query(partition, lambda _: None).page(limit=5)
    assert page.items == ()
    assert page.cursor is not None
    assert len(partition.requests) == MOST_READS


def test_an_empty_partition_is_one_page_without_cursor():
    page = query(Partition(0)).page(limit=5)
    assert (page.items, page.cursor) == ((), None)


def test_each_holds_one_response_at_a_time():
    partition = Partition(10, at_once=2)
    results = query(partition).each()
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    assert len(partition.requests) == 2
    assert list(results) == list(range(3, 10))


@pytest.mark.parametrize("scope", [("tenant-b",), ()])
def test_a_cursor_of_another_scope_is_refused(scope):
    cursor = query(Partition(9), scope=("tenant-a",)).page(limit=2).cursor
    with pytest.raises(InvalidCursor):
        query(Partition(9), scope=scope).page(limit=2, cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_has_1_to_1000_items(limit):
    with pytest.raises(InvalidInput, match=f"a page of {limit} items; ask for 1 to 1000"):
        query(Partition(1)).page(limit=limit)


class Binary:
    """A partition whose sort key is bytes, as the fast path reads them."""

    def __init__(self):
        self.starts = []

    def query(self, *, Limit=None, ExclusiveStartKey=None, **_):  # noqa: N803, ARG002 -- boto3's
        self.starts.append(ExclusiveStartKey)
        key = {"PK": {"S": "B"}, "SK": {"B": "AP8="}}
        more = {} if len(self.starts) > 2 else {"LastEvaluatedKey": key}
        return {"Items": [key], **more}


def test_a_binary_key_is_sent_as_bytes_where_the_next_page_starts():
    key = {"PK": {"S": "B"}, "SK": {"B": b"\x00\xff"}}
    partition = Binary()
    assert len(list(query(partition, decode=lambda item: item).each())) == 3
    assert partition.starts == [None, key, key]
    partition = Binary()
    walk(query(partition, decode=lambda item: item), limit=1)
    assert partition.starts == [None, key, key]


class Slow(Partition):
    """A partition whose every answer takes four seconds, until it refuses for capacity."""

    def __init__(self, clock, answers):
        super().__init__(count=1000, at_once=1)
        self.clock = clock
        self.answers = answers

    def query(self, **request):
        self.clock.elapsed += 4
        reply = super().query(**request)
        if len(self.requests) > self.answers:
            raise ClientError({"Error": {"Code": "ThrottlingException"}}, "Query")
        return reply


def in_10_seconds(partition):
    wire = Wire(partition, Patience(clock=partition.clock, deadline_seconds=10))
    request = {"TableName": "t"}
    return Query(wire=wire, cursors=CURSORS, request=request, decode=number_of)


def test_a_page_ends_early_at_its_deadline_with_a_cursor():
    page = in_10_seconds(Slow(SteppingClock(), answers=100)).page(limit=50)
    assert page.items == (0, 1, 2)
    assert page.cursor is not None


def test_a_page_has_one_deadline_for_all_of_its_reads():
    partition = Slow(SteppingClock(), answers=1)
    with pytest.raises(Throttled):
        in_10_seconds(partition).page(limit=50)
    assert len(partition.requests) == 3


def test_a_page_is_let_go_before_the_next_one_is_read():
    class Result:
        """What a weak reference can be to."""

    seen = []

    def page(cursor):
        gc.collect()
        assert [each for each in seen[:-1] if each() is not None] == []
        results = [Result() for _ in range(3)]
        seen.extend(map(weakref.ref, results))
        return Page(tuple(results), None if cursor == "2" else str(int(cursor or 0) + 1))

    assert sum(1 for _ in walk_pages(page)) == 9
