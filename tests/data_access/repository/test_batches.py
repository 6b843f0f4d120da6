"""Batches lose nothing, repeat nothing, keep the order, and end in time."""

import pytest
from botocore.exceptions import ClientError

from tablewright.data_access.errors import Incomplete, Misconfigured, Throttled, UnknownOutcome
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
    puts = [(each, f"put {each['PK']['S']}") for each in puts]
    deletes = [(each, f"delete {each['PK']['S']}") for each in deletes]
    write_all(wire(table, clock), "t", KEY, puts=puts, deletes=deletes)


def read(table, clock, keys):
    return get_all(wire(table, clock), "t", KEY, [(at, at["PK"]["S"]) for at in keys])


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
    assert told.value.leftovers == ("put 1", "delete 2")
    assert clock.elapsed < 3


def test_items_come_in_the_order_of_their_keys_absent_ones_as_none(clock):
    table = Table(at_once=30)
    write(Table(), clock)
    table.items = {str(number): item(number) for number in range(150) if number != 7}
    keys = [key(number) for number in (*range(149, -1, -1), 3)]
    found = read(table, clock, keys)
    assert found == [None if of == key(7) else item(int(of["PK"]["S"])) for of in keys]
    assert max(table.sizes) == 100
    assert sum(table.sizes[:1]) == 100


def test_keys_left_at_the_deadline_are_told(clock):
    with pytest.raises(Incomplete, match="1 keys are left over") as told:
        read(Table(at_once=0), clock, [key(1)])
    assert told.value.leftovers == ("1",)


def test_nothing_asked_is_nothing_sent(clock):
    table = Table()
    write(table, clock)
    assert read(table, clock, []) == []
    assert table.sizes == []


def test_a_batch_without_answer_may_have_been_written(clock):
    class Nonsense:
        def batch_write_item(self, **_):
            return {MALFORMED: True}

    with pytest.raises(UnknownOutcome):
        write(Nonsense(), clock, puts=[item(1)])


def test_keys_that_differ_in_form_alone_are_one(clock):
    class Numbers:
        def batch_get_item(self, RequestItems):  # noqa: N803 -- as boto3 names it
            assert len(RequestItems["t"]["Keys"]) == 2
            # DynamoDB keeps a number's value, not its form, and the fast path bytes as text.
            found = {"PK": {"N": "1.5"}, "SK": {"B": "AA=="}}
            return {"Responses": {"t": [found]}}

    keys = [
        {"PK": {"N": "1.50"}, "SK": {"B": b"\x00"}},
        {"PK": {"N": "15E-1"}, "SK": {"B": b"\x00"}},
        {"PK": {"N": "1.5"}, "SK": {"B": b"\x01"}},
    ]
    found = get_all(wire(Numbers(), clock), "t", KEY, [(at, None) for at in keys])
    assert [each is not None for each in found] == [True, True, False]


def test_bytes_that_are_left_over_are_sent_again_as_bytes(clock):
    # The fast path gives them back as base64 text, which would be stored as text of base64.
    sent = []

    class Late:
        def batch_write_item(self, RequestItems):  # noqa: N803 -- as boto3 names it
            sent.append(RequestItems["t"])
            as_read = {**key(1), "raw": {"B": "AA=="}}
            left = {"t": [{"PutRequest": {"Item": as_read}}]} if len(sent) == 1 else {}
            return {"UnprocessedItems": left}

    write(Late(), clock, puts=[{**key(1), "raw": {"B": b"\x00"}}])
    assert sent == [[{"PutRequest": {"Item": {**key(1), "raw": {"B": b"\x00"}}}}]] * 2


@pytest.mark.parametrize(
    ("character", "sizes"), [("x", [25, 5]), ("é", [13, 13, 4]), ("\x01", [6, 6, 6, 6, 6])]
)
def test_a_request_has_at_most_16_mb_as_it_is_written(clock, character, sizes):
    table = Table()
    text = character * (400_000 // len(character.encode()))
    write(table, clock, puts=[item(number, text) for number in range(30)])
    assert table.sizes == sizes


class Slow(Table):
    """A table whose every answer takes a second."""

    def __init__(self, clock, at_once=1000):
        super().__init__(at_once)
        self.clock = clock

    def __getattribute__(self, name):
        if name.startswith("batch_"):
            object.__getattribute__(self, "clock").elapsed += 1
        return object.__getattribute__(self, name)


def test_one_deadline_is_for_all_requests_of_a_call_and_what_never_began_is_told_too(clock):
    table = Slow(clock)
    with pytest.raises(Incomplete, match="125 writes are left over at the deadline") as told:
        write(table, clock, puts=[item(number) for number in range(200)])
    assert table.sizes == [25, 25, 25]
    assert told.value.leftovers == tuple(f"put {number}" for number in range(75, 200))
    clock.elapsed = 0
    table.sizes.clear()
    with pytest.raises(Incomplete, match="200 keys are left over"):
        read(table, clock, [key(number) for number in range(500)])
    assert table.sizes == [100, 100, 100]


def test_what_ends_in_time_is_complete_although_the_deadline_is_over(clock):
    table = Slow(clock)
    write(table, clock, puts=[item(number) for number in range(75)])
    assert clock.elapsed == 3
    assert len(table.items) == 75


def test_leftovers_fill_the_next_request(clock):
    table = Table(at_once=10)
    write(table, clock, puts=[item(number) for number in range(60)])
    assert table.sizes == [25, 25, 25, 25, 20, 10]
    assert len(table.items) == 60


class Failing(Table):
    """A table that fails for good after so many requests."""

    def __init__(self, error, after):
        super().__init__()
        self.error = error
        self.after = after

    def batch_write_item(self, RequestItems):  # noqa: N803 -- as boto3 names it
        if len(self.sizes) == self.after:
            raise self.error
        return super().batch_write_item(RequestItems)


def refusal(code, status=400):
    response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(response, "BatchWriteItem")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (refusal("ThrottlingException"), Throttled),
        (refusal("InternalServerError", 500), UnknownOutcome),
        (refusal("ExpiredTokenException"), Misconfigured),
    ],
)
def test_an_error_leaves_over_what_is_not_surely_written(clock, error, kind):
    everything = [item(number) for number in range(60)]
    with pytest.raises(kind):
        write(Failing(error, after=0), clock, puts=everything)
    clock.elapsed = 0
    with pytest.raises(Incomplete, match="35 writes are left over: ") as told:
        write(Failing(error, after=1), clock, puts=everything)
    assert told.value.leftovers == tuple(f"put {number}" for number in range(25, 60))
    assert isinstance(told.value.__cause__, kind)
