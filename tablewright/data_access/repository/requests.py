"""Requests as the model's access patterns declare them, so that code and model cannot differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.repository.kinds import compose
from tablewright.data_access.values.codec import encode
from tablewright.models import AttributeType, Comparator
from tablewright.models.keys import LAST, KeyTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.models import AccessPattern, DataModel, KeyCondition, TableSpec


def query(
    model: DataModel,
    pattern: AccessPattern,
    fields: Mapping[str, object],
    upper: Mapping[str, object] | None = None,
    *,
    shard: int | None = None,
) -> dict[str, Any]:
    """Return the request of a declared Query, but for the table's name.

    `fields` fill the key condition, `upper` the upper end of a BETWEEN, `shard` chooses one of
    a sharded partition key. Raises InvalidInput where the ends are the wrong way round.
    """
    table = model.table(pattern.table)
    request: dict[str, Any] = {"ScanIndexForward": not pattern.descending}
    if pattern.index:
        request["IndexName"] = pattern.index
    if pattern.strong:
        request["ConsistentRead"] = True
    names: dict[str, str] = {}
    values: dict[str, Any] = {}
    texts = []
    for condition in pattern.key:
        names[f"#{condition.attribute}"] = condition.attribute
        texts.append(_condition(condition))
        values |= _values(table, pattern, condition, fields, upper, shard)
    if pattern.attributes:
        names |= {f"#{name}": name for name in pattern.attributes}
        request["ProjectionExpression"] = ", ".join(f"#{name}" for name in pattern.attributes)
    return {
        **request,
        "KeyConditionExpression": " AND ".join(texts),
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }


def _condition(condition: KeyCondition) -> str:
    name, value = f"#{condition.attribute}", f":{condition.attribute}"
    if condition.comparator is Comparator.BEGINS_WITH:
        return f"begins_with({name}, {value})"
    if condition.comparator is Comparator.BETWEEN:
        return f"{name} BETWEEN {value} AND {value}_upper"
    return f"{name} {condition.comparator} {value}"


def _values(  # noqa: PLR0917 -- all of one key condition
    table: TableSpec,
    pattern: AccessPattern,
    condition: KeyCondition,
    fields: Mapping[str, object],
    upper: Mapping[str, object] | None,
    shard: int | None,
) -> dict[str, Any]:
    name = condition.attribute
    sort = name in {each.name for each in table.key_of(pattern.index).sort}
    number = any(
        each.name == name and each.type is not AttributeType.STRING for each in table.attributes
    )

    def end(template: KeyTemplate, of: Mapping[str, object]) -> Any:  # noqa: ANN401 -- what is given
        if number:
            return of[template.fields[0].name]
        last = template.text.endswith(LAST)
        plain = KeyTemplate(template.text.removesuffix(LAST)) if last else template
        text = compose(plain, of, name, sort=sort, shard=shard)
        return text + LAST if last else text

    low = end(condition.template, fields)
    values = {f":{name}": encode(low, name)}
    if condition.upper is not None:
        high = end(condition.upper, fields if upper is None else {**fields, **upper})
        if low > high:
            raise InvalidInput(
                f"{pattern.name}: the range begins at {low!r}, after its end; swap the two"
            )
        values[f":{name}_upper"] = encode(high, name)
    return values
