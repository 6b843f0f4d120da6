"""The state of a stack as `pulumi stack export` writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tablewright.operations.guard.preview import NotUnderstoodError, Side, parse

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class State:
    """What is deployed, by URN; `pending` are operations that an interrupted update left."""

    resources: Mapping[str, Side] = field(default_factory=dict)
    pending: tuple[str, ...] = ()


def read(text: str, source: str) -> State:
    """Read an exported state; a stack that was never deployed has no resources."""
    document = parse(text, source)
    deployment = document.get("deployment") if isinstance(document, dict) else None
    if not isinstance(deployment, dict):
        raise NotUnderstoodError(
            f"{source} is no state of a stack; give what `pulumi stack export` prints"
        )
    listed = deployment.get("resources") or []
    if not isinstance(listed, list):
        raise NotUnderstoodError(f"{source}: resources are no list")
    resources = {}
    for number, each in enumerate(listed):
        where = f"{source}, resource {number}"
        if not isinstance(each, dict) or not isinstance(each.get("urn"), str):
            raise NotUnderstoodError(f"{where} has no URN")
        if not each.get("delete"):  # a replaced one that is still to be deleted has a successor
            resources[each["urn"]] = Side.of(each, where)
    return State(resources, tuple(_pending(deployment)))


def _pending(deployment: dict[str, Any]) -> list[str]:
    operations = deployment.get("pending_operations") or []
    return [
        str(each.get("resource", {}).get("urn", "")) if isinstance(each, dict) else str(each)
        for each in operations
    ]
