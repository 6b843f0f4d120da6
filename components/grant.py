"""Grant: access to a store's tables for a program that declares no access patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tablewright.models import grants

if TYPE_CHECKING:
    from tablewright.models import TableSpec
    from tablewright.models.statements import ArnScope, Statement

_READ = ("BatchGetItem", "GetItem", "Query", "TransactGetItems")
_WRITE = ("BatchWriteItem", "DeleteItem", "PutItem", "TransactWriteItems", "UpdateItem")


@dataclass(frozen=True, kw_only=True)
class Grant:
    """Access for a program without access patterns: to the named tables, or to all.

    `access` is `read`, `read_write` or a single action such as `dynamodb:PutItem`.
    """

    consumer: str
    access: str
    tables: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Tell whether the grant is for more than reading."""
        return self.access in ("read_write", *grants.WRITE_ACTIONS)

    @property
    def operations(self) -> tuple[str, ...]:
        """Return the API operations that the grant allows, as CloudWatch names them."""
        named = {"read": _READ, "read_write": (*_READ, *_WRITE)}
        single = self.access.removeprefix("dynamodb:")
        return named.get(
            self.access, ("TransactWriteItems" if single == "ConditionCheckItem" else single,)
        )

    def reaches(self, table: str) -> bool:
        """Tell whether the grant is for this table."""
        return not self.tables or table in self.tables

    def statements(self, table: TableSpec, arns: ArnScope) -> tuple[Statement, ...]:
        """Return what the grant allows on one table; raises ModelError for an unknown action."""
        named = {"read": grants.read, "read_write": grants.read_write}
        if self.access in named:
            return named[self.access](table, arns)
        return grants.single_action(self.access, table, arns)
