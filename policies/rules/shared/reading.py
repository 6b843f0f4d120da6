"""How rules read properties that may be missing, unknown, or of another type than they should be.

Null counts as missing, as it does for Pulumi. A value that only a deployment can tell raises
`UnknownValueError` of the SDK; a value of another type raises `MalformedError`, which the judge
reports as a violation. Neither names a value: some are secret.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from pulumi_policy import proxy
from pulumi_policy.proxy import UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .finding import Finding

_T = TypeVar("_T")
_LARGEST: Final = sys.float_info.max
_UNKNOWN: Final = frozenset(
    value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_")
)


class MalformedError(Exception):
    """A property or setting is of another type than the provider or the schema accepts."""

    def __init__(self, path: str, expected: str, found: object) -> None:
        kind = _KINDS.get(type(found), type(found).__name__)
        super().__init__(f"{path!r} must be {expected}, and is {kind}")


_KINDS: Final[Mapping[type, str]] = {
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
}


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
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise MalformedError(self._at(name), "a number", value)
        if not -_LARGEST <= value <= _LARGEST:  # and NaN is not either
            raise MalformedError(self._at(name), "a finite number", value)
        return float(value)

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
        value = _known(self._elements(name)[position], where)
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
            return _known(self._holding()[name], self._at(name))
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
            return _known(cast("Any", self._holder)[self._key], self._path)
        except KeyError:
            return None

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name


def plain(value: object, path: str = "") -> object:
    """Return a value without the SDK's proxies; raises UnknownValueError for unknown parts."""
    if isinstance(value, Mapping):
        return {name: plain(value[name], f"{path}.{name}") for name in value}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(value[position], f"{path}[{position}]") for position in range(len(value))]
    return _known(value, path)


def _known(value: object, path: str) -> object:
    """Raise for a stand-in of an unknown value: what a remediation reads is not checked."""
    if isinstance(value, str) and value in _UNKNOWN:
        raise UnknownValueError(value, path.split("."))
    return value


def known_first(*checks: Iterable[Finding]) -> Iterator[Finding]:
    """Give the findings of every check, and only then raise what one of them could not read.

    The SDK drops what a rule has not reported when an UnknownValueError leaves it, so what is
    known is judged first.
    """
    held: UnknownValueError | MalformedError | None = None
    for check in checks:
        try:
            yield from check
        except (UnknownValueError, MalformedError) as error:
            held = _graver(held, error)
    if held is not None:
        raise held


def for_each(
    properties: Properties, name: str, check: Callable[[Properties, int], Iterable[Finding]]
) -> Iterator[Finding]:
    """Check every object of a list, with its position; what is known first.

    A list that is unknown raises only when its turn comes.
    """
    sections = properties.sections(name)
    yield from known_first(*(check(section, at) for at, section in enumerate(sections)))


def readable(read: Callable[[Properties], _T], holders: Iterable[Properties]) -> Iterator[_T]:
    """Give what can be read of each object, and only then raise what could not."""
    held: UnknownValueError | MalformedError | None = None
    for holder in holders:
        try:
            value = read(holder)
        except (UnknownValueError, MalformedError) as error:
            held = _graver(held, error)
        else:
            yield value
    if held is not None:
        raise held


def _graver(
    held: UnknownValueError | MalformedError | None, error: UnknownValueError | MalformedError
) -> UnknownValueError | MalformedError:
    # What is malformed is a violation, so it goes before what is merely unknown.
    return error if held is None or isinstance(error, MalformedError) else held
