"""Everything one run of a program registered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from .registration import Registration

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, kw_only=True)
class Message:
    """A line that the program logged, with the resource it was logged for."""

    severity: Severity
    text: str
    urn: str | None = None


@dataclass(frozen=True, kw_only=True)
class Recording:
    """What a program registered, logged and exported, the Stack itself first."""

    project: str
    stack: str
    registrations: tuple[Registration, ...]
    exports: Mapping[str, Any]
    secret_exports: frozenset[str] = frozenset()
    messages: tuple[Message, ...] = ()

    def of_type(self, token: str) -> tuple[Registration, ...]:
        """Return every resource of a type, in order of registration."""
        return self._by_type.get(token, ())

    def only(self, token: str, name: str | None = None) -> Registration:
        """Return the one resource of a type (and name); LookupError unless there is exactly one."""
        found = [one for one in self.of_type(token) if name in (None, one.name)]
        if len(found) == 1:
            return found[0]
        wanted = f"'{token}'" if name is None else f"'{token}' named '{name}'"
        raise LookupError(
            f"{len(found)} resources are {wanted}, expected 1; there are: {self._inventory(token)}"
        )

    def by_urn(self, urn: str) -> Registration:
        """Return the resource with a URN; LookupError when the program registered none."""
        try:
            return self._by_urn[urn]
        except KeyError:
            raise LookupError(
                f"no resource has the URN '{urn}'; there are: {', '.join(self._by_urn)}"
            ) from None

    def children(self, urn: str) -> tuple[Registration, ...]:
        """Return the resources directly below a parent, in order of registration."""
        return self._by_parent.get(urn, ())

    def _inventory(self, token: str) -> str:
        alike = [f"'{one.name}'" for one in self.of_type(token)]
        if alike:
            return ", ".join(alike)
        return ", ".join(f"{len(ones)} x {type_}" for type_, ones in self._by_type.items())

    @cached_property
    def _by_urn(self) -> dict[str, Registration]:
        return {one.urn: one for one in self.registrations}

    @cached_property
    def _by_type(self) -> dict[str, tuple[Registration, ...]]:
        return _grouped((one.type, one) for one in self.registrations)

    @cached_property
    def _by_parent(self) -> dict[str, tuple[Registration, ...]]:
        return _grouped((one.parent or "", one) for one in self.registrations)


def _grouped(pairs: Iterable[tuple[str, Registration]]) -> dict[str, tuple[Registration, ...]]:
    groups: dict[str, list[Registration]] = {}
    for key, registration in pairs:
        groups.setdefault(key, []).append(registration)
    return {key: tuple(group) for key, group in groups.items()}
