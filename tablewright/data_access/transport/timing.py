"""Time, chance and patience: injected everywhere, so that no test waits and none is random."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol

from tablewright.data_access.errors import InvalidInput, Misconfigured
from tablewright.data_access.values.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable

_MILLISECONDS: Final = 3  # digits after the second, everywhere, or text order is not time order


class Clock(Protocol):
    """What time it is, and how to let some pass."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that never go back."""

    def sleep(self, seconds: float) -> None:
        """Let time pass."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)


def timestamp(moment: datetime) -> str:
    """Return `2026-01-31T12:00:00.000Z`: of one length, so that text order is time order."""
    _check(moment)
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        raise InvalidInput(f"{shown(moment)} is outside of the years 1 to 9999 in UTC") from None
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def epoch_seconds(moment: datetime) -> int:
    """Return a moment as TTL needs it: whole seconds since 1970."""
    _check(moment)
    return int(moment.timestamp())


def _check(moment: datetime) -> None:
    if not isinstance(moment, datetime):
        raise InvalidInput(f"{shown(moment)} is no moment; give a datetime with its time zone")
    if moment.tzinfo is None:
        raise InvalidInput(f"{shown(moment)} has no time zone; give it one, such as datetime.UTC")


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long an operation may take with all its attempts, and the pauses between them.

    Pauses are random up to a limit that doubles ("full jitter": AWS Architecture Blog,
    "Exponential Backoff And Jitter"). No other attempt begins in the last
    `least_attempt_seconds`, in which it would hardly end.
    """

    deadline_seconds: float = 10.0
    first_pause_seconds: float = 0.05
    longest_pause_seconds: float = 2.0
    least_attempt_seconds: float = 0.1
    clock: Clock = field(default_factory=SystemClock)
    chance: Callable[[], float] = random.random

    def __post_init__(self) -> None:
        for name in (each for each in vars(self) if each.endswith("_seconds")):
            seconds = getattr(self, name)
            # Not "less than 0", which is not true of NaN: with that no operation would end.
            if not isinstance(seconds, int | float) or not seconds >= 0:
                raise Misconfigured(f"patience: {name}={shown(seconds)}; give 0 or more seconds")

    def start(self) -> Deadline:
        """Begin an operation."""
        return Deadline(self, self.clock.monotonic() + self.deadline_seconds)


class Deadline:
    """One operation under way: whether there is time for another attempt, and the pause before."""

    def __init__(self, patience: Patience, ends: float) -> None:
        self._patience = patience
        self._ends = ends
        self.attempts = 1

    @property
    def remaining_seconds(self) -> float:
        """How long the operation may still take."""
        return self._ends - self._patience.clock.monotonic()

    def afresh(self) -> Deadline:
        """Return the same end for another request, whose pauses begin short again."""
        return Deadline(self._patience, self._ends)

    def pause(self) -> bool:
        """Wait before another attempt; False where the deadline leaves no time for one."""
        limit = self._patience.first_pause_seconds * 2 ** (self.attempts - 1)
        pause = self._patience.chance() * min(limit, self._patience.longest_pause_seconds)
        if pause + self._patience.least_attempt_seconds >= self.remaining_seconds:
            return False
        self._patience.clock.sleep(pause)
        self.attempts += 1
        return True
