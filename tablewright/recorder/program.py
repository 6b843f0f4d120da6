"""Runs a program without an engine and keeps what it registers."""

import runpy
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from .backend import Backend
from .errors import RecorderError
from .messages import MessageLog
from .monitor import Monitor
from .offline import OfflineBackend
from .recording import Recording
from .runtime import Runtime
from .surroundings import surroundings

Program = Path | Callable[[], Any]


def record(
    program: Program,
    *,
    project: str,
    stack: str,
    configuration: Mapping[str, str],
    backend: Backend | None = None,
    preview: bool = False,
) -> Recording:
    """Run a program and return what it registers; the first error of the run is raised.

    `program` is a project's folder, a Python file, or a callable. A program runs in its folder,
    which comes first on `sys.path`; a callable runs where the caller is. `configuration` maps
    `namespace:key` to what the engine hands over: a string, JSON for arrays and objects. A preview
    creates nothing: what only the backend could tell stays `UNKNOWN`.

    Runs are independent of each other and of the caller's use of Pulumi.
    """
    backend = backend or OfflineBackend()
    root, main = _located(program)
    monitor = Monitor(project=project, stack=stack, root=root, backend=backend, preview=preview)
    log = MessageLog()
    runtime = Runtime(
        project=project,
        stack=stack,
        root=root,
        configuration=configuration,
        monitor=monitor,
        log=log,
        preview=preview,
        threads=getattr(backend, "blocking", True),
    )
    with nullcontext() if callable(program) else surroundings(root, program):
        runtime.run(main)
    return Recording(
        project=project,
        stack=stack,
        registrations=monitor.registrations,
        exports=monitor.exports,
        secret_exports=monitor.secret_exports,
        messages=log.messages,
    )


def _located(program: Program) -> tuple[Path, Callable[[], Any]]:
    """Find the folder that source positions are relative to, and what runs the program."""
    if callable(program):
        return Path.cwd(), program
    file = program / "__main__.py" if program.is_dir() else program
    if not file.is_file():
        raise RecorderError(f"there is no program '{file}': name a project's folder or its file")
    file = file.resolve()
    return file.parent, partial(runpy.run_path, str(file), run_name="__main__")
