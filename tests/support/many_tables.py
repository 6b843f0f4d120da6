"""Models of many tables, to see what grows with them."""

from __future__ import annotations

from tablewright.models import DataModel, Entity, Index, Key, TableSpec
from tablewright.models.patterns import create, equals, get, query


def model_of(count: int, *, prefix: str = "table") -> DataModel:
    """Declare a model of so many tables, with an index each and two consumers over all."""
    tables, entities, patterns = [], [], []
    for number in range(count):
        name = f"{prefix}-{number:03}"
        item = Entity(f"item-{number}", name, {"PK": "ITEM#<id>", "GSI1PK": "OWNER#<owner>"})
        tables.append(
            TableSpec(
                name=name,
                key=Key.of("PK"),
                indexes=(Index(name="byOwner", key=Key.of("GSI1PK")),),
                environment_variable=f"TABLE_{number:03}_NAME",
            )
        )
        entities.append(item)
        by_owner = (equals("GSI1PK", "OWNER#<owner>"),)
        patterns += [
            get(f"get-{number}", item, "reader", "writer"),
            query(f"by-owner-{number}", item, "reader", index="byOwner", key=by_owner),
            create(f"create-{number}", item, "writer"),
        ]
    return DataModel(
        name="many", tables=tuple(tables), entities=tuple(entities), patterns=tuple(patterns)
    )
