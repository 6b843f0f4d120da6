"""Access policy documents compared by what they grant, not by how they are written."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

Document: TypeAlias = "Mapping[str, Any]"

_EXPANDED = frozenset({"Action", "Resource", "Sid"})
_SEVERAL = "; "


class Grant(NamedTuple):
    """One action on one resource, and all else that a statement says of it."""

    effect: str
    resource: str
    condition: str
    action: str

    def __str__(self) -> str:
        return f"{self.effect} {self.action} on {self.resource}{self.condition}"


def grants_of(document: Document | str) -> frozenset[Grant]:
    """Return each action on each resource with all that belongs to it, whatever the grouping."""
    parsed = json.loads(unquote(document)) if isinstance(document, str) else document
    return frozenset(
        _grant(action, resource, statement)
        for statement in _several(parsed.get("Statement"))
        for action in _several(statement.get("Action")) or [""]
        for resource in _several(statement.get("Resource")) or [""]
    )


def difference(expected: frozenset[Grant], actual: frozenset[Grant]) -> tuple[str, str]:
    """Write what is declared and not deployed, and what is deployed and not declared."""
    lacks, exceeds = (sorted(map(str, one)) for one in (expected - actual, actual - expected))
    return _SEVERAL.join(lacks), _SEVERAL.join(exceeds)


def difference_lines(expected: frozenset[Grant], actual: frozenset[Grant]) -> tuple[str, ...]:
    """Write what is granted beyond the declaration, then what is missing: a resource a line."""
    return (
        *(f"+ {line}" for line in _by_resource(actual - expected)),
        *(f"- {line}" for line in _by_resource(expected - actual)),
    )


def _by_resource(grants: frozenset[Grant]) -> list[str]:
    groups = groupby(sorted(grants), key=lambda grant: grant._replace(action=""))
    return [
        str(whole._replace(action=", ".join(grant.action for grant in group)))
        for whole, group in groups
    ]


def _grant(action: str, resource: str, statement: Document) -> Grant:
    rest = {name: value for name, value in statement.items() if name not in _EXPANDED}
    effect = rest.pop("Effect", "no effect")
    further = {name: _canonical(value) for name, value in rest.items()}
    condition = f" with {json.dumps(further, sort_keys=True)}" if further else ""
    return Grant(effect, resource, condition, action)


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
