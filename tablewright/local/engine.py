"""Runs the local stack under the real Pulumi engine, against an emulator."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from .engine_workspace import PASSPHRASE, EngineWorkspace
from .errors import LocalError
from .interruption import run_interruptibly
from .plugin import lay_stand_in
from .provider import ENDPOINT_VARIABLE

INSTALLATION_PAGE: Final = "https://www.pulumi.com/docs/install/"

_STAND_IN_SETTINGS: Final = {
    "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",  # one on PATH would win over the stand-in
}
_UNSELECTED: Final = ("--no-select", "--non-interactive")
_QUIET_SETTINGS: Final = {
    "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
    "PULUMI_SKIP_UPDATE_CHECK": "true",
    "PULUMI_SUPPRESS_NEO_LINK": "true",
}
_EMULATOR_CREDENTIALS: Final = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def find_cli() -> Path:
    """Return the Pulumi CLI on PATH; the error says how to get it."""
    found = shutil.which("pulumi")
    if found is None:
        raise LocalError(
            f"the Pulumi CLI (`pulumi`) is not on PATH; install it ({INSTALLATION_PAGE}) "
            "and try again; the local stack needs none: `make up`"
        )
    return Path(found)


class Engine:
    """The Pulumi CLI on one local stack, with state that lasts as long as the emulator does.

    As a context manager it owns the project's engine folder: entering makes an empty stack, leaving
    throws its state away. `Engine.attached` works on the stack of a process that serves it now.
    Methods return the CLI's exit code and pass its output on.
    """

    def __init__(
        self,
        root: Path,
        endpoint: str,
        *,
        stack: str = "local",
        official_plugin: bool = False,
        output: IO[str] | None = None,
    ) -> None:
        self.endpoint = endpoint
        self._cli = find_cli()
        self._workspace = EngineWorkspace(root.resolve(), stack)
        self._official_plugin = official_plugin
        self._output = output

    @classmethod
    def attached(
        cls,
        root: Path,
        *,
        stack: str = "local",
        official_plugin: bool = False,
        output: IO[str] | None = None,
    ) -> Self:
        """Work on the stack that another process serves; an error when nobody does."""
        endpoint = EngineWorkspace(root.resolve(), stack).endpoint_of_owner()
        return cls(root, endpoint, stack=stack, official_plugin=official_plugin, output=output)

    def __enter__(self) -> Self:
        workspace = self._workspace
        workspace.claim(self.endpoint)
        try:
            if not self._official_plugin:
                lay_stand_in(workspace.pulumi_home)
            workspace.write_project()
            workspace.write_stack_file({})
            self._capture("stack", "init", workspace.stack, *_UNSELECTED, cwd=workspace.folder)
        except BaseException:
            workspace.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._workspace.release()

    def configure(self, changes: Mapping[str, Any]) -> None:
        """Run with these configuration values in place of those in the stack file."""
        self._workspace.write_stack_file(changes)

    def up(self, *arguments: str) -> int:
        """Create and update what the program declares."""
        return self._operate("up", "--yes", "--skip-preview", *arguments)

    def preview(self, *arguments: str) -> int:
        """Show what `up` would do."""
        return self._operate("preview", "--diff", *arguments)

    def refresh(self, *arguments: str) -> int:
        """Take over into the state what the emulator really has."""
        return self._operate("refresh", "--yes", "--skip-preview", *arguments)

    def destroy(self, *arguments: str) -> int:
        """Delete everything that the stack made."""
        return self._operate("destroy", "--yes", "--skip-preview", *arguments)

    def steps(self) -> tuple[Mapping[str, Any], ...]:
        """Return every step of a preview (`op`, `urn`, `detailedDiff`, ...), `same` included."""
        return tuple(json.loads(self.previewed())["steps"])

    def previewed(self) -> str:
        """Return a preview as JSON."""
        return self._capture(*self._located("preview"), "--json")

    def exported(self) -> str:
        """Return the state as JSON."""
        return self._capture("stack", "export", "--stack", self._workspace.stack)

    def outputs(self) -> Mapping[str, Any]:
        """Return what the stack exports."""
        place = ("--stack", self._workspace.stack, "--json", "--show-secrets", "--non-interactive")
        exports: dict[str, Any] = json.loads(self._capture("stack", "output", *place))
        return exports

    def environment(self) -> dict[str, str]:
        """Return the CLI's environment: this one, without what could lead to AWS or a cloud."""
        kept = {name: value for name, value in os.environ.items() if not _is_foreign(name)}
        workspace = self._workspace
        kept |= _QUIET_SETTINGS | _EMULATOR_CREDENTIALS
        kept |= {
            ENDPOINT_VARIABLE: self.endpoint,
            "PULUMI_BACKEND_URL": workspace.state.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        }
        if not self._official_plugin:
            kept |= _STAND_IN_SETTINGS | {"PULUMI_HOME": str(workspace.pulumi_home)}
        return kept

    def _located(self, command: str) -> tuple[str, ...]:
        workspace = self._workspace
        place = ("--stack", workspace.stack, "--config-file", str(workspace.stack_file))
        return command, "--non-interactive", *place

    def _operate(self, command: str, *arguments: str) -> int:
        line = [str(self._cli), *self._located(command), *arguments]
        root, output = self._workspace.root, self._output
        return run_interruptibly(line, cwd=root, env=self.environment(), output=output)

    def _capture(self, *arguments: str, cwd: Path | None = None) -> str:
        finished = subprocess.run(  # noqa: S603 -- the CLI that the user installed
            [str(self._cli), *arguments],
            cwd=cwd or self._workspace.root,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode != 0:
            said = _errors_in(finished.stdout) or finished.stderr.strip() or finished.stdout.strip()
            raise LocalError(f"`pulumi {arguments[0]}` failed: {said}")
        return finished.stdout


def _errors_in(report: str) -> str:
    """Return the messages of the errors in a `--json` report; nothing for any other text."""
    try:
        diagnostics = json.loads(report).get("diagnostics", [])
    except (json.JSONDecodeError, AttributeError):
        return ""
    return "; ".join(d["message"].strip() for d in diagnostics if d.get("severity") == "error")


def _is_foreign(name: str) -> bool:
    """Tell whether a variable could lead the run to AWS or to a cloud backend."""
    return name.startswith("AWS_") or name in {
        "PULUMI_ACCESS_TOKEN",
        "PULUMI_CONFIG_PASSPHRASE_FILE",
        "PULUMI_STACK",
    }
