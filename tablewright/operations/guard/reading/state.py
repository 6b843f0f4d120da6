"""The state of a stack as `pulumi stack export` writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tablewright.operations.guard.reading.preview import NotUnderstoodError, Side, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, kw_only=True)
class Pending:
    """What an interrupted update was about to do with a resource."""

    urn: str
    doing: str


@dataclass(frozen=True)
class State:
    """What is deployed, by URN; `interrupted` are operations that nobody saw the end of."""

    resources: Mapping[str, Side] = field(default_factory=dict)
    interrupted: tuple[Pending, ...] = ()

    @property
    def pending(self) -> tuple[str, ...]:
        """The URNs of interrupted operations, in order."""
        return tuple(each.urn for each in self.interrupted)


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
        side = Side.of(each, where)
        if not each.get("delete"):  # a replaced one that is still to be deleted has a successor
            resources[each["urn"]] = side
    return State(resources, tuple(_pending(deployment, source)))


def _pending(deployment: dict[str, Any], source: str) -> Iterator[Pending]:
    operations = deployment.get("pending_operations") or []
    if not isinstance(operations, list):
        raise NotUnderstoodError(f"{source}: pending_operations are no list")
    for each in operations:
        resource = each.get("resource") if isinstance(each, dict) else None
        urn = resource.get("urn") if isinstance(resource, dict) else None
        if not isinstance(urn, str):
            raise NotUnderstoodError(f"{source}: a pending operation names no resource")
        yield Pending(urn=urn, doing=str(each.get("type") or "something"))
