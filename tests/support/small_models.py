"""The smallest models that a check can be shown with: one table of orders, one index."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tablewright.models import DataModel, Entity, Index, Key, TableSpec
from tablewright.models.patterns import equals, get, query

if TYPE_CHECKING:
    from tablewright.models import AccessPattern

ORDER = Entity(
    "order",
    "orders",
    {
        "PK": "USER#<userId>",
        "SK": "ORDER#<orderId>",
        "GSI1PK": "STATUS#<status>#<userId%8>",
        "GSI1SK": "AT#<createdAt>#<orderId>",
    },
    attributes=("status", "total"),
)
BY_STATUS = Index(name="byStatus", key=Key.of("GSI1PK", "GSI1SK"))
STATUS_KEY = equals("GSI1PK", "STATUS#<status>#<userId%8>")


def table(**changes: object) -> TableSpec:
    """Return the table of orders, with other arguments where the test needs them."""
    name = str(changes.get("name", "orders"))
    arguments = {
        "name": name,
        "key": Key.of("PK", "SK"),
        "environment_variable": re.sub(r"\W", "_", f"T_{name}_TABLE_NAME".upper()),
        "indexes": (BY_STATUS,),
    }
    return TableSpec(**(arguments | changes))


def model(
    *patterns: AccessPattern,
    tables: tuple[TableSpec, ...] | None = None,
    entities: tuple[Entity, ...] = (ORDER,),
) -> DataModel:
    """Return a model of the given patterns; a query of its own keeps the index in use."""
    indexed = query("list_by_status", ORDER, "api", index="byStatus", key=(STATUS_KEY,))
    given = (*patterns, indexed) if tables is None else patterns
    return DataModel(
        name="orders",
        tables=(table(),) if tables is None else tables,
        entities=entities,
        patterns=given or (get("get_order", ORDER, "api"),),
    )
