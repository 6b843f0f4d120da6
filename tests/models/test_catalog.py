"""The patterns of the five workloads against `expected/<model>.toml`, the methods they serve."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tablewright.models import Operation
from tablewright.models.catalog import CATALOG
from tablewright.operations.index_plan.stage import NEXT, PREVIOUS
from tests.support.described import described_pattern

EXPECTED = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in (Path(__file__).parent / "expected").glob("*.toml")
}
METHODS = [(model, method) for model, methods in EXPECTED.items() for method in methods]
MODELS = pytest.mark.parametrize("model", CATALOG.values(), ids=CATALOG)


def operations_of(model, consumer):
    return {described_pattern(pattern) for pattern in model.patterns_of(consumer)}


def on_the_way(patterns):
    """Return what is declared beside a pattern only while an index changes."""
    return [pattern for pattern in patterns if pattern.name.endswith((f".{NEXT}", f".{PREVIOUS}"))]


def entities_of(pattern):
    return {*pattern.entities, *(part.entity for part in pattern.parts)}


def may_share(first, second):
    """Tell whether two templates can compose one key; fields never hold a '#'."""
    parts = [re.sub(r"<[^>]*>", "*", template.text).split("#") for template in (first, second)]
    return len(parts[0]) == len(parts[1]) and all(
        one == other or "*" in {one, other} for one, other in zip(*parts, strict=True)
    )


def test_there_are_five_workloads_in_the_order_of_deployment():
    names = ["file_sharing", "application_table", "kv_storage", "shop", "usage_quotas"]
    assert list(CATALOG) == names
    assert [model.name for model in CATALOG.values()] == names
    assert set(EXPECTED) == set(names)


@pytest.mark.parametrize(("model", "method"), METHODS)
def test_whoever_calls_a_method_has_every_pattern_that_it_needs(model, method):
    expected = EXPECTED[model][method]
    for consumer in expected["consumers"]:
        missing = set(expected["operations"]) - operations_of(CATALOG[model], consumer)
        assert not missing, f"{consumer} cannot call {method}"


@MODELS
def test_no_consumer_has_a_pattern_that_none_of_its_methods_needs(model):
    methods = EXPECTED[model.name].values()
    for consumer in model.consumers:
        own = [method["operations"] for method in methods if consumer in method["consumers"]]
        own.append({described_pattern(each) for each in on_the_way(model.patterns_of(consumer))})
        assert operations_of(model, consumer) <= set().union(*own), consumer


@pytest.mark.parametrize(
    ("model", "consumers"),
    [
        ("file_sharing", {"api", "share_page", "cleanup", "audit"}),
        ("application_table", {"api", "status"}),
        ("kv_storage", {"api", "admin"}),
        ("shop", {"storefront", "fulfilment", "events"}),
        ("usage_quotas", {"gateway", "reporting"}),
    ],
)
def test_a_workload_has_its_consumers(model, consumers):
    assert set(CATALOG[model].consumers) == consumers


@pytest.mark.parametrize(
    ("model", "consumer", "operations"),
    [
        ("file_sharing", "audit", {Operation.READ_STREAM}),
        ("application_table", "status", {Operation.GET_ITEM}),
        ("shop", "events", {Operation.READ_STREAM}),
        ("usage_quotas", "reporting", {Operation.GET_ITEM, Operation.QUERY}),
        (
            "file_sharing",
            "share_page",
            {Operation.GET_ITEM, Operation.UPDATE_ITEM, Operation.TRANSACT_WRITE_ITEMS},
        ),
    ],
)
def test_a_consumer_with_a_narrow_task_has_narrow_operations(model, consumer, operations):
    assert {p.operation for p in CATALOG[model].patterns_of(consumer)} == operations


@MODELS
def test_a_pattern_is_named_after_a_method(model):
    methods = {re.split(r"[: ]", method)[0] for method in EXPECTED[model.name]}
    assert {pattern.name.split(".")[0] for pattern in model.patterns} <= methods


@MODELS
def test_no_pattern_is_declared_twice(model):
    declared = [(described_pattern(p), frozenset(p.consumers)) for p in model.patterns]
    assert len(set(declared)) == len(declared)


@MODELS
def test_no_workload_scans_or_describes_a_table(model):
    operations = {pattern.operation for pattern in model.patterns}
    assert not operations & {Operation.SCAN, Operation.DESCRIBE_TABLE}


@MODELS
def test_every_entity_is_touched_by_a_pattern(model):
    assert set().union(*map(entities_of, model.patterns)) == set(model.entities)


@MODELS
def test_every_index_serves_a_pattern(model):
    declared = {(table.name, index.name) for table in model.tables for index in table.indexes}
    assert {(p.table, p.index) for p in model.patterns if p.index} == declared


@MODELS
def test_two_kinds_of_item_never_share_a_key(model):
    for table in model.tables:
        entities = [entity for entity in model.entities if entity.table == table.name]
        pairs = [(one, two) for n, one in enumerate(entities) for two in entities[n + 1 :]]
        for one, two in pairs:
            names = table.key.names
            assert not all(may_share(one.keys[name], two.keys[name]) for name in names), (one, two)
