"""Where a model is declared: the file of each TableSpec, Entity and access pattern."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

CATALOG: Final = "tablewright/models/catalog"
"""The folder of a project's models."""

_TABLE: Final = "TableSpec"
_ENTITY: Final = "Entity"
_PATTERN: Final = "pattern"


@dataclass(frozen=True)
class Places:
    """The files of declarations by kind and name; what is declared twice or nowhere has none."""

    files: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path) -> Places:
        """Read the catalog of a project, as text."""
        found: dict[tuple[str, str], set[str]] = {}
        for path in sorted((root / CATALOG).glob("*.py")):
            for declared in _declarations(path):
                found.setdefault(declared, set()).add(f"{CATALOG}/{path.name}")
        return cls({key: next(iter(files)) for key, files in found.items() if len(files) == 1})

    def table(self, name: str) -> str:
        """Return `in <file>, TableSpec <name>`."""
        return self._told(_TABLE, name, f"TableSpec {name!r}")

    def entity(self, name: str) -> str:
        """Return `in <file>, Entity <name>`."""
        return self._told(_ENTITY, name, f"Entity {name!r}")

    def pattern(self, name: str) -> str:
        """Return `in <file>`, that of the pattern itself for its `.next` and `.previous`."""
        stem = name.rpartition(".")[0]
        file = self.files.get((_PATTERN, name)) or self.files.get((_PATTERN, stem))
        return f"in {file}" if file else "in the model"

    def _told(self, kind: str, name: str, what: str) -> str:
        file = self.files.get((kind, name))
        return f"in {file}, {what}" if file else f"in the model, {what}"


def _declarations(path: Path) -> Iterator[tuple[str, str]]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, SyntaxError):
        return  # places only help to find things
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            name = given.get("name") or (node.args[0] if node.args else None)
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                kind = node.func.id
                yield kind if kind in (_TABLE, _ENTITY) else _PATTERN, name.value
