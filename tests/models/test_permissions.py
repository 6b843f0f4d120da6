"""What each consumer of each workload may do: its own patterns, and no neighbour of them."""

import pytest

from tablewright.models import Operation
from tablewright.models.catalog import CATALOG
from tests.support.iam import Request
from tests.support.iam_requests import STREAM_LABEL, requests_of
from tests.support.iam_resources import ACTIONS, LEADING_KEY_ACTIONS
from tests.support.iam_universe import (
    access_of,
    documents_of,
    granted,
    needs_of,
    scope_of,
    surroundings_of,
)

CONSUMERS = [
    pytest.param(model, consumer, id=f"{model.name}-{consumer}")
    for model in CATALOG.values()
    for consumer in model.consumers
]
SOME_KEY = {"dynamodb:LeadingKeys": ("some key",)}
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "ConditionCheckItem")
CONTROL_PLANE = [
    "CreateBackup",
    "CreateTable",
    "DeleteTable",
    "ExportTableToPointInTime",
    "PutResourcePolicy",
    "RestoreTableToPointInTime",
    "TagResource",
    "UntagResource",
    "UpdateContinuousBackups",
    "UpdateTable",
    "UpdateTimeToLive",
]


def pairs_of(model, pattern):
    return {(r.action, r.resource) for r in requests_of(model, pattern, scope_of(model))}


every_consumer = pytest.mark.parametrize(("model", "consumer"), CONSUMERS)


def asked(action, resource):
    action = f"dynamodb:{action}"
    return Request(action, resource, SOME_KEY if action in LEADING_KEY_ACTIONS else {})


@every_consumer
def test_a_consumer_may_perform_its_own_patterns(model, consumer):
    scope = scope_of(model)
    access = access_of(model, consumer, scope)
    patterns = model.patterns_of(consumer)
    assert patterns
    for pattern in patterns:
        requests = requests_of(model, pattern, scope)
        assert requests
        assert all(access.allows(request) for request in requests), pattern.name


@every_consumer
def test_a_consumer_may_do_nothing_else_to_anything_around(model, consumer):
    scope = scope_of(model)
    access = access_of(model, consumer, scope)
    needed = needs_of(model, consumer, scope)
    assert granted(access, surroundings_of(model, scope), SOME_KEY) == needed


@pytest.mark.parametrize(
    ("model", "consumer", "pattern"),
    [
        pytest.param(model, consumer, pattern, id=f"{model.name}-{consumer}-{pattern.name}")
        for model in CATALOG.values()
        for consumer in model.consumers
        for pattern in model.patterns
        if not pairs_of(model, pattern) <= needs_of(model, consumer, scope_of(model))
    ],
)
def test_a_pattern_of_others_is_denied(model, consumer, pattern):
    scope = scope_of(model)
    access = access_of(model, consumer, scope)
    own = needs_of(model, consumer, scope)
    for request in requests_of(model, pattern, scope):
        assert access.allows(request) is ((request.action, request.resource) in own)


@every_consumer
def test_the_tables_of_other_workloads_are_denied(model, consumer):
    access = access_of(model, consumer, scope_of(model))
    others = [other for other in CATALOG.values() if other is not model]
    for other in others:
        for pattern in other.patterns:
            requests = requests_of(other, pattern, scope_of(other))
            assert not any(access.allows(r) for r in requests if r.resource != "*")


@every_consumer
@pytest.mark.parametrize(
    "elsewhere",
    [
        {"environment": "prod"},
        {"environment": "dev2"},
        {"account": "999999999999"},
        {"regions": ("us-west-2",)},
    ],
    ids=str,
)
def test_the_same_tables_elsewhere_are_denied(model, consumer, elsewhere):
    access = access_of(model, consumer, scope_of(model))
    for pattern in model.patterns_of(consumer):
        requests = requests_of(model, pattern, scope_of(model, **elsewhere))
        assert not any(access.allows(r) for r in requests if r.resource != "*")


@every_consumer
def test_scan_partiql_and_export_are_denied_on_every_table_and_index(model, consumer):
    scope = scope_of(model)
    access = access_of(model, consumer, scope)
    for table in model.tables:
        arns = [*scope.table(table.name)]
        arns += [arn for index in table.indexes for arn in scope.index(table.name, index.name)]
        for action in ("Scan", "PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"):
            assert not any(access.allows(asked(action, arn)) for arn in arns)


@every_consumer
def test_each_write_that_is_not_declared_is_denied(model, consumer):
    scope = scope_of(model)
    access = access_of(model, consumer, scope)
    declared = {
        (str(operation), table)
        for pattern in model.patterns_of(consumer)
        for operation, table in (
            [(part.operation, part.table) for part in pattern.parts]
            or [(pattern.operation, pattern.table)]
        )
    }
    for table in model.tables:
        for write in WRITES:
            allowed = [access.allows(asked(write, arn)) for arn in scope.table(table.name)]
            assert allowed == [(write, table.name) in declared]


@every_consumer
def test_a_query_of_one_index_opens_neither_the_table_nor_another_index(model, consumer):
    scope = scope_of(model)
    access = access_of(model, consumer, scope)
    queried = {
        (pattern.table, pattern.index)
        for pattern in model.patterns_of(consumer)
        if pattern.operation is Operation.QUERY
    }
    for table in model.tables:
        for index in (None, *(index.name for index in table.indexes)):
            (arn,) = scope.index(table.name, index) if index else scope.table(table.name)
            assert access.allows(asked("Query", arn)) is ((table.name, index) in queried)


@every_consumer
@pytest.mark.parametrize("action", CONTROL_PLANE)
def test_nothing_about_a_table_itself_can_be_changed(model, consumer, action):
    scope = scope_of(model)
    access = access_of(model, consumer, scope)
    for table in model.tables:
        for arn in scope.table(table.name):
            stream = f"{arn}/stream/{STREAM_LABEL}"
            assert not access.allows(asked(action, arn))
            assert not access.allows(asked(action, stream))


@every_consumer
def test_no_wildcard_stands_but_a_streams_label_and_the_one_of_list_streams(model, consumer):
    for document in documents_of(model, consumer, scope_of(model)):
        plain = document.replace('"Action":["dynamodb:ListStreams"],"Resource":["*"]', "")
        for table in model.tables:
            plain = plain.replace(f':table/dropify-dev-{table.name}/stream/*"', "")
        assert "*" not in plain
        assert "?" not in plain


def test_every_action_of_the_control_plane_is_known_to_the_evaluator():
    assert {f"dynamodb:{name}" for name in CONTROL_PLANE} <= set(ACTIONS)


def test_the_catalog_has_consumers_that_query_an_index_but_not_its_table():
    queries = {
        (pattern.table, consumer, pattern.index is not None)
        for model in CATALOG.values()
        for pattern in model.patterns
        for consumer in pattern.consumers
        if pattern.operation is Operation.QUERY
    }
    assert any(
        indexed and (table, consumer, False) not in queries for table, consumer, indexed in queries
    )
