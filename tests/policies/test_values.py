"""Rules read values of every kind that the wire can carry."""

from functools import reduce

import pytest
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, UnknownValueError

from rules.framework.finding import Finding
from rules.framework.values import MalformedError, finite, known, plain


@pytest.mark.parametrize("value", [0, -1, 7.0, 1e308])
def test_a_number_is_a_float(value):
    assert finite(value, "days") == value
    assert isinstance(finite(value, "days"), float)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("7", "'days' must be a number, and is a string"),
        (True, "'days' must be a number, and is a boolean"),
        ([7], "'days' must be a number, and is a list"),
        ({}, "'days' must be a number, and is an object"),
        (None, "'days' must be a number, and is null"),
        (float("nan"), "'days' must be a finite number, and is a number"),
        (float("-inf"), "'days' must be a finite number, and is a number"),
        (10**400, "'days' must be a finite number, and is a number"),
    ],
)
def test_what_is_no_finite_number_is_malformed(value, said):
    with pytest.raises(MalformedError) as caught:
        finite(value, "days")
    assert str(caught.value) == said


def test_an_unknown_value_is_not_taken_for_a_string():
    assert known("unknown", "name") == "unknown"
    with pytest.raises(UnknownValueError):
        known(UNKNOWN_STRING_VALUE, "name")
    with pytest.raises(UnknownValueError):
        plain({"replicas": [{"kmsKeyArn": UNKNOWN_STRING_VALUE}]})


@pytest.mark.parametrize("deeper", [lambda inner, _: [inner], lambda inner, _: {"a": inner}])
def test_what_nests_without_end_is_malformed(deeper):
    assert plain(reduce(deeper, range(40), 7))
    with pytest.raises(MalformedError, match="nested no deeper than 50 levels"):
        plain(reduce(deeper, range(900), 7))


def test_a_message_is_text_that_can_be_sent():
    assert Finding("scan", "\ud800 allows é").message == "\\ud800 allows é"
