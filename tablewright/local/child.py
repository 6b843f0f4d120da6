"""A child process that serves until its parent is gone, and what it said if it ends before."""

from __future__ import annotations

import contextlib
import select
import subprocess
import tempfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_STOP_PATIENCE_IN_SECONDS: Final = 5.0
_LAST_WORDS: Final = 2000  # characters of what it wrote before it ended


class ServingChild:
    """Runs a script that ends when its standard input does, which is when its parent ends."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        pass_fds: Sequence[int] = (),
    ) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 -- `stop` closes it
        self._process = subprocess.Popen(  # noqa: S603 -- the project's own scripts
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            pass_fds=pass_fds,
            start_new_session=True,  # Ctrl-C is for the parent, which stops it in order
        )

    @property
    def pid(self) -> int:
        """Its id."""
        return self._process.pid

    def first_line(self, patience: float) -> bytes | None:
        """Return its first line of output, empty when it ended; None when it said nothing."""
        stdout = self._process.stdout
        if stdout is None or not select.select([stdout], [], [], patience)[0]:
            return None
        return stdout.readline()

    def ended(self, patience: float = 0.0) -> int | None:
        """Return its exit status, None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        return self._process.poll()

    def wait(self) -> None:
        """Block until it ends."""
        self._process.wait()

    def last_words(self) -> str:
        """Return the end of what it wrote on standard error."""
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace").strip()[-_LAST_WORDS:] or "none"

    def stop(self) -> None:
        """End it."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        try:
            self._process.wait(_STOP_PATIENCE_IN_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()
