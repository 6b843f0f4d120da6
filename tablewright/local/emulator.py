"""The emulator of AWS: a moto server in a process of its own, on 127.0.0.1."""

from __future__ import annotations

import contextlib
import errno
import http.client
import select
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from .errors import EmulatorError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

HOST: Final = "127.0.0.1"
_SCRIPT = Path(__file__).with_name("emulator_process.py")
_START_PATIENCE_IN_SECONDS = 60.0
_STOP_PATIENCE_IN_SECONDS = 5.0
_GRACE_IN_SECONDS = 0.2  # between a broken connection and the end of the process that broke it
_LAST_WORDS = 2000  # characters of what it wrote before it died


class Emulator:
    """Serves an empty AWS account inside a `with` block; port 0 means any free port.

    It has a process of its own, so that deploying and serving use two cores, and so that it ends
    with its parent even when that is killed. EmulatorError when the port is in use, when it does
    not start, and at the end of the block when it had stopped by itself.
    """

    def __init__(self, port: int = 0) -> None:
        self._asked = port
        self._port: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None

    @property
    def port(self) -> int:
        """The port it serves on."""
        if self._port is None:
            raise EmulatorError("the emulator has not started; use it inside a `with` block")
        return self._port

    @property
    def endpoint(self) -> str:
        """The address for clients and for `AWS_ENDPOINT_URL`."""
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int | None:
        """The id of its process while it runs."""
        return self._process.pid if self._process else None

    def __enter__(self) -> Self:
        with _listening(self._asked) as listener:
            self._port = listener.getsockname()[1]
            self._errors = tempfile.TemporaryFile()
            self._process = subprocess.Popen(  # noqa: S603 -- the project's own script
                # -P: the script's folder must not stand on the import path.
                [sys.executable, "-P", str(_SCRIPT), str(listener.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                pass_fds=(listener.fileno(),),
                start_new_session=True,  # Ctrl-C is for the parent, which stops it in order
            )
        try:
            self._wait_until_ready(self._process)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception) and self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_GRACE_IN_SECONDS)
        failure = self._failure()
        self._stop()
        if failure and (error is None or isinstance(error, Exception)):
            raise failure from error

    def check(self) -> None:
        """Raise EmulatorError when it has stopped by itself."""
        if failure := self._failure():
            raise failure

    def wait(self) -> None:
        """Block until Ctrl-C; EmulatorError when it stops by itself."""
        if self._process:
            self._process.wait()
        self.check()

    def reset(self) -> None:
        """Forget every resource, as after a fresh start."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=_STOP_PATIENCE_IN_SECONDS)
        try:
            connection.request("POST", "/moto-api/reset")
            connection.getresponse().read()
        finally:
            connection.close()

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        stdout = process.stdout
        if stdout is None:
            return
        readable, _, _ = select.select([stdout], [], [], _START_PATIENCE_IN_SECONDS)
        if not readable:
            raise EmulatorError(
                f"the emulator is not ready after {_START_PATIENCE_IN_SECONDS:.0f} s; is this"
                " machine very busy? Run again"
            )
        if not stdout.readline():
            process.wait()
            raise EmulatorError(
                "the emulator did not start; is moto installed (`pip install"
                f" 'tablewright[local]'`)? Its last words: {self._last_words()}"
            )

    def _failure(self) -> EmulatorError | None:
        if self._process is None or self._process.poll() is None:
            return None
        return EmulatorError(
            f"the emulator on port {self.port} stopped before the work was done (exit status"
            f" {self._process.returncode}), and all its resources are gone; run again."
            f" Its last words: {self._last_words()}"
        )

    def _last_words(self) -> str:
        if self._errors is None:
            return "none"
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace").strip()[-_LAST_WORDS:] or "none"

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process:
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()  # the end of its standard input tells the process to end
            try:
                process.wait(_STOP_PATIENCE_IN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._errors:
            self._errors.close()
            self._errors = None


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        reason = "is in use" if in_use else f"cannot be used ({error})"
        raise EmulatorError(
            f"port {port} of {HOST} {reason}; stop what serves there, or ask for another port"
            " (0 takes any free one)"
        ) from error
    return listener
