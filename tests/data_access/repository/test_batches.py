"""Batches lose nothing, repeat nothing, keep the order, and end in time."""

import pytest

from tablewright.data_access.errors import Incomplete, UnknownOutcome
from tablewright.data_access.repository.batches import get_all, write_all
from tablewright.data_access.transport.fast_path import MALFORMED
from tablewright.data_access.transport.timing import Patience
from tablewright.data_access.transport.wire import Wire
from tests.support.clocks import SteppingClock

KEY = ("PK", "SK")


def key(number, sort="a"):
    return {"PK": {"S": str(number)}, "SK": {"S": sort}}


def item(number, text="x"):
    return {**key(number), "text": {"S": text}}


class Table:
    """A table that does at most so many of a request's parts, in reversed order."""

    def __init__(self, at_once=1000):
        self.at_once = at_once
        self.items = {}
        self.sizes = []

    def batch_write_item(self, RequestItems):  # noqa: N803 -- as boto3 names it
        requests = RequestItems["t"]
        self.sizes.append(len(requests))
        for request in requests[: self.at_once]:
            if "PutRequest" in request:
                put = request["PutRequest"]["Item"]
                self.items[put["PK"]["S"]] = put
            else:
                self.items.pop(request["DeleteRequest"]["Key"]["PK"]["S"], None)
        left = requests[self.at_once :]
        return {"UnprocessedItems": {"t": left} if left else {}}

    def batch_get_item(self, RequestItems):  # noqa: N803 -- as above
        asked = RequestItems["t"]
        assert asked["ConsistentRead"] is True
        self.sizes.append(len(asked["Keys"]))
        done, left = asked["Keys"][: self.at_once], asked["Keys"][self.at_once :]
        names = [of["PK"]["S"] for of in reversed(done)]
        found = [self.items[name] for name in names if name in self.items]
        return {
            "Responses": {"t": found},
            "UnprocessedKeys": {"t": {"Keys": left}} if left else {},
        }


@pytest.fixture
def clock():
    return SteppingClock()


def wire(table, clock):
    return Wire(table, Patience(deadline_seconds=3, clock=clock, chance=lambda: 1.0))


def write(table, clock, *, puts=(), deletes=()):
    write_all(wire(table, clock), "t", KEY, puts=puts, deletes=deletes)


def test_60_writes_go_in_requests_of_at_most_25(clock):
    table = Table()
    write(table, clock, puts=[item(number) for number in range(60)])
    assert table.sizes == [25, 25, 10]
    assert len(table.items) == 60


def test_of_several_writes_to_one_key_the_last_counts(clock):
    table = Table()
    write(table, clock, puts=[item(1, "old"), item(2), item(1, "new")], deletes=[key(2)])
    assert table.sizes == [2]
    assert table.items == {"1": item(1, "new")}


def test_what_a_request_leaves_is_sent_again_after_a_pause(clock):
    table = Table(at_once=10)
    write(table, clock, puts=[item(number) for number in range(25)])
    assert table.sizes == [25, 15, 5]
    assert len(clock.slept) == 2
    assert len(table.items) == 25


def test_what_is_left_at_the_deadline_is_told(clock):
    table = Table(at_once=0)
    with pytest.raises(Incomplete, match="2 writes are left over") as told:
        write(table, clock, puts=[item(1)], deletes=[key(2)])
    assert told.value.leftovers == (
        {"PutRequest": {"Item": item(1)}},
        {"DeleteRequest": {"Key": key(2)}},
    )
    assert clock.elapsed < 3


def test_items_come_in_the_order_of_their_keys_absent_ones_as_none(clock):
    table = Table(at_once=30)
    write(Table(), clock)
    table.items = {str(number): item(number) for number in range(150) if number != 7}
    keys = [key(number) for number in (*range(149, -1, -1), 3)]
    found = get_all(wire(table, clock), "t", KEY, keys)
    assert found == [None if of == key(7) else item(int(of["PK"]["S"])) for of in keys]
    assert max(table.sizes) == 100
    assert sum(table.sizes[:1]) == 100


def test_keys_left_at_the_deadline_are_told(clock):
    with pytest.raises(Incomplete, match="1 keys are left over") as told:
        get_all(wire(Table(at_once=0), clock), "t", KEY, [key(1)])
    assert told.value.leftovers == (key(1),)


def test_nothing_asked_is_nothing_sent(clock):
    table = Table()
    write(table, clock)
    assert get_all(wire(table, clock), "t", KEY, []) == []
    assert table.sizes == []


def test_a_batch_without_answer_may_have_been_written(clock):
    class Nonsense:
        def batch_write_item(self, **_):
            return {MALFORMED: True}

    with pytest.raises(UnknownOutcome):
        write(Nonsense(), clock, puts=[item(1)])
