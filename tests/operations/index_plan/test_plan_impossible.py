"""Changes that no order of deployments makes: they are named, with the way around them."""

from dataclasses import replace

import pytest

from tablewright.models import (
    Attribute,
    AttributeType,
    Entity,
    Index,
    Key,
    TableSpec,
    WarmThroughput,
    limits,
)
from tablewright.models.patterns import query
from tablewright.operations.index_plan.composing import composed
from tablewright.operations.index_plan.planner import plan
from tests.support.plans import changed, declared, entity_with, kinds, planned, with_indexes
from tests.support.small_models import BY_STATUS, ORDER, STATUS_KEY, model, table

BEFORE = model()
KEYS = {name: template.text for name, template in ORDER.keys.items()}
LOCAL = Index(name="byTotal", key=Key.of("PK", "total"), local=True, kept_because="a report")


def other(spec=None, keys=None):
    """Return the model with another table, or an entity of other keys."""
    order = entity_with(ORDER, keys=keys or KEYS)
    listing = query("list_by_status", order, "api", index="byStatus", key=(STATUS_KEY,))
    return composed("orders", [spec or table()], [order], [listing])


def warm(units):
    return other(table(warm_throughput=WarmThroughput(read_units=units, write_units=units)))


CASES = {
    "table key": (
        BEFORE,
        other(
            table(key=Key.of("PK", "GSI1SK")), {n: text for n, text in KEYS.items() if n != "SK"}
        ),
        "the table's key changes",
    ),
    "type of the table's key": (
        BEFORE,
        other(
            table(key=Key.of("PK", Attribute("SK", AttributeType.NUMBER))), {**KEYS, "SK": "<at>"}
        ),
        "the type of 'SK'",
    ),
    "how the table's key is composed": (
        BEFORE,
        other(keys={**KEYS, "SK": "O#<orderId>"}),
        "key attribute 'SK' is composed otherwise",
    ),
    "local index": (
        BEFORE,
        with_indexes(other(), "orders", LOCAL),
        "local secondary indexes change",
    ),
    "lowered warm throughput": (warm(20_000), warm(12_000), "warm throughput is lowered"),
}


@pytest.mark.parametrize(("before", "after", "says"), CASES.values(), ids=CASES)
def test_a_change_that_would_replace_the_table_is_said_to_have_no_plan(before, after, says):
    made = planned(before, after)
    assert made.steps == ()
    assert says in made.impossible[0].what
    assert made.impossible[0].table == "acme-prod-orders"
    assert made.impossible[0].instead


def test_another_physical_name_is_another_table():
    made = plan(declared(BEFORE), declared(BEFORE, prefix="other-prod"), stack="prod")
    assert "'other-prod-orders': AWS renames no table" in made.impossible[0].what


SECOND = TableSpec(name="audit", key=Key.of("PK"), environment_variable="AUDIT")


def with_second_table(**changes):
    entry = Entity("entry", "audit", {"PK": "<at>"})
    spec = replace(SECOND, **changes)
    return composed("orders", [table(), spec], [ORDER, entry], BEFORE.patterns)


def test_a_table_that_is_no_longer_declared_has_no_plan():
    made = planned(with_second_table(), BEFORE)
    assert "table 'audit' is no longer declared" in made.impossible[0].what


def test_a_table_without_a_plan_does_not_keep_the_others_from_theirs():
    index = Index(name="byDay", key=Key.of("GSI1SK"), kept_because="a report comes")
    made = planned(with_second_table(), with_indexes(BEFORE, "orders", index))
    assert kinds(made) == [("add-index", "byDay")]
    assert len(made.impossible) == 1


def test_a_new_table_needs_no_plan():
    made = planned(BEFORE, with_second_table())
    assert (made.steps, made.impossible) == ((), ())
    assert made.notes == ("table acme-prod-audit is new: it is made with all its indexes at once",)


def full(*, but=None):
    """Return the model with as many indexes as AWS takes; one of them with another key."""
    names = [f"index{number:02}" for number in range(limits.GLOBAL_INDEXES - 1)]
    kept = "a report comes"
    return with_indexes(
        BEFORE,
        "orders",
        *(
            Index(name=n, key=Key.of("SK" if n == but else "GSI1SK"), kept_because=kept)
            for n in names
        ),
    )


def test_a_table_full_of_indexes_makes_room_by_dropping_what_nobody_reads():
    made = planned(full(), full(but="index07"))
    assert kinds(made) == [("drop-index", "index07"), ("add-index", "index07V2")]


def test_a_table_full_of_indexes_that_are_all_read_has_no_plan():
    before = full()
    after = changed(
        before,
        tables=lambda t: replace(
            t,
            indexes=tuple(
                replace(i, key=Key.of("GSI1PK", "SK")) if i == BY_STATUS else i for i in t.indexes
            ),
        ),
    )
    made = planned(before, after)
    assert made.steps == ()
    assert "has 20 global secondary indexes, as many as AWS takes" in made.impossible[0].what


def test_indexes_of_which_no_entity_can_have_both_have_no_plan():
    old = Index(name="old", key=Key.of("a", "b"), kept_because="a report")
    new = Index(name="new", key=Key.of("a", "c"), kept_because="a report")
    before = with_indexes(BEFORE, "orders", old)
    order = entity_with(ORDER, keys={**KEYS, "a": "<a>", "c": "<c>"})
    after = composed("orders", [table(indexes=(BY_STATUS, new))], [order], BEFORE.patterns)
    made = planned(before, after)
    assert "no order in which every model in between is valid" in made.impossible[0].what
