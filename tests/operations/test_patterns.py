"""Every declared access pattern is executed on sample items, and leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tablewright.models import Stream, WriteCondition
from tablewright.models.catalog import CATALOG
from tablewright.models.patterns import batch_write, put_part, transact
from tablewright.operations.endpoint import Endpoint, EndpointUnreachable
from tablewright.operations.errors import OperationError
from tablewright.operations.patterns import PatternStatus, run_patterns
from tests.support.moto_tables import create_tables
from tests.support.order_patterns import MODEL, ORDER, ORDERS, PATTERNS, SETTINGS


@pytest.mark.parametrize("name", CATALOG)
def test_every_access_pattern_of_the_catalog_is_served(dynamodb, streams, prefix, name):
    model = CATALOG[name]
    names = create_tables(dynamodb, model, prefix)
    seen = []
    report = run_patterns(model, names, dynamodb=dynamodb, streams=streams, progress=seen.append)
    assert [result.problem for result in report.results if result.problem] == []
    assert [result.pattern for result in report.results] == [p.name for p in model.patterns]
    assert all(result.checks for result in report.results)
    assert sorted(seen, key=report.results.index) == list(report.results)
    for table in names.values():
        assert dynamodb.scan(TableName=table)["Count"] == 0


def test_every_operation_comparison_and_kind_of_index_is_understood(run):
    results = run(MODEL)
    assert [result.problem for result in results.values() if result.problem] == []
    assert len(results) == len(PATTERNS)


def test_a_batch_of_writes_takes_the_one_item_of_an_entity_once_at_a_time(run):
    pattern = batch_write("write_settings", SETTINGS, "api")
    result = run(replace(MODEL, patterns=(*PATTERNS, pattern)), pattern.name)[pattern.name]
    assert result.problem is None
    assert [check for check in result.checks if "one batch" in check] == [
        "one batch: PutItem of an item that is not there",
        "one batch: PutItem of an item that is there",
        "one batch: DeleteItem of an item that is not there",
        "one batch: DeleteItem of an item that is there",
    ]


@pytest.mark.parametrize(
    ("condition", "parts"), [(WriteCondition.NONE, 100), (WriteCondition.ABSENT, 25)]
)
def test_a_transaction_may_take_many_items_of_one_entity(run, condition, parts):
    pattern = transact("place_many", "api", parts=(put_part(ORDER, condition),) * parts)
    result = run(replace(MODEL, patterns=(*PATTERNS, pattern)), pattern.name)[pattern.name]
    assert result.problem is None
    assert f"all {parts} parts succeed together" in result.checks


def test_a_table_without_a_physical_name_fails(dynamodb, streams):
    report = run_patterns(MODEL, {}, dynamodb=dynamodb, streams=streams)
    assert not report.ok
    assert "'orders' has no physical name" in report.results[0].problem


def test_a_stream_for_the_audit_trail_alone_is_not_deployed_without_it(run):
    stream = Stream(audit_trail_only=True)
    model = replace(MODEL, tables=(replace(ORDERS, stream=stream),))
    assert run(model, "read_orders")["read_orders"].status is PatternStatus.PASSED
    result = run(model, "read_orders", audit_trail=False)["read_orders"]
    assert result.status is PatternStatus.NOT_DEPLOYED
    assert "no audit trail" in result.problem


def test_a_report_counts_and_is_not_ok_after_a_failure(dynamodb, streams, prefix):
    names = create_tables(dynamodb, MODEL, prefix)
    clients = {"dynamodb": dynamodb, "streams": streams}
    good = run_patterns(MODEL, names, **clients, only=("get_order", "create_order"))
    bad = run_patterns(MODEL, {"orders": "nowhere"}, **clients, only=("get_order",))
    assert good.ok
    assert good.summary == "2 access patterns: 2 passed, 0 failed, 0 not deployed"
    assert not bad.ok
    assert bad.as_dict()["ok"] is False
    assert bad.as_dict()["counts"]["failed"] == 1
    assert bad.as_dict()["patterns"][0]["pattern"] == "get_order"


def test_items_that_were_there_before_stay(dynamodb, streams, prefix):
    names = create_tables(dynamodb, MODEL, prefix)
    item = {"PK": {"S": "USER#ada"}, "SK": {"S": "ORDER#1"}}
    dynamodb.put_item(TableName=names["orders"], Item=item)
    assert run_patterns(MODEL, names, dynamodb=dynamodb, streams=streams).ok
    assert dynamodb.scan(TableName=names["orders"])["Items"] == [item]


def test_aws_is_refused_before_anything_is_written():
    endpoint = Endpoint("https://dynamodb.eu-west-1.amazonaws.com", "eu-west-1")
    with pytest.raises(OperationError, match="is AWS, and executing access patterns writes"):
        run_patterns(MODEL, {}, dynamodb=endpoint.dynamodb, streams=endpoint.dynamodbstreams)


def test_an_emulator_that_is_gone_is_an_error_that_says_so():
    endpoint = Endpoint("http://127.0.0.1:9", "eu-west-1")
    with pytest.raises(EndpointUnreachable, match=r"nothing answers at http://127.0.0.1:9"):
        run_patterns(
            MODEL, {"orders": "x"}, dynamodb=endpoint.dynamodb, streams=endpoint.dynamodbstreams
        )
