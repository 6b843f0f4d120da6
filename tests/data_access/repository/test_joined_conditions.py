"""Conditions are joined as DynamoDB takes them, which refuses parentheses around parentheses."""

import pytest

from tablewright.data_access.repository.expressions import Condition

A, B, C = (Condition(text=f"#{name} = :{name}", values={name: name}) for name in "abc")
NOTHING = Condition()


@pytest.mark.parametrize(
    ("joined", "text"),
    [
        (NOTHING & NOTHING, ""),
        (A & NOTHING, "#a = :a"),
        (NOTHING & A & NOTHING, "#a = :a"),
        (A & B & NOTHING, "(#a = :a) AND (#b = :b)"),
        (A & B & C, "((#a = :a) AND (#b = :b)) AND (#c = :c)"),
    ],
)
def test_nothing_is_wrapped_twice(joined, text):
    assert joined.text == text
    assert set(joined.values) == {name for name in "abc" if f":{name}" in text}
