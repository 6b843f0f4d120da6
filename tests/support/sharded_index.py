"""An index of several partitions, read as DynamoDB reads it, and a fan-in over them."""

from bisect import bisect_right
from decimal import Decimal

from tablewright.data_access.repository.cursors import CursorKey, Cursors
from tablewright.data_access.repository.fan_in import FanIn
from tablewright.data_access.repository.pages import Query
from tablewright.data_access.transport.timing import Patience
from tablewright.data_access.transport.wire import Wire
from tests.support.clocks import SteppingClock

CURSORS = Cursors([CursorKey("a", b"k" * 32)])
KEYS = ("GSI1PK", "GSI1SK", "PK")


class Held(dict):
    """An item of a response, counted while anybody holds it."""

    now = 0

    def __init__(self, item):
        super().__init__(item)
        Held.now += 1

    def __del__(self):
        Held.now -= 1


def order(value):
    return Decimal(value["N"]) if "N" in value else value["S"].encode()


class Index:
    """An index of several partitions, whose sort keys need not be unique, as DynamoDB reads it."""

    def __init__(self, shards, at_once=1000, *, descending=False):
        self.at_once = at_once
        self.descending = descending
        self.requests = []
        self.shards = [
            sorted(
                (self.item(number, value, id_) for id_, value in items),
                key=self.place,
                reverse=descending,
            )
            for number, items in enumerate(shards)
        ]

    @staticmethod
    def item(shard, value, id_):
        value = {"N": str(value)} if isinstance(value, int) else {"S": value}
        return {"GSI1PK": {"S": f"P#{shard}"}, "GSI1SK": value, "PK": {"S": id_}, "x": {"N": "1"}}

    @staticmethod
    def place(item):
        return order(item["GSI1SK"]), item["PK"]["S"].encode()

    def query(self, *, Limit=None, ExclusiveStartKey=None, **request):  # noqa: N803 -- boto3's
        self.requests.append((request, Limit, ExclusiveStartKey))
        shard = int(request["ExpressionAttributeValues"][":pk"]["S"].removeprefix("P#"))
        items = self.shards[shard]
        first = 0
        if ExclusiveStartKey:
            assert set(ExclusiveStartKey) == set(KEYS)
            assert ExclusiveStartKey["GSI1PK"] == {"S": f"P#{shard}"}
            start = self.place(ExclusiveStartKey)
            if self.descending:
                first = sum(self.place(item) >= start for item in items)
            else:
                first = bisect_right(items, start, key=self.place)
        end = first + min(Limit or self.at_once, self.at_once)
        response = [Held(item) for item in items[first:end]]
        # As DynamoDB: a Limit that is reached gives a key, whether or not something follows.
        more = end < len(items) or (Limit and len(response) == Limit)
        last = {name: response[-1][name] for name in KEYS} if response and more else None
        return {"Items": response, **({"LastEvaluatedKey": last} if last else {})}


def id_of(item):
    return item["PK"]["S"]


def even(item):
    return id_of(item) if int(id_of(item)) % 2 == 0 else None


def fan_in(index, decode=id_of, scope=()):
    wire = Wire(index, Patience(clock=SteppingClock()))
    shards = [
        Query(
            wire=wire,
            cursors=CURSORS,
            request={"TableName": "t", "ExpressionAttributeValues": {":pk": {"S": f"P#{number}"}}},
            decode=decode,
            scope=scope,
        )
        for number in range(len(index.shards))
    ]
    return FanIn(shards=shards, sort_key="GSI1SK", keys=KEYS, descending=index.descending)
