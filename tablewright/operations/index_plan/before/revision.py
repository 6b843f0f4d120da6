"""The models as they were at a git revision, loaded in a process of its own.

The checkout is never touched: `git archive` gives the files, which go into a temporary folder.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tablewright.environment import ConfigurationError, Settings
from tablewright.models import ModelError
from tablewright.operations.errors import OperationError
from tablewright.operations.index_plan.before.transfer import loaded
from tablewright.recorder import RecorderError, load_configuration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tablewright.models import DataModel

_SCRIPT: Final = Path(__file__).with_name("catalog_process.py")
_PATIENCE_IN_SECONDS: Final = 60
_LAST_WORDS: Final = 1000


def settings_at(root: Path, stack: str, revision: str) -> Settings:
    """Return a stack's settings, its models included, as they were at a revision."""
    with _extracted(root, revision) as folder:
        catalog = _catalog(folder, revision)
        if not (folder / "Pulumi.yaml").is_file():
            raise OperationError(f"revision {revision!r} has no Pulumi.yaml in {root.name!r}")
        try:
            configuration = load_configuration(folder, stack, strict=False)[1]
            return Settings.of(configuration, catalog)
        except (ConfigurationError, RecorderError) as error:
            told = str(error).replace(f"{folder}{os.sep}", "")
            raise OperationError(
                f"revision {revision!r}, stack {stack!r}: {told}; compare with a revision that had "
                "the stack, or with its state (--state)"
            ) from None


@contextmanager
def _extracted(root: Path, revision: str) -> Iterator[Path]:
    """Give a folder with the project's files at a revision."""
    archive = _git(root, "archive", "--format=tar", _commit(root, revision), revision=revision)
    with tempfile.TemporaryDirectory(prefix="tablewright-revision-") as folder:
        try:
            with tarfile.open(fileobj=io.BytesIO(archive)) as files:
                wanted = [each for each in files if _is_wanted(each.name)]
                files.extractall(folder, wanted, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise OperationError(f"revision {revision!r} cannot be unpacked: {error}") from None
        yield Path(folder)


def _is_wanted(name: str) -> bool:
    return name.startswith("tablewright/") or ("/" not in name and name.startswith("Pulumi."))


def _commit(root: Path, revision: str) -> str:
    if not revision or revision.startswith("-"):
        raise OperationError(
            f"{revision!r} is no git revision; name a commit, tag or branch, as HEAD~1 or main"
        )
    _git(root, "rev-parse", "--git-dir", revision=revision)
    found = _git(
        root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", revision=revision
    )
    return found.decode().strip()


def _git(root: Path, *command: str, revision: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise OperationError(
            "git is not on PATH, and --revision needs it; install git, or give the stack's state "
            "(--state)"
        )
    run = subprocess.run(  # noqa: S603 -- the user's git, and no option among the revisions
        [git, *command], cwd=root, check=False, capture_output=True
    )
    if run.returncode:
        said = run.stderr.decode(errors="replace").strip()
        raise OperationError(_refused(root, command[0], revision, said))
    return run.stdout


def _refused(root: Path, command: str, revision: str, said: str) -> str:
    if "not a git repository" in said:
        return f"{root} is no git repository, so there is no revision {revision!r}; give --state"
    if command == "rev-parse":
        return (
            f"git knows no revision {revision!r}; fetch it (a shallow clone has few), or name "
            "another: `git log --oneline`"
        )
    return f"`git {command}` of revision {revision!r} failed: {said or 'it said nothing'}"


def _catalog(folder: Path, revision: str) -> Mapping[str, DataModel]:
    written = _written(folder, revision)
    try:
        return {each["name"]: loaded(each) for each in written}
    except (ModelError, KeyError, TypeError, ValueError) as error:
        raise OperationError(
            f"revision {revision!r}: the rules of this checkout refuse its models: {error}; "
            "compare with a later revision, or with the stack's state (--state)"
        ) from None


def _written(folder: Path, revision: str) -> list[dict[str, Any]]:
    if not (folder / "tablewright" / "models" / "catalog").exists():
        raise OperationError(
            f"revision {revision!r} has no tablewright/models/catalog in the project's folder; "
            "compare with a revision that has, or with the stack's state (--state)"
        )
    try:
        run = subprocess.run(  # noqa: S603 -- the project's own script
            # -P: nothing but the revision's folder shall come before the standard library.
            [sys.executable, "-P", str(_SCRIPT), str(folder)],
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_IN_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise OperationError(
            f"revision {revision!r}: its models did not load in {_PATIENCE_IN_SECONDS} seconds"
        ) from None
    try:
        read: list[dict[str, Any]] = json.loads("" if run.returncode else run.stdout)
    except ValueError:  # an import that ends the process writes nothing, whatever its exit code
        said = run.stderr.strip()[-_LAST_WORDS:].replace(str(folder), "<revision>")
        raise OperationError(
            f"revision {revision!r}: its models cannot be imported; compare with another, or with "
            f"the stack's state (--state). Python said:\n{said or 'nothing'}"
        ) from None
    return read
