"""The scaling targets of a stack and the scaling policies that move them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.tokens import SCALING_POLICY, SCALING_TARGET
from rules.framework.values import MalformedError

if TYPE_CHECKING:
    from rules.framework.subjects import Resource, Stack
    from rules.tables.stack_table import StackTable
    from rules.tables.stack_tables import StackTables

DIRECTIONS: Final = ("Read", "Write")


@dataclass(frozen=True)
class Scaled:
    """What a scaling target moves: one direction of a table, or of an index of it."""

    table: str
    """The table's URN."""
    index: str
    direction: str

    @property
    def dimension(self) -> str:
        """The name that Application Auto Scaling has for it."""
        kind = "index" if self.index else "table"
        return f"dynamodb:{kind}:{self.direction}CapacityUnits"


class Scaling:
    """The scaling targets and policies of a stack, by what they move."""

    def __init__(self, stack: Stack, tables: StackTables) -> None:
        self._tables = tables
        self._unread: list[tuple[str, UnknownValueError | MalformedError]] = []
        self.targets: Final[dict[Scaled, Resource]] = {}
        self.policies: Final[set[Scaled]] = set()
        by_urn: dict[str, Scaled] = {}
        for target in stack.of_type(SCALING_TARGET):
            moved = self._moved(target)
            if moved:
                self.targets[moved] = target
                by_urn[target.urn] = moved
        for policy in stack.of_type(SCALING_POLICY):
            urns = policy.depends.get("resourceId", ())
            of_target = [by_urn[urn] for urn in urns if urn in by_urn]
            moved = of_target[0] if len(of_target) == 1 else self._moved(policy)
            if moved and self._tracks(policy, moved):
                self.policies.add(moved)

    def unread(self, moved: Scaled) -> list[UnknownValueError | MalformedError]:
        """Return what keeps targets and policies that may move this from being linked."""
        return [error for dimension, error in self._unread if dimension in {"", moved.dimension}]

    def _moved(self, resource: Resource) -> Scaled | None:
        dimension = ""
        try:
            dimension = resource.properties.text("scalableDimension")
            return self._read(resource, dimension)
        except (UnknownValueError, MalformedError) as error:
            self._unread.append((dimension, error))
            return None

    def _read(self, resource: Resource, dimension: str) -> Scaled | None:
        properties = resource.properties
        service, kind, units = (dimension + "::").split(":")[:3]
        if service != "dynamodb":
            return None
        index = ""
        if kind == "index":
            index = properties.text("resourceId").partition("/index/")[2]
        table = self._tables.linked(resource, "resourceId", lambda: self._named(resource))
        if table is None or (kind == "index") is not bool(index):
            return None
        return Scaled(table.urn, index, units.removesuffix("CapacityUnits"))

    def _named(self, resource: Resource) -> StackTable | None:
        kind, _, rest = resource.properties.text("resourceId").partition("/")
        return self._tables.called(rest.partition("/")[0], resource) if kind == "table" else None

    def _tracks(self, policy: Resource, moved: Scaled) -> bool:
        """Tell whether a policy tracks a target value: DynamoDB knows no other kind.

        The provider's default is another, step scaling.
        """
        try:
            return policy.properties.text("policyType") == "TargetTrackingScaling"
        except (UnknownValueError, MalformedError) as error:
            self._unread.append((moved.dimension, error))
            return False
