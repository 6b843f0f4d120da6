"""Key conditions with values: as DynamoDB takes them, and what they mean for an item."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from tablewright.models import AttributeType, Comparator, WriteCondition
from tablewright.operations.patterns.samples import typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tablewright.models import KeyCondition
    from tablewright.operations.patterns.samples import Item

Sortable: TypeAlias = "bytes | Decimal"

_HOLDS: Mapping[Comparator, Callable[[Any, Any], bool]] = {
    Comparator.EQUALS: lambda value, bound: bool(value == bound),
    Comparator.BEGINS_WITH: lambda value, bound: bool(value.startswith(bound)),
    Comparator.LESS_THAN: lambda value, bound: bool(value < bound),
    Comparator.AT_MOST: lambda value, bound: bool(value <= bound),
    Comparator.GREATER_THAN: lambda value, bound: bool(value > bound),
    Comparator.AT_LEAST: lambda value, bound: bool(value >= bound),
    Comparator.BETWEEN: lambda value, bound: bool(value >= bound),
}


@dataclass(frozen=True)
class Bound:
    """One key condition whose fields have values."""

    attribute: str
    comparator: Comparator
    low: Item
    high: Item | None = None

    @classmethod
    def of(
        cls,
        condition: KeyCondition,
        kind: AttributeType,
        low: Mapping[str, str],
        high: Mapping[str, str],
        shard: int,
    ) -> Bound:
        """Compose the condition's values; `high` fills the end of a BETWEEN."""
        upper = condition.upper
        return cls(
            condition.attribute,
            condition.comparator,
            typed(kind, condition.template.render(low, shard=shard)),
            None if upper is None else typed(kind, upper.render(high)),
        )

    def holds(self, item: Item) -> bool:
        """Tell whether the item meets the condition; one without the attribute does not."""
        if self.attribute not in item:
            return False
        value = sortable(item[self.attribute])
        within = self.high is None or value <= sortable(self.high)
        return within and _HOLDS[self.comparator](value, sortable(self.low))


def sortable(value: Item) -> Any:  # noqa: ANN401 -- bytes or a number, compared with its like
    """Return a key attribute's value as DynamoDB sorts it: numbers, or bytes of UTF-8."""
    ((kind, content),) = value.items()
    if kind == AttributeType.NUMBER:
        return Decimal(content)
    return content if isinstance(content, bytes) else content.encode()


def sort_position(item: Item, names: Iterable[str]) -> tuple[Sortable, ...]:
    """Return where the item stands among those of its partition."""
    return tuple(sortable(item[name]) for name in names)


def key_expression(bounds: Iterable[Bound]) -> dict[str, Any]:
    """Write bound conditions as the parameters of a Query, all names aliased."""
    texts, names, values = [], {}, {}
    for position, bound in enumerate(bounds):
        name, low, high = f"#k{position}", f":low{position}", f":high{position}"
        names[name], values[low] = bound.attribute, bound.low
        if bound.high is not None:
            values[high] = bound.high
            texts.append(f"{name} BETWEEN {low} AND {high}")
        elif bound.comparator is Comparator.BEGINS_WITH:
            texts.append(f"begins_with({name}, {low})")
        else:
            texts.append(f"{name} {bound.comparator} {low}")
    return {
        "KeyConditionExpression": " AND ".join(texts),
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }


def projection(attributes: Iterable[str]) -> dict[str, Any]:
    """Write the needed attributes as a projection; no parameter where all are needed."""
    names = {f"#a{position}": name for position, name in enumerate(attributes)}
    if not names:
        return {}
    return {"ProjectionExpression": ", ".join(names), "ExpressionAttributeNames": names}


def write_condition(condition: WriteCondition, partition_key: str) -> dict[str, Any]:
    """Write the condition of a write on the partition key; no parameter where there is none."""
    if condition is WriteCondition.NONE:
        return {}
    return {
        "ConditionExpression": f"{condition}(#condition)",
        "ExpressionAttributeNames": {"#condition": partition_key},
    }


def joined(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """Join parameters, the aliases of each among them."""
    result: dict[str, Any] = {}
    for part in parts:
        for name, value in part.items():
            inner = result.get(name)
            result[name] = {**inner, **value} if isinstance(inner, dict) else value
    return result
