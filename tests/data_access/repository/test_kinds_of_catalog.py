"""Every kind of record of the catalog lies in its table so that it is read as it was written."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.errors import CorruptItem
from tablewright.models.catalog import CATALOG
from tests.support.catalog_records import EVERY_KIND, KINDS, PARTS, PROJECTED, records_of

FEW = settings(max_examples=20, deadline=None)
EACH_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
PAIRS = [
    (one, other)
    for one, other in combinations(KINDS.values(), 2)
    if one.table is other.table and one.entity is not other.entity
]


def fields_of(kind):
    """Return what a kind's table key is composed of, without shards, which many may share."""
    templates = [kind.entity.keys[name] for name in kind.table.key.names]
    return sorted({field.name for each in templates for field in each.fields if not field.shards})


def keys_of(kind):
    names = fields_of(kind)
    return st.tuples(*[PARTS] * len(names)).map(
        lambda values: dict(zip(names, values, strict=True))
    )


def test_every_entity_of_the_catalog_has_a_record():
    entities = {
        f"{model.name} {each.name}" for model in CATALOG.values() for each in model.entities
    }
    assert entities - {"application_table health"} == set(KINDS), "a marker that is never written"


@EACH_KIND
@FEW
@given(data=st.data())
def test_a_record_is_read_as_it_was_written(kind, data):
    record = data.draw(records_of(kind))
    item = kind.item(record, "op#1")
    assert kind.read(item) == record
    assert item["entityType"] == {"S": kind.entity.name}
    assert item["operationId"] == {"S": "op#1"}


@EACH_KIND
@FEW
@given(data=st.data())
def test_an_item_holds_its_keys_and_what_is_declared_and_nothing_else(kind, data):
    item = kind.item(data.draw(records_of(kind)), "op")
    assert item.keys() <= {*kind.entity.attributes, *kind.entity.keys}
    assert set(kind.table.key.names) <= item.keys()
    assert {"NULL": True} not in [item[name] for name in kind.entity.keys if name in item]


@EACH_KIND
@FEW
@given(data=st.data())
def test_a_key_finds_the_item_of_the_record(kind, data):
    record = data.draw(records_of(kind))
    item = kind.item(record, "op")
    fields = {**kind.identity(record), "operationId": "op"}
    assert kind.key(fields) == {name: item[name] for name in kind.table.key.names}


@EACH_KIND
@FEW
@given(data=st.data())
def test_two_identities_never_meet_in_one_key(kind, data):
    one, other = (data.draw(keys_of(kind)) for _ in range(2))
    shard = {"operationId": "op"}
    assert (kind.key(shard | one) == kind.key(shard | other)) is (one == other)


@pytest.mark.parametrize(
    ("one", "other"), PAIRS, ids=lambda kind: f"{kind.model.name}.{kind.entity.name}"
)
@FEW
@given(data=st.data())
def test_two_kinds_never_meet_in_one_key(one, other, data):
    shard = {"operationId": "op"}
    assert one.key(shard | data.draw(keys_of(one))) != other.key(shard | data.draw(keys_of(other)))


@EACH_KIND
@FEW
@given(data=st.data())
def test_what_a_newer_version_wrote_is_read_without_what_is_unknown(kind, data):
    record = data.draw(records_of(kind))
    item = kind.item(record, "op") | {"newer": {"M": {"x": {"N": "1"}}}, "deeper": {"NULL": True}}
    assert kind.read(item) == record


@EACH_KIND
@FEW
@given(data=st.data())
def test_an_item_of_another_kind_is_corrupt(kind, data):
    item = kind.item(data.draw(records_of(kind)), "op")
    for wrong in ({"entityType": {"S": "another"}}, {"entityType": {"N": "1"}}):
        with pytest.raises(CorruptItem, match=f"where '{kind.entity.name}' is expected"):
            kind.read(item | wrong)
    del item["entityType"]
    with pytest.raises(CorruptItem, match=f"is None where '{kind.entity.name}' is expected"):
        kind.read(item)


@pytest.mark.parametrize("kind", PROJECTED.values(), ids=PROJECTED)
@FEW
@given(data=st.data())
def test_a_projected_read_gives_the_part_of_the_record_that_it_names(kind, data):
    (whole,) = (each for each in KINDS.values() if each.entity is kind.entity)
    record = data.draw(records_of(whole))
    item = {name: value for name, value in whole.item(record).items() if name in kind._held}
    part = kind.read(item)
    assert part.model_dump() == record.model_dump(include=set(type(part).model_fields))
    assert type(part) is kind.record


def test_every_kind_is_whole_or_a_projection():
    assert len(EVERY_KIND) >= len(KINDS) + len(PROJECTED)
    assert set(PROJECTED) == {"FileSize", "UserSummary"}
