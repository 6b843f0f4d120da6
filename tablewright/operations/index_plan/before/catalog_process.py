"""Writes the catalog of another revision as JSON: runs in a process of its own.

It takes the revision's folder as its argument and imports nothing of today's. As a module it only
gives `dumped`.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def dumped(model: Any) -> dict[str, Any]:  # noqa: ANN401 -- of whichever revision
    """Return what a model says; what its revision did not know yet is None or empty."""
    return {
        "name": model.name,
        "tables": [_table(each) for each in model.tables],
        "entities": [_entity(each) for each in model.entities],
        "patterns": [_pattern(each) for each in model.patterns],
    }


def _table(spec: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    stream = spec.stream
    return {
        **_taken(spec, "name", "environment_variable", "ttl_attribute", "group"),
        "ephemeral": bool(getattr(spec, "ephemeral", False)),
        **_taken(spec, "item_size"),
        "key": _key(spec.key),
        "indexes": [_index(each) for each in spec.indexes],
        "stream": stream
        and {
            "view": str(stream.view),
            "audit_trail_only": bool(getattr(stream, "audit_trail_only", False)),
        },
        "warm_throughput": _warm(spec),
    }


def _index(index: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    projection = index.projection
    return {
        **_taken(index, "name", "kept_because"),
        "local": bool(index.local),
        "key": _key(index.key),
        "projection": {"kind": str(projection.kind), "attributes": list(projection.attributes)},
        "warm_throughput": _warm(index),
    }


def _key(key: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    return {
        part: [{"name": each.name, "type": str(each.type)} for each in getattr(key, part)]
        for part in ("partition", "sort")
    }


def _warm(owner: Any) -> dict[str, int] | None:  # noqa: ANN401 -- as above
    warm = getattr(owner, "warm_throughput", None)
    return warm and {"read_units": warm.read_units, "write_units": warm.write_units}


def _entity(entity: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    keys = {name: template.text for name, template in entity.keys.items()}
    attributes = list(getattr(entity, "attributes", ()))
    return {**_taken(entity, "name", "table"), "keys": keys, "attributes": attributes}


def _pattern(pattern: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    return {
        **_taken(pattern, "name", "table", "index", "tenant_key", "reason", "rate", "item_size"),
        "descending": bool(pattern.descending),
        "strong": bool(pattern.strong),
        "operation": str(pattern.operation),
        "consumers": list(pattern.consumers),
        "attributes": list(pattern.attributes),
        "entities": [entity.name for entity in pattern.entities],
        "key": [_condition(each) for each in pattern.key],
        "condition": str(pattern.condition),
        "parts": [
            {
                "operation": str(part.operation),
                "entity": part.entity.name,
                "condition": str(part.condition),
            }
            for part in pattern.parts
        ],
    }


def _condition(condition: Any) -> dict[str, Any]:  # noqa: ANN401 -- as above
    upper = condition.upper
    return {
        "attribute": condition.attribute,
        "comparator": str(condition.comparator),
        "template": condition.template.text,
        "upper": upper and upper.text,
    }


def _taken(thing: Any, *names: str) -> dict[str, Any]:  # noqa: ANN401 -- as above
    return {name: getattr(thing, name, None) for name in names}


def main() -> None:
    """Import the catalog of the folder that is named, and write it on standard output."""
    sys.path.insert(0, sys.argv[1])
    # What the revision prints while it is imported must not mingle with the answer.
    answer, sys.stdout = sys.stdout, sys.stderr
    from tablewright.models.catalog import CATALOG

    json.dump([dumped(model) for model in CATALOG.values()], answer)


if __name__ == "__main__":
    main()
