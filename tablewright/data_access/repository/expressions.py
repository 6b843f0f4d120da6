"""Conditions and changes as DynamoDB's expressions, with every name and value aliased.

An expression is written as DynamoDB documents it: `#name` stands for the attribute `name` and
`:value` for a value that is given beside it, so no reserved word can get in the way.
Source: API reference, "Expressions"; limits: 4 KB an expression, 300 operators.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.values.codec import encode
from tablewright.models import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.data_access.values.codec import AttributeValue

MOST_BYTES: Final = 4096
MOST_OPERATORS: Final = 300
_NAME: Final = re.compile(r"#([A-Za-z0-9_]+)")


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What a write demands of the item that is there, in DynamoDB's words."""

    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def __and__(self, other: Condition) -> Condition:
        # DynamoDB refuses parentheses around parentheses, so nothing is wrapped twice.
        if not (self.text and other.text):
            return self if self.text else other
        text = f"({self.text}) AND ({other.text})"
        return Condition(text=text, values=_together(self.values, other.values))


@dataclass(frozen=True, kw_only=True)
class Change:
    """What an update does to an item.

    `assign` sets attributes to values, None removes one; `compute` sets one to an expression such
    as `#storageUsed + :size`, with its values in `using`; `add` adds to numbers, from 0 where there
    is none, and to sets; `names` are aliases of what is no plain name, such as a key of a map.
    """

    assign: Mapping[str, object] = field(default_factory=dict)
    compute: Mapping[str, str] = field(default_factory=dict)
    using: Mapping[str, object] = field(default_factory=dict)
    add: Mapping[str, int | frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Return the UpdateExpression; raises InvalidInput where DynamoDB would refuse its size."""
        kept = [name for name, value in self.assign.items() if value is not None]
        sets = [f"#{name} = :{name}" for name in kept]
        sets += [f"#{name} = {how}" for name, how in self.compute.items()]
        removed = [f"#{name}" for name, value in self.assign.items() if value is None]
        added = [f"#{name} :{name}" for name in self.add]
        clauses = (("SET", sets), ("REMOVE", removed), ("ADD", added))
        text = " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses if parts)
        count = len(sets) + len(removed) + len(added)
        if count > MOST_OPERATORS or len(text) > MOST_BYTES:
            raise InvalidInput(
                f"an update of {count} attributes in {len(text):,} bytes; DynamoDB takes "
                f"{MOST_OPERATORS} and {MOST_BYTES:,}: change fewer at once"
            )
        return text

    def values(self) -> dict[str, object]:
        """Return every value by its alias, without the colon."""
        kept = {name: value for name, value in self.assign.items() if value is not None}
        return _together(kept, self.using, self.add)


def aliases(*texts: str, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return ExpressionAttributeNames for every `#name` of some expressions."""
    names = {alias: name for text in texts for alias, name in _names(text)}
    for alias, name in (given or {}).items():
        names[f"#{alias}"] = name
    return names


def values_of(values: Mapping[str, object]) -> dict[str, AttributeValue]:
    """Return ExpressionAttributeValues."""
    return {f":{alias}": encode(value, alias) for alias, value in values.items()}


def _together(*some: Mapping[str, object]) -> dict[str, object]:
    """Return values by their aliases; raises ModelError where one alias has two values."""
    together: dict[str, object] = {}
    for values in some:
        for alias in together.keys() & values.keys():
            if encode(together[alias], alias) != encode(values[alias], alias):
                raise ModelError(
                    f"a request gives :{alias} two values, so one would be lost; name one otherwise"
                )
        together.update(values)
    return together


def of_condition(condition: Condition) -> dict[str, Any]:
    """Return the part of a request that a condition is, nothing where there is none."""
    if not condition.text:
        return {}
    _check_size(condition)
    request: dict[str, Any] = {
        "ConditionExpression": condition.text,
        "ExpressionAttributeNames": aliases(condition.text),
    }
    if condition.values:
        request["ExpressionAttributeValues"] = values_of(condition.values)
    return request


def of_update(change: Change, condition: Condition) -> dict[str, Any]:
    """Return the part of a request that a change under a condition is."""
    text = change.text()
    names = aliases(text, condition.text, given=change.names)
    values = _together(change.values(), condition.values)
    request: dict[str, Any] = {"UpdateExpression": text, "ExpressionAttributeNames": names}
    if condition.text:
        _check_size(condition)
        request["ConditionExpression"] = condition.text
    if values:
        request["ExpressionAttributeValues"] = values_of(values)
    return request


def _check_size(condition: Condition) -> None:
    size = len(condition.text.encode())
    if size > MOST_BYTES:
        raise InvalidInput(
            f"a condition of {size:,} bytes; DynamoDB takes {MOST_BYTES:,}: demand less at once"
        )


@lru_cache(maxsize=1024)
def _names(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"#{name}", name) for name in _NAME.findall(text))
