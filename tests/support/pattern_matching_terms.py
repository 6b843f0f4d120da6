"""What DynamoDB's expressions are made of: aliases, attributes, values and terms of them."""

from dataclasses import dataclass
from typing import Any


class ExpressionError(Exception):
    """An expression that DynamoDB, or this project's rules for expressions, do not allow."""


@dataclass(frozen=True)
class Path:
    """An attribute, or a place within one."""

    attribute: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Value:
    """A value that is given beside the expression, as DynamoDB writes it."""

    tag: str
    content: Any


@dataclass(frozen=True)
class Term:
    """A condition: `AND` and `OR` of terms, `NOT` of one, a comparator or function of operands."""

    word: str
    of: tuple[Any, ...]


class Aliases:
    """The names and values of one request; which are not used is asked at the end."""

    def __init__(self, arguments):
        self._names = arguments.get("ExpressionAttributeNames", {})
        self._values = arguments.get("ExpressionAttributeValues", {})
        self._used = set()

    def name(self, alias):
        """Return the attribute that an alias stands for."""
        return self._look_up(alias, self._names)

    def value(self, alias):
        """Return the value that an alias stands for."""
        ((tag, content),) = self._look_up(alias, self._values).items()
        return Value(tag, content if isinstance(content, str) else repr(content))

    def unused(self):
        """Return the aliases that no expression used, which DynamoDB refuses."""
        return sorted({*self._names, *self._values} - self._used)

    def _look_up(self, alias, given):
        if alias not in given:
            raise ExpressionError(f"{alias} stands for nothing")
        self._used.add(alias)
        return given[alias]
