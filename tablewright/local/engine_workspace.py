"""Where the engine keeps what belongs to a local stack: state, a copy of its stack file, plugins.

Nothing here is worth keeping: it describes resources in an emulator, which forgets them when it
stops. So one run owns the folder at a time, and what a dead run left behind is thrown away.
"""

import fcntl
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final

import yaml

from .errors import LocalError

FOLDER: Final = ".tablewright"
PASSPHRASE: Final = "local"  # noqa: S105 -- no secret: the state is about an emulator
_ENCRYPTION_KEYS: Final = ("encryptionsalt", "encryptedkey", "secretsprovider")


class EngineWorkspace:
    """The engine's folder for one local stack, owned by one process from `claim` to `release`."""

    def __init__(self, root: Path, stack: str) -> None:
        self.root = root
        self.stack = stack
        self.pulumi_home = root / FOLDER / "pulumi-home"
        self.folder = root / FOLDER / "engine"
        self.state = self.folder / "state"
        self.stack_file = self.folder / f"Pulumi.{stack}.yaml"
        self._owner_file = self.folder / "owner"
        self._lock: IO[str] | None = None

    def claim(self, endpoint: str) -> None:
        """Take the folder for this process and throw away what a dead one left."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = self._owner_file.open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise LocalError(
                f"the {self.stack} stack of this project is already served at "
                f"{self.endpoint_of_owner()} by another process; use it, or stop that process "
                "with Ctrl-C"
            ) from None
        self._lock = lock
        lock.truncate(0)
        lock.write(endpoint)
        lock.flush()
        self._wipe()
        self.state.mkdir()

    def release(self) -> None:
        """Throw the state away and let the folder go."""
        if self._lock is not None:
            self._wipe()
            self._lock.close()
            self._lock = None

    def endpoint_of_owner(self) -> str:
        """Return the endpoint that a living process serves; an error when there is none."""
        try:
            with self._owner_file.open(encoding="utf-8") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return self._owner_file.read_text(encoding="utf-8")
        except FileNotFoundError:
            pass
        raise LocalError(
            f"nothing serves the {self.stack} stack of this project; "
            "start it with `make up ENGINE=pulumi KEEP=1`"
        )

    def write_project(self) -> None:
        """Write a project file of the same name, so that `stack init` runs beside the copy."""
        project = {"name": self._read(self.root / "Pulumi.yaml")["name"], "runtime": "python"}
        self._write(self.folder / "Pulumi.yaml", project)

    def write_stack_file(self, changes: Mapping[str, Any]) -> None:
        """Copy the project's stack file, with changed configuration values.

        The engine writes its encryption salt into the stack file it is given; the copy keeps it
        out of the checkout.
        """
        copy = self._read(self.root / f"Pulumi.{self.stack}.yaml")
        kept = self._read(self.stack_file)
        content = {key: value for key, value in copy.items() if key not in _ENCRYPTION_KEYS}
        content["config"] = {**(content.get("config") or {}), **changes}
        content |= {key: kept[key] for key in _ENCRYPTION_KEYS if key in kept}
        self._write(self.stack_file, content)

    def _wipe(self) -> None:
        shutil.rmtree(self.state, ignore_errors=True)
        self.stack_file.unlink(missing_ok=True)

    @staticmethod
    def _read(path: Path) -> dict[str, Any]:
        if not path.exists():
            return {}
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}

    @staticmethod
    def _write(path: Path, content: Mapping[str, Any]) -> None:
        # Whoever is interrupted between the two steps leaves the old file whole.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(yaml.safe_dump(dict(content), sort_keys=False), encoding="utf-8")
        draft.replace(path)
