"""No global secondary index answers what another key answers already."""

import pytest

from rules.framework.tokens import PARAMETER, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ddb-gsi-redundant"


def index(name, partition, sort=""):
    """Return an index whose key attributes are the letters of two words."""
    parts = [(letter, "HASH") for letter in partition] + [(letter, "RANGE") for letter in sort]
    schema = [{"attributeName": letter, "keyType": kind} for letter, kind in parts]
    return {"name": name, "keySchemas": schema}


def judged(*indexes, local=(), **table):
    inputs = {
        "hashKey": "p",
        "rangeKey": "s",
        "globalSecondaryIndexes": list(indexes),
        "localSecondaryIndexes": [{"name": f"by-{key}", "rangeKey": key} for key in local],
        **table,
    }
    return judge_resource(RULE, TABLE, inputs)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("a",), ("b",), []),
        (("a",), ("a",), ["equal"]),
        (("a", "b"), ("a", "b"), ["equal"]),
        (("a",), ("a", "b"), ["prefix"]),
        (("a", "b"), ("a",), ["prefix"]),
        (("a", "b"), ("a", "c"), []),
        (("a", "b"), ("b", "a"), []),
        (("a", "bc"), ("a", "b"), ["prefix"]),
        (("a", "bc"), ("a", "c"), []),
        (("a", "bc"), ("a", "cb"), []),
        (("ab",), ("ba",), ["equal"]),
        (("ab", "c"), ("ba",), ["prefix"]),
        (("ab", "c"), ("a", "c"), []),
        (("ab",), ("a", "b"), []),
        (("ab",), ("a",), []),
    ],
)
def test_no_key_begins_or_equals_that_of_another_index(first, second, expected):
    assert findings(judged(index("x", *first), index("y", *second))) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (("p",), ["table"]),
        (("p", "s"), ["table"]),
        (("p", "t"), []),
        (("p", "st"), []),
        (("s", "p"), []),
        (("ps",), []),
    ],
)
def test_no_key_repeats_that_of_the_table(key, expected):
    assert findings(judged(index("x", *key))) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (("p",), ["table"]),
        (("p", "t"), ["local"]),
        (("p", "tu"), []),
        (("p", "u"), []),
        (("a", "t"), []),
    ],
)
def test_no_key_repeats_that_of_a_local_index(key, expected):
    assert findings(judged(index("x", *key), local="t")) == expected


def test_the_argument_of_one_attribute_is_read_as_well():
    old = {"name": "x", "hashKey": "a", "rangeKey": "b"}
    assert findings(judged(old, index("y", "a", "b"))) == ["equal"]


@pytest.mark.parametrize("names", [("x", "y"), ("y", "x")])
def test_the_message_says_which_index_goes_and_what_the_other_needs(names):
    keys = {"x": ("a",), "y": ("a", "b")}
    (verdict,) = judged(*(index(name, *keys[name]) for name in names))
    assert "let 'y' project what is read from 'x', query 'y', and remove 'x'" in verdict.message


def test_every_pair_of_indexes_is_compared_once():
    three = [index(name, "a") for name in "xyz"]
    assert findings(judged(*three)) == ["equal"] * 3


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"globalSecondaryIndexes": UNKNOWN}, [CANNOT_RUN]),
        (
            {"globalSecondaryIndexes": [index("x", "a"), UNKNOWN, index("y", "a")]},
            ["equal", CANNOT_RUN],
        ),
        (
            {"globalSecondaryIndexes": [index("x", "a"), index("y", "a")], "hashKey": UNKNOWN},
            ["equal", CANNOT_RUN],
        ),
        ({"globalSecondaryIndexes": [{**index("x", "a"), "projectionType": UNKNOWN}]}, []),
        ({"hashKey": UNKNOWN}, [CANNOT_RUN]),
        ({"globalSecondaryIndexes": {"name": "x"}}, ["malformed"]),
        ({"globalSecondaryIndexes": [index("x", "p"), 7]}, ["table", "malformed"]),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(inputs, expected):
    assert findings(judged(**inputs)) == expected


def test_what_has_no_key_is_no_repetition():
    assert findings(judged({"name": "x"}, {"name": "y"}, hashKey=None, rangeKey=None)) == []


def test_a_table_without_indexes_has_none_too_many():
    assert findings(judge_resource(RULE, TABLE, {})) == []


def test_other_resources_are_not_judged():
    assert findings(judge_resource(RULE, PARAMETER, {})) == [NOT_APPLICABLE]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_no_index_of_the_project_is_redundant(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
