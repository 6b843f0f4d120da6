"""What is stored and how it is used; needs nothing but the standard library."""

from tablewright.models.access import (
    AccessPattern,
    Comparator,
    KeyCondition,
    Operation,
    TransactionPart,
    WriteCondition,
)
from tablewright.models.entity import Entity
from tablewright.models.errors import ModelError
from tablewright.models.keys import KeyTemplate
from tablewright.models.model import DataModel
from tablewright.models.table import (
    ALL,
    KEYS_ONLY,
    Attribute,
    AttributeType,
    Index,
    Key,
    Projection,
    ProjectionKind,
    Stream,
    StreamView,
    TableSpec,
    WarmThroughput,
)

__all__ = [
    "ALL",
    "KEYS_ONLY",
    "AccessPattern",
    "Attribute",
    "AttributeType",
    "Comparator",
    "DataModel",
    "Entity",
    "Index",
    "Key",
    "KeyCondition",
    "KeyTemplate",
    "ModelError",
    "Operation",
    "Projection",
    "ProjectionKind",
    "Stream",
    "StreamView",
    "TableSpec",
    "TransactionPart",
    "WarmThroughput",
    "WriteCondition",
]
