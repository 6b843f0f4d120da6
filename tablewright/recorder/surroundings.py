"""What a program finds around it: its folder, its import path, its arguments."""

import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path


@contextmanager
def surroundings(folder: Path, program: Path) -> Iterator[None]:
    """Put the program's folder first on `sys.path` and as working directory, as under the engine.

    Everything is put back. Modules that only this made importable are forgotten, so that the next
    program finds its own `components` and not this one's.
    """
    arguments, path, known = sys.argv, sys.path, set(sys.modules)
    importable = any(Path(entry).resolve() == folder for entry in path)
    sys.argv, sys.path = [str(program)], [str(folder), *path]
    try:
        with chdir(folder):
            yield
    finally:
        sys.argv, sys.path = arguments, path
        if not importable:
            _forget(lambda name: name not in known and _lies_in(folder, name))


def _forget(foreign: Callable[[str], bool]) -> None:
    packages = {name for name in sys.modules if "." not in name and foreign(name)}
    for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
        del sys.modules[name]


def _lies_in(folder: Path, name: str) -> bool:
    module = sys.modules[name]
    found = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    places = {Path(place).resolve() for place in found if place}
    return bool(places & {folder / name, folder / name / "__init__.py", folder / f"{name}.py"})
