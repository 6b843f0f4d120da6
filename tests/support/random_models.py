"""Random small models for property tests: names that resemble each other, all operations."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tablewright.models import (
    AccessPattern,
    DataModel,
    Entity,
    Index,
    Key,
    Operation,
    Stream,
    TableSpec,
    TransactionPart,
)
from tablewright.models.access import TRANSACTION_PARTS
from tablewright.models.patterns import equals

CONSUMERS = ("api", "worker")
TENANT_KEY = "T#${aws:PrincipalTag/team}"

# Names that share a beginning, or become one statement id when their punctuation is left out.
TABLE_NAMES = ("orders", "orders-old", "orders_old", "ordersOld", "orders.table")
INDEX_NAMES = ("Table", "byDay", "by-Day", "Stream")

_ON_ITEMS = (
    Operation.GET_ITEM,
    Operation.PUT_ITEM,
    Operation.UPDATE_ITEM,
    Operation.DELETE_ITEM,
    Operation.BATCH_GET_ITEM,
    Operation.BATCH_WRITE_ITEM,
)
_ON_TABLES = (Operation.READ_STREAM, Operation.DESCRIBE_TABLE, Operation.SCAN)


@dataclass(frozen=True)
class _Draft:
    """A table before it is known which of its indexes are used."""

    name: str
    indexes: list[str]
    entity: Entity

    def table(self, used: set[tuple[str, str | None]]) -> TableSpec:
        return TableSpec(
            name=self.name,
            key=Key.of("pk"),
            environment_variable=f"TABLE_{self.name.encode().hex()}",
            stream=Stream(),
            indexes=tuple(
                Index(
                    name=index,
                    key=Key.of(f"key of {index}"),
                    kept_because=None if (self.name, index) in used else "its pattern comes later",
                )
                for index in self.indexes
            ),
        )


@st.composite
def models(draw: st.DrawFn) -> DataModel:
    """Return a model whose consumers each perform a random subset of what can be performed."""
    drafts = [_draft(name, draw(_some(INDEX_NAMES))) for name in draw(_some(TABLE_NAMES, least=1))]
    possible = [arguments for draft in drafts for arguments in _possible(draft)]
    chosen = draw(st.lists(st.sampled_from(possible), min_size=1, max_size=8))
    parts = [
        TransactionPart(operation=operation, entity=draft.entity)
        for draft in drafts
        for operation in sorted(TRANSACTION_PARTS)
    ]
    if together := draw(st.lists(st.sampled_from(parts), max_size=3)):
        chosen.append({"operation": Operation.TRANSACT_WRITE_ITEMS, "parts": tuple(together)})
    patterns = [_pattern(draw, number, arguments) for number, arguments in enumerate(chosen)]
    used = {(pattern.table, pattern.index) for pattern in patterns}
    return DataModel(
        name="random",
        tables=tuple(draft.table(used) for draft in drafts),
        entities=tuple(draft.entity for draft in drafts),
        patterns=tuple(patterns),
    )


def _some(names: tuple[str, ...], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=least, max_size=3, unique=True)


def _draft(name: str, indexes: list[str]) -> _Draft:
    keys = {"pk": "T#<tenant>", **{f"key of {index}": "T#<tenant>" for index in indexes}}
    return _Draft(name, indexes, Entity(f"item of {name}", name, keys))


def _pattern(draw: st.DrawFn, number: int, arguments: dict[str, object]) -> AccessPattern:
    consumers = draw(st.lists(st.sampled_from(CONSUMERS), min_size=1, unique=True))
    tenant_keys = (None,) if arguments["operation"] in _ON_TABLES else (None, TENANT_KEY)
    return AccessPattern(
        name=f"pattern-{number}",
        consumers=tuple(consumers),
        tenant_key=draw(st.sampled_from(tenant_keys)),
        **arguments,
    )


def _possible(draft: _Draft) -> list[dict[str, object]]:
    on_item = {"entities": (draft.entity,)}
    on_table = {"table": draft.name}
    arguments: list[dict[str, object]] = [{"operation": each, **on_item} for each in _ON_ITEMS]
    arguments += [{"operation": each, **on_table} for each in _ON_TABLES]
    for index in (None, *draft.indexes):
        key = (equals(f"key of {index}" if index else "pk", "T#<tenant>"),)
        arguments.append({"operation": Operation.QUERY, "index": index, "key": key, **on_item})
        arguments.append({"operation": Operation.SCAN, "index": index, **on_table})
    return [{"reason": "a test", **each} for each in arguments]
