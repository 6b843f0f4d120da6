"""Rules read values of every kind that the wire can carry."""

import pytest
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, UnknownValueError

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
        ([7], "'days' must be a number, and is list"),
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
