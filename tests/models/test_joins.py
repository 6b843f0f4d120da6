from __future__ import annotations

import pytest

from tablewright.models import Attribute, AttributeType, Entity, Index, Key, ModelError
from tablewright.models.joins import check_entity
from tablewright.models.patterns import equals, get, query
from tests.support import small_models
from tests.support.small_models import BY_STATUS, ORDER, STATUS_KEY

BY_SIZE = Index(name="bySize", key=Key.of("PK", Attribute("size", AttributeType.NUMBER)))
KEY = {"PK": "USER#<userId>", "SK": "ORDER#<orderId>"}
INDEX_KEY = {"GSI1PK": "STATUS#<status>", "GSI1SK": "AT#<createdAt>"}

FITTING = {
    "the table's key alone, in no index": KEY,
    "the whole key of an index": KEY | INDEX_KEY,
    "a number from a single field": KEY | {"size": "<size>"},
    "a key without fields": {"PK": "HEALTH", "SK": "METADATA"},
}
MISFITTING = {
    "no sort key": ({"PK": "USER#<userId>"}, r"does not compose 'SK'; .*add its template"),
    "no partition key": ({"SK": "ORDER#<orderId>"}, r"does not compose 'PK'; .*add its template"),
    "an attribute that is no key": (
        KEY | {"total": "<total>"},
        r"composes 'total', which is a key of neither .*list it under attributes",
    ),
    "half an index's key": (
        KEY | {"GSI1PK": "STATUS#<status>"},
        r"composes \['GSI1PK'\] but not \['GSI1SK'\], so index 'byStatus' would leave it out",
    ),
    "a number with text before it": (
        KEY | {"size": "SIZE#<size>"},
        r"'size' is of type N, so its template 'SIZE#<size>' must be a single field",
    ),
    "a number from two fields": (
        KEY | {"size": "<size>#<unit>"},
        r"'size' is of type N, so its template '<size>#<unit>' must be a single field",
    ),
    "a prefix for a key": (
        {"PK": "USER#<userId>", "SK": "ORDER#<orderId*>"},
        r"'SK' is composed by 'ORDER#<orderId\*>'; .*write the whole field",
    ),
}


@pytest.mark.parametrize("keys", FITTING.values(), ids=FITTING)
def test_an_entity_that_fits_its_table_is_taken(keys):
    table = small_models.table(indexes=(BY_STATUS, BY_SIZE))
    entity = Entity("thing", "orders", keys)
    check_entity(table, entity)
    assert set(entity.keys) == set(keys)


@pytest.mark.parametrize(("keys", "message"), MISFITTING.values(), ids=MISFITTING)
def test_an_entity_that_does_not_fit_its_table_is_refused(keys, message):
    table = small_models.table(indexes=(BY_STATUS, BY_SIZE))
    with pytest.raises(ModelError, match=rf"^table 'orders': entity 'thing'.*{message}"):
        check_entity(table, Entity("thing", "orders", keys))


def test_an_entity_of_a_table_that_is_not_there_is_refused():
    stray = Entity("stray", "archive", {"PK": "<a>"})
    message = r"model 'orders': there is no table 'archive' \(tables: orders\); declare it"
    with pytest.raises(ModelError, match=message):
        small_models.model(entities=(ORDER, stray))


def test_an_index_that_serves_a_pattern_is_taken():
    listing = query("list_by_status", ORDER, "api", index="byStatus", key=(STATUS_KEY,))
    model = small_models.model(listing, tables=(small_models.table(),))
    assert model.table("orders").index("byStatus") is BY_STATUS


def test_an_index_that_serves_no_pattern_is_refused():
    message = r"^table 'orders': index 'byStatus' serves no access pattern.*kept_because=…"
    with pytest.raises(ModelError, match=message):
        small_models.model(get("get_order", ORDER, "api"), tables=(small_models.table(),))


def kept(reason):
    index = Index(name="byStatus", key=BY_STATUS.key, kept_because=reason)
    return (small_models.table(indexes=(index,)),)


def test_an_index_that_says_why_it_is_kept_needs_no_pattern():
    tables = kept("the old service reads it until March")
    model = small_models.model(get("get_order", ORDER, "api"), tables=tables)
    assert model.tables == tables


def test_an_index_with_a_pattern_needs_no_excuse():
    listing = query("list_by_status", ORDER, "api", index="byStatus", key=(STATUS_KEY,))
    message = r"^table 'orders': index 'byStatus' serves a pattern and still says .*drop that"
    with pytest.raises(ModelError, match=message):
        small_models.model(listing, tables=kept("the old service reads it"))


def test_a_pattern_on_another_tables_index_of_that_name_does_not_count():
    archive = small_models.table(name="archive")
    old = Entity("old_order", "archive", {a: t.text for a, t in ORDER.keys.items()})
    listing = query("list_by_status", ORDER, "api", index="byStatus", key=(STATUS_KEY,))
    with pytest.raises(ModelError, match=r"^table 'archive': index 'byStatus' serves no"):
        small_models.model(listing, tables=(small_models.table(), archive), entities=(ORDER, old))


def expiring(*entities, tables=()):
    """Return the model of orders that expire by `expiresAt`, of these entities and more tables."""
    table = small_models.table(ttl_attribute="expiresAt", indexes=())
    listing = get("get_note", entities[0], "api")
    return small_models.model(listing, tables=(table, *tables), entities=entities)


NOTE = Entity("note", "orders", KEY, attributes=("text",))
DRAFT = Entity("draft", "orders", KEY, attributes=("expiresAt",))


def test_a_ttl_attribute_that_one_entity_of_the_table_has_is_taken():
    assert expiring(NOTE, DRAFT).table("orders").ttl_attribute == "expiresAt"


@pytest.mark.parametrize("elsewhere", [(), (Entity("old", "archive", KEY, ("expiresAt",)),)])
def test_a_ttl_attribute_that_no_entity_of_the_table_has_is_refused(elsewhere):
    archive = small_models.table(name="archive", indexes=())
    with pytest.raises(ModelError) as refused:
        expiring(NOTE, *elsewhere, tables=(archive,))
    assert str(refused.value) == (
        "table 'orders': no entity has the TTL attribute 'expiresAt', so its items would never "
        "expire; list it in the attributes of the entities that expire, or drop it"
    )


def test_a_table_without_entities_may_expire_by_any_attribute():
    empty = small_models.table(name="archive", ttl_attribute="TTL", indexes=())
    assert expiring(DRAFT, tables=(empty,)).table("archive") is empty


def test_a_pattern_is_checked_when_its_model_is_declared():
    unservable = query("by_total", ORDER, "api", key=(equals("total", "<total>"),))
    with pytest.raises(ModelError, match=r"access pattern 'by_total': its key condition is on"):
        small_models.model(unservable)
