"""Runs `pulumi up` to its own end: Ctrl-C asks it to stop, and never leaves it behind."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PATIENT: Final = 2
_KILLED: Final = 128 + signal.SIGKILL
"""What a shell that starts the CLI makes of SIGKILL."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How the CLI ended, and how often it was asked to stop before."""

    code: int
    interrupts: int = 0

    @property
    def ok(self) -> bool:
        """Tell whether the update was made whole."""
        return self.code == 0

    @property
    def killed(self) -> bool:
        """Tell whether a signal ended the CLI before it could put its things in order."""
        return self.code < 0 or self.code == _KILLED


class _Relay:
    """Passes each request to stop on to the child, in words that it understands."""

    def __init__(self) -> None:
        self.child: subprocess.Popen[bytes] | None = None
        self.count = 0
        self._passed = 0

    def __call__(self, *_: object) -> None:
        self.count += 1
        self.pass_on()

    def pass_on(self) -> None:
        """Ask once to finish what is under way, then to drop it; whoever asks on, ends it."""
        while self.child is not None and self._passed < self.count:
            self._passed += 1
            patient = self._passed <= _PATIENT
            self.child.send_signal(signal.SIGINT if patient else signal.SIGKILL)


def run_to_its_end(command: Sequence[str], cwd: Path) -> Ended:
    """Run with the output passed through; a request to stop reaches the child once.

    The child has a process group of its own: the terminal would send it Ctrl-C too, and the engine
    takes a second one as an order to drop everything at once. There is no time limit, for a table
    may take longer than any.
    """
    relay = _Relay()
    with _relaying(relay):
        relay.child = subprocess.Popen(  # noqa: S603 -- the user's CLI
            command, cwd=cwd, stdin=subprocess.DEVNULL, process_group=0
        )
        relay.pass_on()
        code = relay.child.wait()
    return Ended(code=code, interrupts=relay.count)


@contextlib.contextmanager
def _relaying(relay: _Relay) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # What is ignored stays so: nohup, and the background of a shell, ask for that.
    heeded = [each for each in _STOPPING if signal.getsignal(each) is not signal.SIG_IGN]
    before = {number: signal.signal(number, relay) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
