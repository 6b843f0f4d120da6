"""A table or a declaration that cannot serve its access patterns is found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tablewright.models import (
    KEYS_ONLY,
    Attribute,
    DataModel,
    Entity,
    Key,
    Projection,
    Stream,
    WriteCondition,
)
from tablewright.models.patterns import begins_with, between, put_part, query, transact
from tablewright.operations.patterns import PatternStatus
from tests.support.order_patterns import (
    BY_STATUS,
    MODEL,
    OF_USER,
    ORDER,
    ORDERS,
    PATTERNS,
    SETTINGS,
    USER,
)


def with_index(name, **changes):
    """The table as it should not have been deployed: one index is another."""
    indexes = [replace(i, **changes) if i.name == name else i for i in ORDERS.indexes]
    return replace(ORDERS, indexes=tuple(indexes))


@pytest.mark.parametrize(
    ("deployed", "pattern", "expected"),
    [
        (replace(ORDERS, indexes=ORDERS.indexes[1:]), "newest_by_status", "byStatus"),
        (with_index("byStatus", projection=KEYS_ONLY), "newest_by_status", "total"),
        (
            with_index("byStatus", projection=Projection.include("total", "note")),
            "newest_by_status",
            "note",
        ),
        (with_index("byDay", key=Key.of("createdAt", "day")), "keys_of_day", "day"),
        (with_index("byDay", key=Key.of("day", "SK")), "keys_of_day", "createdAt"),
        (with_index("byDay", key=Key.of("statusKey", "createdAt")), "keys_of_day", "day"),
        (with_index("byTotal", key=Key.of("PK", Attribute("total"))), "cheap", "RANGE N"),
        (replace(ORDERS, ttl_attribute=None), "get_order", "expire by 'expiresAt'"),
        (replace(ORDERS, ttl_attribute="TTL"), "place_order", "TTL attribute is TTL"),
        (replace(ORDERS, stream=None), "read_orders", "an enabled stream with view NEW_IMAGE"),
        (replace(ORDERS, stream=Stream()), "read_orders", "its view is NEW_AND_OLD_IMAGES"),
    ],
)
def test_a_table_that_differs_from_the_model_is_reported_with_what_was_expected(
    run, deployed, pattern, expected
):
    result = run(MODEL, pattern, deployed=[deployed])[pattern]
    assert result.status is PatternStatus.FAILED
    assert f"access pattern {pattern!r}" in result.problem
    assert "expected " in result.problem
    assert expected in result.problem


def test_a_table_with_its_key_the_wrong_way_round_fails_every_pattern_on_items(run):
    swapped = replace(ORDERS, key=Key.of("SK", "PK"), indexes=ORDERS.indexes[:1])
    results = run(MODEL, "get_order", "orders_of_user", "one_order", deployed=[swapped])
    assert {result.status for result in results.values()} == {PatternStatus.FAILED}
    assert (
        "with the key PK HASH S, SK RANGE S; its key is SK HASH S" in results["get_order"].problem
    )


def test_a_table_without_its_sort_key_is_reported(run):
    bare = replace(ORDERS, key=Key.of("PK"), indexes=(ORDERS.indexes[0], ORDERS.indexes[2]))
    results = run(MODEL, "get_order", "orders_of_user", deployed=[bare])
    assert {result.status for result in results.values()} == {PatternStatus.FAILED}


def test_a_table_that_is_not_there_fails_and_names_the_physical_name(run):
    result = run(MODEL, "get_order", deployed=[])["get_order"]
    assert result.status is PatternStatus.FAILED
    assert "-orders'" in result.problem
    assert "ResourceNotFoundException" in result.problem


def declared(pattern, entities=(ORDER, USER, SETTINGS)):
    """A model of one pattern more, as its author may have got it wrong."""
    return DataModel(
        name="orders", tables=(ORDERS,), entities=entities, patterns=(*PATTERNS, pattern)
    )


@pytest.mark.parametrize(
    ("pattern", "entities", "neighbour"),
    [
        (query("too_many_kinds", ORDER, "api", key=(OF_USER,)), (), "user of another kind"),
        (
            query("half_an_id", ORDER, "api", key=(OF_USER, begins_with("SK", "ORDER#<orderId>"))),
            (),
            "orderId",
        ),
        (
            query(
                "prefix_of_another_kind", ORDER, "api", key=(OF_USER, begins_with("SK", "ORDER"))
            ),
            (Entity("pointer", "orders", {"PK": "USER#<owner>", "SK": "ORDERS"}),),
            "pointer of another kind",
        ),
    ],
)
def test_a_condition_that_finds_neighbours_is_reported(run, pattern, entities, neighbour):
    model = declared(pattern, (ORDER, USER, SETTINGS, *entities))
    result = run(model, pattern.name)[pattern.name]
    assert result.status is PatternStatus.FAILED
    assert "the query finds it" in result.problem
    assert neighbour in result.problem


def test_a_range_that_ends_before_its_last_items_finds_fewer_but_is_no_error(run):
    pattern = query(
        "until",
        ORDER,
        "api",
        index="byStatus",
        key=(BY_STATUS, between("createdAt", "<createdAt>", "<createdAt>")),
        attributes=("total",),
    )
    results = run(declared(pattern), "until", "newest_by_status")
    assert results["until"].status is PatternStatus.PASSED
    assert "exactly 6 of" in results["until"].checks[1]
    assert "exactly 7 of" in results["newest_by_status"].checks[1]


def test_a_write_that_should_be_refused_and_is_not_is_reported(run, monkeypatch):
    monkeypatch.setattr("tablewright.operations.patterns.write.write_condition", lambda *_: {})
    results = run(
        MODEL, "create_order", "change_order", "delete_existing_order", "place_order", "touch_order"
    )
    assert "it succeeded" in results["create_order"].problem
    assert "is refused (ConditionalCheckFailedException)" in results["create_order"].problem
    assert results["change_order"].status is PatternStatus.FAILED
    assert results["delete_existing_order"].status is PatternStatus.FAILED
    assert results["place_order"].status is PatternStatus.FAILED
    assert results["touch_order"].status is PatternStatus.PASSED


def test_an_update_that_leaves_a_ghost_is_reported(run, dynamodb, monkeypatch):
    original = dynamodb.delete_item

    def delete_and_leave(**parameters):
        original(**parameters)
        dynamodb.put_item(TableName=parameters["TableName"], Item=parameters["Key"])

    monkeypatch.setattr(dynamodb, "delete_item", delete_and_leave)
    problem = run(MODEL, "delete_order")["delete_order"].problem
    assert "no ghost item" in problem
    assert "where None must be" in problem


def test_more_parts_than_an_entity_has_items_are_reported(run):
    halves = Entity("half", "orders", {"PK": "HALF#<id%2>", "SK": "METADATA"})
    pattern = transact("thrice", "api", parts=(put_part(halves, WriteCondition.NONE),) * 3)
    problem = run(declared(pattern, (ORDER, USER, SETTINGS, halves)), "thrice")["thrice"].problem
    assert "expected an item of its own for every part" in problem
    assert "two parts write the same item of entity 'half'" in problem
