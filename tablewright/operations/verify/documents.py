"""Access policy documents compared by what they grant, not by how they are written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

Document: TypeAlias = "Mapping[str, Any]"

_EXPANDED = frozenset({"Action", "Resource", "Sid"})
_SEVERAL = "; "


def grants_of(document: Document | str) -> frozenset[str]:
    """Return each action on each resource with all that belongs to it, whatever the grouping."""
    parsed = json.loads(unquote(document)) if isinstance(document, str) else document
    return frozenset(
        _written(action, resource, statement)
        for statement in _several(parsed.get("Statement"))
        for action in _several(statement.get("Action")) or [""]
        for resource in _several(statement.get("Resource")) or [""]
    )


def difference(expected: frozenset[str], actual: frozenset[str]) -> tuple[str, str]:
    """Write what is declared and not deployed, and what is deployed and not declared."""
    return _SEVERAL.join(sorted(expected - actual)), _SEVERAL.join(sorted(actual - expected))


def _written(action: str, resource: str, statement: Document) -> str:
    rest = {name: value for name, value in statement.items() if name not in _EXPANDED}
    effect = rest.pop("Effect", "no effect")
    further = {name: _canonical(value) for name, value in rest.items()}
    condition = f" with {json.dumps(further, sort_keys=True)}" if further else ""
    return f"{effect} {action} on {resource}{condition}"


def _canonical(value: Any) -> Any:  # noqa: ANN401 -- any part of a JSON document
    """Order what IAM reads as a set, and write single values and lists of one alike."""
    if isinstance(value, dict):
        return {name: _canonical(inner) for name, inner in value.items()}
    if isinstance(value, list):
        inner = sorted((_canonical(entry) for entry in value), key=str)
        return inner[0] if len(inner) == 1 else inner
    return str(value).lower() if isinstance(value, bool) else value


def _several(value: Any) -> list[Any]:  # noqa: ANN401 -- a value, or a list of them
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
