"""An error can name whatever it was given, and stays short."""

import sys

import pytest

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.file_sharing.changes import check_bytes
from tablewright.data_access.repository.pages import check_limit
from tablewright.data_access.transport.timing import timestamp
from tablewright.data_access.usage_quotas.periods import period_of
from tablewright.data_access.values.shown import shown
from tablewright.models import ModelError
from tablewright.models.keys import KeyTemplate


class Unspeakable:
    def __repr__(self):
        raise RuntimeError("no words")


DEEP = []
for _ in range(sys.getrecursionlimit()):
    DEEP = [DEEP]
HUGE = 10 ** (sys.get_int_max_str_digits() + 1)
HOSTILE = {
    "deep": DEEP,
    "huge": HUGE,
    "unspeakable": Unspeakable(),
    "long text": "x" * 400_000,
    "long bytes": b"x" * 400_000,
    "half a character": "\ud800",
}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("a'b", '"a\'b"'),
        (7, "7"),
        ("x" * 99, f"'{'x' * 99}…"),
        (HUGE, "of type int"),
        (Unspeakable(), "of type Unspeakable"),
    ],
    ids=["text", "number", "long", "many digits", "no words"],
)
def test_a_value_is_shown_shortly(value, told):
    assert shown(value) == told


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("refuse", [check_limit, timestamp, lambda value: period_of(value, None)])
def test_a_hostile_value_gives_a_short_error(refuse, value):
    with pytest.raises(InvalidInput) as refused:
        refuse(value)
    assert len(str(refused.value).encode()) < 300


def test_a_number_of_many_digits_is_refused_wherever_it_is_given():
    with pytest.raises(InvalidInput, match="size=of type int"):
        check_bytes("size", -HUGE)
    with pytest.raises(ModelError, match="'userId' is int"):
        KeyTemplate("USER#<userId>").render({"userId": HUGE})
