"""Who uses what: the declared access patterns behind a table, an index or a permission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tablewright.models import Operation
from tablewright.models.permissions import needed_actions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tablewright.models import AccessPattern, DataModel, TableSpec


@dataclass(frozen=True, kw_only=True)
class Store:
    """A model as it is deployed: the physical name of each of its tables."""

    model: DataModel
    table_names: Mapping[str, str]


@dataclass(frozen=True)
class Uses:
    """The access patterns of every deployed model."""

    stores: Sequence[Store] = ()

    def of_table(self, physical: str) -> tuple[AccessPattern, ...]:
        """Return the patterns that touch a table."""
        found = self._spec(physical)
        return found[0].patterns_on(found[1].name) if found else ()

    def of_index(self, physical: str, index: str) -> tuple[AccessPattern, ...]:
        """Return the patterns that query an index."""
        return tuple(pattern for pattern in self.of_table(physical) if pattern.index == index)

    def knows(self, physical: str) -> bool:
        """Tell whether a table is of a declared model."""
        return self._spec(physical) is not None

    def of_permission(
        self, physical: str, lost: Callable[[str, str | None], bool]
    ) -> tuple[str, ...]:
        """Return `pattern (consumers)` for all that needs an action which is lost on a table.

        `lost` says that of an action on the table, or on the index that is named.
        """
        found = self._spec(physical)
        if found is None:
            return ()
        model, spec = found
        return tuple(
            told([pattern])
            for pattern in model.patterns_on(spec.name)
            for target, actions in needed_actions([pattern]).items()
            if target.table == spec.name and any(lost(each, target.index) for each in actions)
        )

    def of_stream(self, physical: str) -> tuple[AccessPattern, ...]:
        """Return the patterns that read a table's stream."""
        return tuple(p for p in self.of_table(physical) if p.operation is Operation.READ_STREAM)

    def _spec(self, physical: str) -> tuple[DataModel, TableSpec] | None:
        for store in self.stores:
            for name, deployed in store.table_names.items():
                if deployed == physical:
                    return store.model, store.model.table(name)
        return None


def told(patterns: Iterable[AccessPattern]) -> str:
    """Return the patterns and their consumers in words."""
    return ", ".join(
        f"{pattern.name} ({', '.join(dict.fromkeys(pattern.consumers))})" for pattern in patterns
    )
