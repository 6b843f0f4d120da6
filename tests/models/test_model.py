from __future__ import annotations

from dataclasses import replace

import pytest

from tablewright.models import Comparator, Entity, ModelError
from tablewright.models.patterns import check_part, create, get, put_part, query, transact
from tests.support import small_models
from tests.support.small_models import ORDER, STATUS_KEY

ARCHIVED = Entity("archived", "archive", {"PK": "ORDER#<orderId>", "SK": "METADATA"})
ARCHIVE = small_models.table(name="archive", environment_variable="ARCHIVE_TABLE_NAME", indexes=())
LISTING = query("list_by_status", ORDER, "reporting", index="byStatus", key=(STATUS_KEY,))
CREATION = create("create_order", ORDER, "api")
MOVE = transact("move_order", "api", parts=(check_part(ORDER), put_part(ARCHIVED)))


def model():
    return small_models.model(
        CREATION,
        LISTING,
        MOVE,
        tables=(small_models.table(), ARCHIVE),
        entities=(ORDER, ARCHIVED),
    )


def test_tables_entities_and_patterns_are_found_by_name():
    assert model().table("archive") is ARCHIVE
    assert model().entity("archived") is ARCHIVED
    assert model().pattern("create_order") is CREATION


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("table", r"there is no table 'carts' \(tables: orders, archive\); declare it"),
        ("entity", r"there is no entity 'carts'; declare it"),
        ("pattern", r"there is no access pattern 'carts'; declare it"),
    ],
)
def test_a_name_that_is_not_there_is_reported(kind, message):
    with pytest.raises(ModelError, match=rf"^model 'orders': {message}"):
        getattr(model(), kind)("carts")


def test_consumers_are_those_who_perform_the_patterns():
    assert model().consumers == ("api", "reporting")
    assert model().patterns_of("api") == (CREATION, MOVE)
    assert model().patterns_of("reporting") == (LISTING,)
    assert model().patterns_of("nobody") == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tables": (ARCHIVE, ARCHIVE)}, r"table 'archive' is declared 2 times"),
        ({"entities": (ORDER, ORDER)}, r"entity 'order' is declared 2 times"),
        (
            {"tables": (ARCHIVE, replace(ARCHIVE, name="attic"))},
            rf"environment variable '{ARCHIVE.environment_variable}' is declared 2 times",
        ),
    ],
)
def test_two_of_one_name_are_refused(changes, message):
    with pytest.raises(ModelError, match=rf"^model 'orders': {message}; give each its own"):
        small_models.model(CREATION, **changes)


def test_two_patterns_of_one_name_are_refused():
    with pytest.raises(ModelError, match=r"access pattern 'create_order' is declared 2 times"):
        small_models.model(CREATION, get("create_order", ORDER, "api"))


def test_a_transaction_touches_every_table_of_its_parts():
    assert MOVE.tables == ("orders", "archive")
    assert LISTING.tables == ("orders",)


def test_a_read_of_a_sharded_key_fans_in_over_all_shards():
    assert LISTING.fan_in == 8
    assert CREATION.fan_in == 1


def test_a_query_has_its_own_key_condition():
    assert model().key_condition(LISTING) == (STATUS_KEY,)


def test_a_single_key_condition_needs_no_tuple():
    assert query("list_by_status", ORDER, "reporting", index="byStatus", key=STATUS_KEY) == LISTING


def test_an_item_operation_has_the_whole_key_of_its_entity():
    conditions = [
        (condition.attribute, condition.comparator, condition.template.text)
        for condition in model().key_condition(CREATION)
    ]
    assert conditions == [
        ("PK", Comparator.EQUALS, "USER#<userId>"),
        ("SK", Comparator.EQUALS, "ORDER#<orderId>"),
    ]


def test_an_entity_lists_every_field_of_its_keys_once():
    assert ORDER.fields == ("userId", "orderId", "status", "createdAt")


@pytest.mark.parametrize(
    ("pattern", "strong"),
    [
        (get("get_order", ORDER, "api"), True),
        (query("list_orders", ORDER, "api", key=(STATUS_KEY,)), True),
        (LISTING, False),
    ],
)
def test_reads_are_strong_on_a_table_and_eventual_on_an_index(pattern, strong):
    assert pattern.strong is strong
