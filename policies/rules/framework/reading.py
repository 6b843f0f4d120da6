"""How rules read properties that may be missing, unknown, or of another type than they should be.

Null counts as missing, as it does for Pulumi. A value that only a deployment can tell raises
`UnknownValueError` of the SDK; a value of another type raises `MalformedError`, which the judge
reports as a violation. Neither names a value: some are secret.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from pulumi_policy.proxy import UnknownValueError

from rules.framework.values import MalformedError, finite, known, plain


class Properties:
    """The properties of a resource, or of one object inside it, read by name."""

    __slots__ = ("_holder", "_key", "_path")

    def __init__(self, holder: object, key: str | int | None = None, path: str = "") -> None:
        self._holder = holder
        self._key = key
        self._path = path

    def text(self, name: str, default: str = "") -> str:
        """Return a string."""
        value = self._value(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise MalformedError(self._at(name), "a string", value)
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean."""
        value = self._value(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise MalformedError(self._at(name), "a boolean", value)
        return value

    def number(self, name: str) -> float | None:
        """Return a number, None where there is none; the wire makes integers floats."""
        value = self._value(name)
        return None if value is None else finite(value, self._at(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of strings; raises UnknownValueError when one of them is unknown."""
        return tuple(self._text(name, position) for position in range(self.count(name)))

    def known_texts(self, name: str) -> tuple[str, ...]:
        """Return the strings of a list without those that are unknown."""
        found = []
        for position in range(self.count(name)):
            try:
                found.append(self._text(name, position))
            except UnknownValueError:
                continue
        return tuple(found)

    def count(self, name: str) -> int:
        """Return the length of a list, whatever of its elements is unknown."""
        return len(self._elements(name))

    def section(self, name: str) -> Properties:
        """Return the object of that name, an empty one where there is none."""
        return Properties(
            {} if self._value(name) is None else self._holding(), name, self._at(name)
        )

    def sections(self, name: str) -> tuple[Properties, ...]:
        """Return every object of a list; one that is unknown raises when it is read."""
        elements = self._elements(name)
        return tuple(
            Properties(elements, position, f"{self._at(name)}[{position}]")
            for position in range(len(elements))
        )

    def entries(self, name: str) -> dict[str, str]:
        """Return an object whose values are strings, such as tags or dimensions."""
        inner = self.section(name)
        return {key: inner.text(key) for key in inner.names()}

    def names(self) -> tuple[str, ...]:
        """Return the names of what is set, unknown values included, nulls too."""
        return tuple(self._holding())

    def holds(self, name: str) -> bool:
        """Tell whether a property is set; raises UnknownValueError when it is unknown."""
        return self._value(name) is not None

    def value(self, name: str) -> object:
        """Return a property of any type, None where there is none."""
        return self._value(name)

    def plain(self) -> dict[str, object]:
        """Return everything that is set as plain values, for a remediation to add to."""
        return {name: plain(self._holding()[name]) for name in self.names()}

    def _text(self, name: str, position: int) -> str:
        where = f"{self._at(name)}[{position}]"
        value = known(self._elements(name)[position], where)
        if not isinstance(value, str):
            raise MalformedError(where, "a string", value)
        return value

    def _elements(self, name: str) -> Sequence[object]:
        value = self._value(name)
        if value is None:
            return ()
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise MalformedError(self._at(name), "a list", value)
        return value

    def _value(self, name: str) -> object:
        try:
            return known(self._holding()[name], self._at(name))
        except KeyError:
            return None

    def _holding(self) -> Mapping[str, object]:
        # `in` and `.get` of the SDK's proxies raise for unknown values that are not asked for.
        held = self._holder if self._key is None else self._inner()
        if held is None:
            return {}
        if not isinstance(held, Mapping):
            raise MalformedError(self._path or "properties", "an object", held)
        return held

    def _inner(self) -> object:
        try:
            return known(cast("Any", self._holder)[self._key], self._path)
        except KeyError:
            return None

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name


def if_known(properties: Properties, name: str) -> str:
    """Return a string, empty while it is unknown."""
    try:
        return properties.text(name)
    except UnknownValueError:
        return ""
