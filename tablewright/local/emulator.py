"""The emulator of AWS: a moto server in a process of its own, on 127.0.0.1."""

from __future__ import annotations

import errno
import http.client
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .child import ServingChild
from .errors import EmulatorError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

HOST: Final = "127.0.0.1"
_SCRIPT = Path(__file__).with_name("emulator_process.py")
_START_PATIENCE_IN_SECONDS = 60.0
_RESET_PATIENCE_IN_SECONDS = 5.0
_GRACE_IN_SECONDS = 0.2  # between a broken connection and the end of the process that broke it


class Emulator:
    """Serves an empty AWS account inside a `with` block; port 0 means any free port.

    It has a process of its own, so that deploying and serving use two cores, and so that it ends
    with its parent even when that is killed. EmulatorError when the port is in use, when it does
    not start, and at the end of the block when it had stopped by itself.
    """

    def __init__(self, port: int = 0) -> None:
        self._asked = port
        self._port: int | None = None
        self._child: ServingChild | None = None

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
        return self._child.pid if self._child else None

    def __enter__(self) -> Self:
        with _listening(self._asked) as listener:
            self._port = listener.getsockname()[1]
            # -P: the script's folder must not stand on the import path.
            self._child = ServingChild(
                [sys.executable, "-P", str(_SCRIPT), str(listener.fileno())],
                pass_fds=(listener.fileno(),),
            )
        try:
            self._wait_until_ready(self._child)
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
        if isinstance(error, Exception) and self._child:
            self._child.ended(_GRACE_IN_SECONDS)
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
        if self._child:
            self._child.wait()
        self.check()

    def reset(self) -> None:
        """Forget every resource, as after a fresh start."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=_RESET_PATIENCE_IN_SECONDS)
        try:
            connection.request("POST", "/moto-api/reset")
            connection.getresponse().read()
        finally:
            connection.close()

    def _wait_until_ready(self, child: ServingChild) -> None:
        ready = child.first_line(_START_PATIENCE_IN_SECONDS)
        if ready is None:
            raise EmulatorError(
                f"the emulator is not ready after {_START_PATIENCE_IN_SECONDS:.0f} s; is this"
                " machine very busy? Run again"
            )
        if not ready:
            child.wait()
            raise EmulatorError(
                "the emulator did not start; is moto installed (`pip install"
                f" 'tablewright[local]'`)? Its last words: {child.last_words()}"
            )

    def _failure(self) -> EmulatorError | None:
        status = self._child.ended() if self._child else None
        if self._child is None or status is None:
            return None
        return EmulatorError(
            f"the emulator on port {self.port} stopped before the work was done (exit status"
            f" {status}), and all its resources are gone; run again."
            f" Its last words: {self._child.last_words()}"
        )

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child:
            child.stop()


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
