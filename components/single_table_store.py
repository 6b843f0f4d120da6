"""SingleTableStore: one table with overloaded keys as one component with plain arguments.

Its annotations stay evaluated, for Pulumi reads a package's schema from them.
"""

import re
from collections.abc import Mapping
from typing import Any, NotRequired

import pulumi

from tablewright.models import DataModel, Index, Key, TableSpec, limits
from tablewright.models.catalog import APPLICATION_TABLE

from .data_store import DataStore
from .grant import Grant
from .plain_arguments import PlainArguments, check_arguments, data_store_args
from .plain_values import given


class SingleTableStoreArgs(PlainArguments):
    """Arguments of SingleTableStore.

    Without a `table_name` it is the catalog's `application` table with its consumers. With one it
    is a table of your own: `index_count` overloaded indexes (GSI1, GSI2, …; 1 by default, at most
    20), a TTL attribute (`TTL` by default), and no access patterns, so name who reads and writes.
    """

    table_name: NotRequired[str]
    index_count: NotRequired[int]
    ttl_attribute: NotRequired[str]
    readers: NotRequired[list[str]]
    writers: NotRequired[list[str]]


class SingleTableStore(pulumi.ComponentResource):
    """One table of partition key PK and sort key SK, with its parameters and access policies."""

    table_names: pulumi.Output[dict[str, str]]
    table_arns: pulumi.Output[dict[str, str]]
    index_names: pulumi.Output[dict[str, list[str]]]
    stream_arns: pulumi.Output[dict[str, str]]
    policy_arns: pulumi.Output[dict[str, str]]
    environment_variables: pulumi.Output[dict[str, str]]

    def __init__(
        self,
        name: str,
        args: SingleTableStoreArgs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        check_arguments(name, args, SingleTableStoreArgs)
        super().__init__("tablewright:index:SingleTableStore", name, None, opts)
        named = given(args)
        store = DataStore(
            name,
            data_store_args(_model(named), args, _grants(named)),
            pulumi.ResourceOptions(parent=self),
        )
        self.table_names = store.table_names
        self.table_arns = store.table_arns
        self.index_names = store.index_names
        self.stream_arns = store.stream_arns
        self.policy_arns = store.policy_arns
        self.environment_variables = store.environment_variables
        self.register_outputs(store.outputs)


def _grants(named: Mapping[str, Any]) -> tuple[Grant, ...]:
    return (
        *(Grant(consumer=reader, access="read") for reader in named.get("readers", ())),
        *(Grant(consumer=writer, access="read_write") for writer in named.get("writers", ())),
    )


def _model(named: Mapping[str, Any]) -> DataModel:
    table = named.get("table_name")
    if table is None:
        _refuse_custom(named)
        return APPLICATION_TABLE
    return DataModel(
        name=_identifier(table),
        tables=(
            TableSpec(
                name=table,
                key=Key.of("PK", "SK"),
                indexes=tuple(_overloaded(number) for number in range(1, _indexes(named) + 1)),
                ttl_attribute=named.get("ttl_attribute", "TTL"),
                environment_variable=f"{_identifier(table).upper()}_TABLE_NAME",
            ),
        ),
        entities=(),
        patterns=(),
    )


def _identifier(table: str) -> str:
    """Make a name that a model may have, and that a shell can export in capitals."""
    name = re.sub(r"[^a-z0-9_]", "_", table.lower())
    return name if re.match(r"(?!aws_)[a-z]", name) else f"table_{name}"


def _refuse_custom(named: Mapping[str, Any]) -> None:
    for name in ("index_count", "ttl_attribute"):
        if name in named:
            raise ValueError(
                f"{name} is for a table of your own, and the catalog's has its indexes and TTL "
                f"attribute: write table_name too, or leave out {name}"
            )


def _indexes(named: Mapping[str, Any]) -> int:
    """Read a count, which from other languages arrives as 2.0."""
    count = int(named.get("index_count", 1))
    if count < 0:
        raise ValueError(
            f"index_count is {count}; write 0 to {limits.GLOBAL_INDEXES}, a whole number"
        )
    return count


def _overloaded(number: int) -> Index:
    return Index(
        name=f"GSI{number}",
        key=Key.of(f"GSI{number}PK", f"GSI{number}SK"),
        kept_because="the application overloads it with its own entities",
    )
