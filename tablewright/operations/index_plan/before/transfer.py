"""Models as JSON and back, between two processes and for comparison.

What is written of a model is read by attribute, so that it may be one of another revision's
classes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tablewright.models import (
    AccessPattern,
    Attribute,
    AttributeType,
    Comparator,
    DataModel,
    Entity,
    Index,
    Key,
    KeyCondition,
    KeyTemplate,
    Operation,
    Projection,
    ProjectionKind,
    Stream,
    StreamView,
    TableSpec,
    TransactionPart,
    WarmThroughput,
    WriteCondition,
)
from tablewright.operations.index_plan.before.catalog_process import dumped

if TYPE_CHECKING:
    from collections.abc import Mapping


def facts(model: DataModel) -> dict[str, Any]:
    """Return everything that a model says, comparable by value."""
    read: dict[str, Any] = json.loads(json.dumps(dumped(model)))
    return read


def loaded(model: Mapping[str, Any]) -> DataModel:
    """Return the model of what was written; raises ModelError where today's rules refuse it."""
    entities = {each["name"]: Entity(**_entity(each)) for each in model["entities"]}
    return DataModel(
        name=model["name"],
        tables=tuple(_table(each) for each in model["tables"]),
        entities=tuple(entities.values()),
        patterns=tuple(_pattern(each, entities) for each in model["patterns"]),
    )


def _entity(each: Mapping[str, Any]) -> dict[str, Any]:
    return {**each, "attributes": tuple(each["attributes"])}


def _table(each: Mapping[str, Any]) -> TableSpec:
    stream = each["stream"]
    return TableSpec(
        **{
            **{name: value for name, value in each.items() if value is not None},
            "key": _key(each["key"]),
            "indexes": tuple(_index(index) for index in each["indexes"]),
            "stream": stream and Stream(**{**stream, "view": StreamView(stream["view"])}),
            "warm_throughput": _warm(each["warm_throughput"]),
        }
    )


def _index(each: Mapping[str, Any]) -> Index:
    projection = each["projection"]
    return Index(
        **{
            **each,
            "key": _key(each["key"]),
            "projection": Projection(
                ProjectionKind(projection["kind"]), tuple(projection["attributes"])
            ),
            "warm_throughput": _warm(each["warm_throughput"]),
        }
    )


def _key(parts: Mapping[str, Any]) -> Key:
    return Key(*(_attributes(parts[part]) for part in ("partition", "sort")))


def _attributes(given: list[dict[str, str]]) -> tuple[Attribute, ...]:
    return tuple(Attribute(each["name"], AttributeType(each["type"])) for each in given)


def _warm(units: Mapping[str, int] | None) -> WarmThroughput | None:
    return WarmThroughput(**units) if units else None


def _pattern(each: Mapping[str, Any], entities: Mapping[str, Entity]) -> AccessPattern:
    return AccessPattern(
        **{
            **each,
            "operation": Operation(each["operation"]),
            "consumers": tuple(each["consumers"]),
            "attributes": tuple(each["attributes"]),
            "entities": tuple(entities[name] for name in each["entities"]),
            "key": tuple(_condition(condition) for condition in each["key"]),
            "condition": WriteCondition(each["condition"]),
            "parts": tuple(
                TransactionPart(
                    operation=Operation(part["operation"]),
                    entity=entities[part["entity"]],
                    condition=WriteCondition(part["condition"]),
                )
                for part in each["parts"]
            ),
        }
    )


def _condition(each: Mapping[str, Any]) -> KeyCondition:
    return KeyCondition(
        attribute=each["attribute"],
        comparator=Comparator(each["comparator"]),
        template=KeyTemplate(each["template"]),
        upper=each["upper"] and KeyTemplate(each["upper"]),
    )
