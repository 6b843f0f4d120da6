"""An emulator that answers wrongly is found out, whatever it gets wrong."""

from __future__ import annotations

import pytest

from tablewright.operations.patterns import PatternStatus
from tests.support.order_patterns import MODEL


def drop_last(parsed):
    parsed["Items"] = parsed["Items"][:-1]


def reverse(parsed):
    parsed["Items"] = parsed["Items"][::-1]


def add_attribute(parsed):
    for item in parsed["Items"]:
        item["note"] = {"S": "not projected"}


def repeat_forever(parsed):
    parsed["LastEvaluatedKey"] = {"PK": {"S": "a"}, "SK": {"S": "b"}}


def change_item(parsed):
    if "Item" in parsed:
        parsed["Item"]["note"] = {"S": "another"}


def invent_item(parsed):
    parsed.setdefault("Item", {"PK": {"S": "a"}, "SK": {"S": "b"}})


def lose_one(parsed):
    for items in parsed["Responses"].values():
        del items[0]


def blame_another(parsed):
    parsed.get("CancellationReasons", []).reverse()


def lose_images(parsed):
    for record in parsed["Records"]:
        record["dynamodb"].pop("NewImage", None)


def swap_events(parsed):
    parsed["Records"].reverse()


@pytest.fixture
def falsified_run(run, dynamodb, streams):
    """Runs one access pattern while every answer to one operation is changed."""

    def execute(event, answer, pattern):
        client = streams if "streams" in event else dynamodb

        def falsify(parsed, **_):
            answer(parsed)

        client.meta.events.register(f"after-call.{event}", falsify)
        try:
            return run(MODEL, pattern)[pattern]
        finally:
            client.meta.events.unregister(f"after-call.{event}", falsify)

    return execute


@pytest.mark.parametrize(
    ("event", "answer", "pattern", "problem"),
    [
        ("dynamodb.Query", drop_last, "orders_of_user", "items instead of 4"),
        ("dynamodb.Query", reverse, "orders_of_user", "instead of"),
        ("dynamodb.Query", add_attribute, "keys_of_day", "got ['PK', 'SK', 'createdAt', 'day', 'n"),
        ("dynamodb.Query", repeat_forever, "orders_of_user", "the pages never end"),
        ("dynamodb.GetItem", change_item, "get_order", "the one item"),
        ("dynamodb.GetItem", invent_item, "get_order", "expected nothing under the key"),
        ("dynamodb.BatchGetItem", lose_one, "get_orders", "exactly 3 items for 4 keys"),
        ("dynamodb.TransactWriteItems", blame_another, "place_order", "the reasons are"),
        ("dynamodb-streams.GetRecords", lose_images, "read_orders", "INSERT has the images"),
        ("dynamodb-streams.GetRecords", swap_events, "read_orders", "got ('REMOVE', 'MODIFY'"),
    ],
)
def test_a_wrong_answer_is_reported(falsified_run, event, answer, pattern, problem):
    result = falsified_run(event, answer, pattern)
    assert result.status is PatternStatus.FAILED
    assert problem in result.problem


def test_a_transaction_that_should_be_refused_and_is_not_is_reported(run, dynamodb, monkeypatch):
    monkeypatch.setattr(dynamodb, "transact_write_items", lambda **_: {})
    problem = run(MODEL, "place_order")["place_order"].problem
    assert "no part succeeds when part 1 (ConditionCheckItem of user)" in problem
    assert "it succeeded" in problem
