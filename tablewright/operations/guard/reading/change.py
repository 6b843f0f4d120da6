"""What would become of one resource."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tablewright.operations.guard.reading.values import alike, differing

if TYPE_CHECKING:
    from tablewright.operations.guard.reading.operation import Operation
    from tablewright.operations.guard.reading.preview import Side


@dataclass(frozen=True, kw_only=True)
class Change:
    """One resource before and after; `old` is None for a new one, `new` for one that goes.

    `reasons` are the properties that differ as the provider says, `stale` those in which the
    preview differs from the program, `moved_on` those in which it differs from the state.
    """

    urn: str
    operation: Operation
    old: Side | None
    new: Side | None
    replace_reasons: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    moved_on: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The resource's type token."""
        side = self.new or self.old
        return side.type if side else ""

    @property
    def name(self) -> str:
        """The resource's logical name."""
        return self.urn.split("::", 3)[-1]

    @property
    def physical_name(self) -> str:
        """The name at AWS, as it is or was; the logical name where none is given."""
        return self._named(self.old) or self._named(self.new) or self.name

    @property
    def new_physical_name(self) -> str:
        """The name at AWS as it is to be; as it was where none is given."""
        return self._named(self.new) or self.physical_name

    @property
    def removed(self) -> bool:
        """Tell whether the program no longer registers the resource."""
        return self.new is None

    @property
    def replaced(self) -> bool:
        """Tell whether the resource is deleted and made anew."""
        return self.operation.replaces

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """The inputs that differ, in order of name; none where one side is missing."""
        if self.old is None or self.new is None:
            return ()
        return tuple(sorted({*self._seen, *self.reasons}))

    def shows(self, name: str) -> bool:
        """Tell whether a changed input is seen to differ; a secret is not."""
        return not alike(self.before(name), self.after(name))

    def before(self, name: str) -> Any:  # noqa: ANN401 -- whatever the input is
        """Return an input as it was, None where it was not set.

        Where the program asks for nothing new, what differs is what somebody changed at AWS.
        """
        if self.old is None:
            return None
        if name in self.reasons and name not in self._seen and name in self.old.outputs:
            return self.old.outputs[name]
        return self.old.inputs.get(name)

    def after(self, name: str) -> Any:  # noqa: ANN401 -- as above
        """Return an input as it is to be, None where it is not set."""
        return None if self.new is None else self.new.inputs.get(name)

    @cached_property
    def _seen(self) -> frozenset[str]:
        if self.old is None or self.new is None:
            return frozenset()
        return frozenset(differing(self.old.inputs, self.new.inputs))

    @staticmethod
    def _named(side: Side | None) -> str:
        for properties in (side.inputs, side.outputs) if side else ():
            name = properties.get("name")
            if isinstance(name, str) and name:
                return name
        return ""
