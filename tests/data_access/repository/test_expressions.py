"""Expressions alias every name and value, and stay within DynamoDB's limits."""

from decimal import Decimal

import pytest

from tablewright.data_access.errors import InvalidInput, NumberOutOfRange
from tablewright.data_access.repository.expressions import (
    Change,
    Condition,
    of_condition,
    of_update,
)
from tablewright.models import ModelError

RESERVED = (
    "name",
    "ttl",
    "status",
    "limit",
    "type",
    "timestamp",
    "owner",
    "items",
    "value",
    "size",
)


def test_every_reserved_word_is_aliased():
    change = Change(assign=dict.fromkeys(RESERVED, "x"))
    condition = Condition(text=" AND ".join(f"attribute_exists(#{word})" for word in RESERVED))
    request = of_update(change, condition)
    assert request["ExpressionAttributeNames"] == {f"#{word}": word for word in RESERVED}
    assert request["UpdateExpression"].startswith("SET #name = :name, #ttl = :ttl")
    assert of_condition(condition)["ExpressionAttributeNames"] == {
        f"#{word}": word for word in RESERVED
    }


@pytest.mark.parametrize(
    ("change", "text", "values"),
    [
        (
            Change(assign={"a": 1, "b": "x"}),
            "SET #a = :a, #b = :b",
            {":a": {"N": "1"}, ":b": {"S": "x"}},
        ),
        (Change(assign={"a": None, "b": None}), "REMOVE #a, #b", None),
        (Change(add={"n": -1}), "ADD #n :n", {":n": {"N": "-1"}}),
        (
            Change(compute={"n": "#n + :by"}, using={"by": 2}),
            "SET #n = #n + :by",
            {":by": {"N": "2"}},
        ),
        (
            Change(assign={"a": 1, "b": None}, compute={"c": "#d"}, add={"e": 5}),
            "SET #a = :a, #c = #d REMOVE #b ADD #e :e",
            {":a": {"N": "1"}, ":e": {"N": "5"}},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_is_written_in_the_words_of_dynamodb(change, text, values):
    request = of_update(change, Condition())
    assert request["UpdateExpression"] == text
    assert request.get("ExpressionAttributeValues") == values
    assert "ConditionExpression" not in request


def test_a_name_that_is_no_word_is_aliased_by_what_is_given():
    change = Change(compute={"map.#k": ":v"}, using={"v": 1}, names={"k": "a.b #1"})
    request = of_update(change, Condition())
    assert request["UpdateExpression"] == "SET #map.#k = :v"
    assert request["ExpressionAttributeNames"] == {"#map": "map", "#k": "a.b #1"}


def test_a_condition_of_nothing_is_no_part_of_a_request():
    assert of_condition(Condition()) == {}
    assert of_condition(Condition(text="attribute_exists(#a)")) == {
        "ConditionExpression": "attribute_exists(#a)",
        "ExpressionAttributeNames": {"#a": "a"},
    }


@pytest.mark.parametrize(
    "change",
    [
        Change(assign={f"a{number}": 1 for number in range(301)}),
        Change(assign={f"a{number}": None for number in range(301)}),
        Change(add={f"a{number}": 1 for number in range(301)}),
        Change(
            assign={f"a{number}": 1 for number in range(200)},
            compute={f"b{number}": "#c" for number in range(101)},
        ),
        Change(assign={f"{number:03}{'x' * 37}": 1 for number in range(48)}),
    ],
    ids=["set", "remove", "add", "together", "long"],
)
def test_an_update_that_dynamodb_would_refuse_is_not_sent(change):
    with pytest.raises(InvalidInput, match="DynamoDB takes 300 and 4,096: change fewer at once"):
        of_update(change, Condition())


def test_an_update_of_300_attributes_in_4_kilobytes_is_taken():
    text = of_update(Change(assign={f"{n:x}": None for n in range(300)}), Condition())
    assert text["UpdateExpression"].count(",") == 299
    change = Change(assign={"x" * 2043: 1})  # SET #… = :…
    assert len(of_update(change, Condition())["UpdateExpression"]) == 4095


def test_a_condition_over_4_kilobytes_is_not_sent():
    fits = Condition(text="#" + "x" * 4095)
    assert of_condition(fits)["ConditionExpression"] == fits.text
    assert of_update(Change(assign={"a": 1}), fits)["ConditionExpression"] == fits.text
    long = Condition(text="#" + "x" * 4096)
    for make in (lambda: of_condition(long), lambda: of_update(Change(assign={"a": 1}), long)):
        with pytest.raises(InvalidInput, match="a condition of 4,097 bytes"):
            make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: of_update(Change(assign={"a": 2}), Condition(text="#a = :a", values={"a": 1})),
        lambda: of_update(Change(assign={"a": True}), Condition(text="#a = :a", values={"a": 1})),
        lambda: of_update(Change(assign={"a": 1}, using={"a": 2}), Condition()),
        lambda: of_update(Change(using={"a": 1}, add={"a": 2}, assign={"b": 1}), Condition()),
        lambda: of_update(Change(add={"a": 2}), Condition(text="#a > :a", values={"a": 1})),
        lambda: Condition(text="#a > :a", values={"a": 1}) & Condition(text="b", values={"a": 2}),
    ],
)
def test_one_alias_of_two_values_is_a_mistake_of_the_repository(make):
    with pytest.raises(ModelError, match="a request gives :a two values"):
        make()


def test_one_alias_of_one_value_twice_is_none():
    condition = Condition(text="#a >= :a", values={"a": Decimal("1.0")})
    request = of_update(Change(assign={"b": 1}, using={"a": 1}), condition & condition)
    assert request["ExpressionAttributeValues"] == {":b": {"N": "1"}, ":a": {"N": "1"}}
    assert request["ConditionExpression"] == "(#a >= :a) AND (#a >= :a)"


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (1.5, InvalidInput),
        (float("nan"), InvalidInput),
        (10**38 + 1, NumberOutOfRange),
        (set(), InvalidInput),
    ],
    ids=str,
)
def test_a_value_that_cannot_be_stored_is_told_by_its_name(value, error):
    with pytest.raises(error, match="price"):
        of_update(Change(assign={"price": value}), Condition())
    with pytest.raises(error, match="price"):
        of_condition(Condition(text="#price = :price", values={"price": value}))
