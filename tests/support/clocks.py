"""A clock that goes on when it is told to sleep, and remembers for how long."""

from datetime import UTC, datetime, timedelta


class SteppingClock:
    """Time of a test: no sleep is real."""

    def __init__(self, start=datetime(2026, 1, 1, tzinfo=UTC)):
        self.start = start
        self.elapsed = 0.0
        self.slept = []

    def now(self):
        return self.start + timedelta(seconds=self.elapsed)

    def monotonic(self):
        return self.elapsed

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.elapsed += seconds
