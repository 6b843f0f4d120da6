"""Access patterns: every read and write that a model must serve, and who performs it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tablewright.models import names
from tablewright.models.errors import ModelError

if TYPE_CHECKING:
    from tablewright.models.entity import Entity
    from tablewright.models.keys import KeyTemplate


class Operation(StrEnum):
    """A DynamoDB API operation, or a read of a table's stream."""

    GET_ITEM = "GetItem"
    QUERY = "Query"
    PUT_ITEM = "PutItem"
    UPDATE_ITEM = "UpdateItem"
    DELETE_ITEM = "DeleteItem"
    BATCH_GET_ITEM = "BatchGetItem"
    BATCH_WRITE_ITEM = "BatchWriteItem"
    TRANSACT_WRITE_ITEMS = "TransactWriteItems"
    CONDITION_CHECK = "ConditionCheckItem"
    """A part of a transaction only."""
    READ_STREAM = "ReadStream"
    SCAN = "Scan"
    DESCRIBE_TABLE = "DescribeTable"


TRANSACTION_PARTS = frozenset(
    {
        Operation.PUT_ITEM,
        Operation.UPDATE_ITEM,
        Operation.DELETE_ITEM,
        Operation.CONDITION_CHECK,
    }
)


class Comparator(StrEnum):
    """How a key condition compares (API: KeyConditionExpression)."""

    EQUALS = "="
    BEGINS_WITH = "begins_with"
    BETWEEN = "BETWEEN"
    LESS_THAN = "<"
    AT_MOST = "<="
    GREATER_THAN = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, kw_only=True)
class KeyCondition:
    """What one key attribute must be; `upper` is the end of a BETWEEN.

    A field that stands in both ends of a BETWEEN has a value of its own in each. `keys.LAST`
    behind the upper end takes in every key that begins with it.
    """

    attribute: str
    comparator: Comparator
    template: KeyTemplate
    upper: KeyTemplate | None = None


class WriteCondition(StrEnum):
    """What a write demands of the item that is there."""

    NONE = "none"
    ABSENT = "attribute_not_exists"
    EXISTS = "attribute_exists"


@dataclass(frozen=True, kw_only=True)
class TransactionPart:
    """One action of a TransactWriteItems: on which entity, and so on which table.

    Parts of one entity are different items of it, for DynamoDB takes none twice.
    """

    operation: Operation
    entity: Entity
    condition: WriteCondition = WriteCondition.NONE

    @property
    def table(self) -> str:
        """The table that the part touches."""
        return self.entity.table


@dataclass(frozen=True, kw_only=True)
class AccessPattern:
    """One read or write: its operation, its table or index, and who performs it.

    `attributes` are those that a reader needs; empty means all. `fan_in` follows from the key
    condition. `rate` is operations a second, `item_size` bytes, both expected and optional. A
    pattern with a `tenant_key` is limited by IAM to partition keys equal to it (page "IAM policy
    conditions for fine-grained access control"): the text of the entity's key template, with a
    policy variable for each field. `reason` says why a Scan cannot be avoided.
    """

    name: str
    consumers: tuple[str, ...]
    operation: Operation
    table: str = ""
    entities: tuple[Entity, ...] = ()
    index: str | None = None
    key: tuple[KeyCondition, ...] = ()
    descending: bool = False
    attributes: tuple[str, ...] = ()
    strong: bool = False
    condition: WriteCondition = WriteCondition.NONE
    parts: tuple[TransactionPart, ...] = ()
    tenant_key: str | None = None
    reason: str | None = None
    rate: float | None = None
    item_size: int | None = None

    def __post_init__(self) -> None:
        names.check_not_empty("an access pattern", self.name)
        if not self.consumers:
            raise ModelError(f"access pattern {self.name!r} has no consumer; say who performs it")
        if not self.table and self.entities:
            object.__setattr__(self, "table", self.entities[0].table)

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that the pattern touches, in order of first use."""
        parts = tuple(part.table for part in self.parts)
        return tuple(dict.fromkeys((self.table, *parts) if self.table else parts))

    @property
    def fan_in(self) -> int:
        """How many queries one read needs: one a shard of its partition key."""
        return max((condition.template.shards for condition in self.key), default=1)
