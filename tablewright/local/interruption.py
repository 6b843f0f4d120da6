"""Runs a child process so that Ctrl-C ends it in order and leaves nothing behind."""

import contextlib
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Final, NoReturn

PATIENCE_SECONDS: Final = 30.0
"""How long the child may take to finish what it was doing, before it is told again, then killed."""


def run_interruptibly(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str], output: IO[str] | None = None
) -> int:
    """Run to the end and return the exit code; Ctrl-C or SIGTERM reaches the child exactly once.

    The child has a process group of its own: the terminal would send it Ctrl-C too, and the engine
    takes a second signal as an order to drop everything at once.
    """
    child = subprocess.Popen(  # noqa: S603 -- the caller's own command
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        process_group=0,
    )
    with _termination_as_interrupt():
        try:
            return child.wait()
        except BaseException:
            _stop(child)
            raise


def _stop(child: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGINT, signal.SIGINT, signal.SIGKILL):
        child.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(PATIENCE_SECONDS)
            return


@contextlib.contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
