"""Operations wait with random pauses that grow, and never past their deadline."""

import math
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tablewright.data_access.errors import InvalidInput, Misconfigured
from tablewright.data_access.transport.timing import Patience, epoch_seconds, timestamp
from tests.support.clocks import SteppingClock

EAST = timezone(timedelta(hours=2))


def patience(clock, chance=1.0, **limits):
    return Patience(clock=clock, chance=lambda: chance, **limits)


def test_pauses_double_up_to_the_longest():
    clock = SteppingClock()
    deadline = patience(clock, first_pause_seconds=0.1, longest_pause_seconds=0.5).start()
    for _ in range(5):
        assert deadline.pause()
    assert clock.slept == [0.1, 0.2, 0.4, 0.5, 0.5]
    assert deadline.attempts == 6


def test_a_pause_is_a_random_part_of_its_limit():
    clock = SteppingClock()
    patience(clock, chance=0.25, first_pause_seconds=0.4).start().pause()
    assert clock.slept == [0.1]


def test_no_pause_reaches_past_the_deadline():
    clock = SteppingClock()
    deadline = patience(
        clock, deadline_seconds=1.0, first_pause_seconds=0.4, longest_pause_seconds=0.4
    ).start()
    assert [deadline.pause() for _ in range(4)] == [True, True, False, False]
    assert sum(clock.slept) < 1.0
    assert deadline.remaining_seconds == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 1, 31, 12, tzinfo=UTC), "2026-01-31T12:00:00.000Z"),
        (datetime(2026, 1, 31, 12, 0, 0, 999_999, tzinfo=UTC), "2026-01-31T12:00:00.999Z"),
        (
            datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=2))),
            "2026-01-31T10:00:00.000Z",
        ),
    ],
)
def test_a_timestamp_is_utc_with_three_digits(moment, text):
    assert timestamp(moment) == text


def test_text_order_is_time_order():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(milliseconds=step) for step in (0, 1, 500, 999, 1000, 60_000)]
    assert sorted(map(timestamp, moments)) == [timestamp(moment) for moment in moments]


@pytest.mark.parametrize("written", [timestamp, epoch_seconds])
def test_a_moment_without_time_zone_is_refused(written):
    with pytest.raises(InvalidInput, match="has no time zone"):
        written(datetime(2026, 1, 1))  # noqa: DTZ001 -- what is refused


@pytest.mark.parametrize("written", [timestamp, epoch_seconds])
@pytest.mark.parametrize("moment", ["2026-01-01T00:00:00Z", 1767225600, date(2026, 1, 1), None])
def test_what_is_no_moment_is_refused(written, moment):
    with pytest.raises(InvalidInput, match="is no moment"):
        written(moment)


def test_a_moment_that_utc_does_not_have_is_refused():
    with pytest.raises(InvalidInput, match="outside of the years 1 to 9999"):
        timestamp(datetime.min.replace(tzinfo=timezone(timedelta(hours=1))))


def test_ttl_is_whole_seconds():
    assert epoch_seconds(datetime(2026, 1, 1, 0, 0, 0, 900_000, tzinfo=UTC)) == 1767225600


def test_no_attempt_begins_that_would_hardly_end_in_time():
    clock = SteppingClock()
    deadline = patience(clock, deadline_seconds=1, first_pause_seconds=0.5).start()
    clock.sleep(0.39)
    assert deadline.pause()
    late = patience(clock, deadline_seconds=1, first_pause_seconds=0.5).start()
    clock.sleep(0.41)
    assert not late.pause()


def test_another_request_of_a_call_has_the_same_end_and_short_pauses_again():
    clock = SteppingClock()
    whole = patience(clock, deadline_seconds=5, first_pause_seconds=0.1).start()
    for _ in range(2):
        part = whole.afresh()
        assert part.pause()
        assert part.pause()
    assert clock.slept == [0.1, 0.2, 0.1, 0.2]
    assert whole.afresh().remaining_seconds == pytest.approx(5 - 0.6)


@pytest.mark.parametrize("seconds", [math.nan, -1, "5", None])
@pytest.mark.parametrize("name", ["deadline_seconds", "first_pause_seconds"])
def test_patience_that_would_never_end_is_refused(name, seconds):
    with pytest.raises(Misconfigured, match=f"{name}=.*give 0 or more seconds"):
        Patience(**{name: seconds})
