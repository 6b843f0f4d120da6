"""Records are frozen, exact, known in all they take from callers, and lenient in what they read."""

import traceback
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from pydantic import ValidationError

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.repository.records import (
    Amount,
    Count,
    Expiry,
    Flag,
    Id,
    Integer,
    Record,
    Text,
    Timestamp,
)

START = datetime(2026, 1, 1, tzinfo=UTC)


class Thing(Record):
    thing_id: Id = "t"
    some_text: Text = ""
    how_many: Count = 0
    balance: Integer = 0
    is_on: Flag = False
    price: Amount = Decimal(0)
    made_at: Timestamp = START
    ends_at: Expiry | None = None


@pytest.mark.parametrize(
    ("given", "attributes"),
    [
        ({"thing_id": "é#%"}, {"thingId": "é#%"}),
        ({"some_text": ""}, {"someText": ""}),
        ({"how_many": 0}, {"howMany": 0}),
        ({"balance": -(10**37)}, {"balance": -(10**37)}),
        ({"is_on": True}, {"isOn": True}),
        ({"price": 3}, {"price": Decimal(3)}),
        ({"price": Decimal("1.50")}, {"price": Decimal("1.5")}),
        ({"made_at": START + timedelta(microseconds=1999)}, {"madeAt": "2026-01-01T00:00:00.001Z"}),
        (
            {"made_at": START.astimezone(timezone(timedelta(hours=-5)))},
            {"madeAt": "2026-01-01T00:00:00.000Z"},
        ),
        ({"ends_at": START + timedelta(milliseconds=1900)}, {"endsAt": 1767225601}),
        ({"ends_at": datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC)}, {"endsAt": 4102444799}),
    ],
    ids=str,
)
def test_attributes_are_what_is_given_in_camel_case_and_are_read_back(given, attributes):
    thing = Thing.of(**given)
    stored = thing.attributes()
    assert stored.items() >= attributes.items()
    assert Thing.stored(stored) == thing


def test_what_is_none_is_no_attribute():
    assert "endsAt" not in Thing.of(ends_at=None).attributes()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("thing_id", ["", 7, None, b"x", True]),
        ("some_text", [7, None, b"x", ["x"]]),
        ("how_many", [-1, 1.0, "1", True, None, Decimal(1)]),
        ("balance", [1.5, float("nan"), "1", True, None]),
        ("is_on", [1, 0, "true", None]),
        ("price", [1.5, float("nan"), "1.5", True, None]),
        ("made_at", ["2026-01-01T00:00:00Z", 1767225600, 1.5, None, date(2026, 1, 1)]),
        ("made_at", [datetime(2026, 1, 1)]),  # noqa: DTZ001 -- what is refused
        ("made_at", [datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))]),
        ("ends_at", ["2026-01-01T00:00:00Z", 1767225600, 1767225600.5, 1767225600000, True]),
        ("ends_at", [datetime(2100, 1, 1, tzinfo=UTC), datetime(2026, 1, 1)]),  # noqa: DTZ001 -- as above
        ("colour", ["red", None]),
        ("thingId", ["t"]),
    ],
)
def test_what_a_caller_gives_wrongly_is_refused_by_its_name(name, values):
    for value in values:
        with pytest.raises(InvalidInput, match=f"^Thing: {name}: "):
            Thing.of(**{name: value})


def test_every_mistake_is_told_and_no_value():
    with pytest.raises(InvalidInput) as refused:
        Thing.of(thing_id=b"secret", is_on="secret", made_at="secret")
    assert "secret" not in str(refused.value)
    assert all(f"{name}: " in str(refused.value) for name in ("thing_id", "is_on", "made_at"))


def test_a_record_does_not_change():
    thing = Thing.of()
    with pytest.raises(ValidationError, match="frozen"):
        thing.thing_id = "other"


def test_what_is_read_may_hold_more_and_is_known_by_attribute_alone():
    stored = Thing.of(thing_id="a").attributes()
    assert Thing.stored({**stored, "colour": "red", "thing_id": "b"}).thing_id == "a"


@pytest.mark.parametrize(
    ("attribute", "value"),
    [("thingId", ""), ("howMany", Decimal("0.5")), ("isOn", "yes"), ("madeAt", 5), ("madeAt", "x")],
)
def test_what_is_stored_wrongly_is_not_read(attribute, value):
    with pytest.raises(ValidationError, match=attribute):
        Thing.stored({**Thing.of().attributes(), attribute: value})


def test_timestamps_are_of_one_length_so_that_text_order_is_time_order():
    moments = [START + timedelta(milliseconds=step) for step in (0, 1, 500, 999, 1000)]
    stored = [Thing.of(made_at=moment).attributes()["madeAt"] for moment in moments]
    assert sorted(stored) == stored
    assert {len(each) for each in stored} == {24}


@pytest.mark.parametrize("make", [Thing.of, lambda **given: Thing.stored(given)])
def test_no_error_shows_what_was_given_not_even_its_cause(make):
    with pytest.raises((InvalidInput, ValidationError)) as refused:
        make(some_text="a secret", how_many="another secret", someText=["a secret"])
    told = "".join(traceback.format_exception(refused.value))
    assert "secret'" not in told
