"""What the drift test sees of a repository while it is driven."""

import pytest

from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Id, Record, Text
from tablewright.models import DataModel
from tablewright.models.patterns import create, get, query
from tests.support import drift, drift_access
from tests.support.recording_client import methods_of
from tests.support.repository_scenarios import drive
from tests.support.small_models import ORDER, STATUS_KEY, table


class Order(Record):
    user_id: Id
    order_id: Id
    status: Text


MODEL = DataModel(
    name="orders",
    tables=(table(),),
    entities=(ORDER,),
    patterns=(
        create("create_order", ORDER, "api"),
        get("get_order", ORDER, "api", "audit"),
        query("list_by_status", ORDER, "api", index="byStatus", key=(STATUS_KEY,)),
    ),
)
KIND = Kind(MODEL, ORDER, Order)
KEY = {"userId": "u1", "orderId": "o1"}
FIRST = Order(user_id="u1", order_id="o1", status="new")


class Orders(BaseRepository):
    """A repository without any mistake."""

    model = MODEL

    @performs("get_order")
    def get_order(self):
        return self._get("get_order", KIND, KEY)

    @performs("list_by_status")
    def each_by_status(self):
        yield from self._fan_in("list_by_status", KIND, {"status": "new"}).each()


class Wrapped(BaseRepository):
    """Performs what another repository does."""

    model = MODEL

    def __init__(self, connection):
        super().__init__(connection)
        self._orders = Orders(connection)

    @performs("get_order")
    def look(self):
        return self._orders.get_order()


def driven_by(scenario, *classes):
    return drive(MODEL, classes, [scenario])


def label(cls, method):
    return next(name for name in driven_by(lambda _: None, cls).named if name.endswith(method))


def problems_of(workload, method):
    return [*drift.of_method(workload, method), *drift_access.of_access(workload, method)]


def test_a_request_counts_for_every_method_that_is_under_way():
    workload = driven_by(lambda stage: Wrapped(stage.connection).look(), Orders, Wrapped)
    outer, inner = label(Wrapped, "look"), label(Orders, "get_order")
    assert workload.requests_of(outer) == workload.requests_of(inner) != []
    assert [(call.method, call.nested) for call in workload.calls] == [
        (outer, False),
        (inner, True),
    ]
    assert problems_of(workload, outer) == []
    # A scenario of its own is what shows a method.
    assert problems_of(workload, inner) == [f"{inner} has no scenario in which it succeeds"]


def test_what_a_generator_sends_while_it_is_read_is_its_own():
    workload = driven_by(lambda stage: list(Orders(stage.connection).each_by_status()), Orders)
    method = label(Orders, "each_by_status")
    assert len(workload.requests_of(method)) == STATUS_KEY.template.shards
    assert workload.strays == []
    assert problems_of(workload, method) == []


def test_a_generator_that_is_not_read_sends_nothing():
    workload = driven_by(lambda stage: Orders(stage.connection).each_by_status(), Orders)
    method = label(Orders, "each_by_status")
    assert f"{method} names list_by_status, which it does not perform" in problems_of(
        workload, method
    )


def test_what_is_sent_beside_the_methods_is_a_stray():
    workload = driven_by(
        lambda stage: Orders(stage.connection)._get("get_order", KIND, KEY), Orders
    )
    assert len(workload.strays) == 1


def test_a_class_is_as_it_was_after_it_was_watched():
    before = dict(vars(Orders)), methods_of(Orders)
    driven_by(lambda stage: Orders(stage.connection).get_order(), Orders)
    assert (dict(vars(Orders)), methods_of(Orders)) == before


class Forgetful(BaseRepository):
    """Each method makes one mistake."""

    model = MODEL

    @performs("create_order")
    def without_condition(self):
        self._declared("create_order", MODEL.pattern("create_order").operation)
        self._send("put_item", TableName=self._table(KIND), Item=KIND.item(FIRST))

    @performs("get_order", "create_order")
    def one_too_many(self):
        return self._get("get_order", KIND, KEY)

    @performs("create_order")
    def another(self):
        return self._get("get_order", KIND, KEY)

    @performs("list_by_status")
    def one_shard(self):
        return list(self._query("list_by_status", KIND, {"status": "new"}, shard=3).each())

    @performs("get_order")
    def scanning(self):
        self._get("get_order", KIND, KEY)
        self._send("scan", TableName=self._table(KIND))

    def nothing_named(self):
        return self._get("get_order", KIND, KEY)


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("without_condition", "but the request demands none of order"),
        ("one_too_many", "names create_order, of which no request was sent"),
        ("another", "performs get_order, which it does not name"),
        ("one_shard", "leaves ['STATUS#new#0', "),
        ("scanning", "scan can be no access pattern"),
        ("nothing_named", "names no access pattern"),
    ],
)
def test_a_repository_with_a_mistake_is_found(method, said):
    workload = driven_by(lambda stage: getattr(Forgetful(stage.connection), method)(), Forgetful)
    found = drift.of_method(workload, label(Forgetful, method))
    assert any(said in problem for problem in found), found
