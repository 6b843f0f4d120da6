"""What differs between two models, apart from what steps can change: impossible, or harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.index_plan.plan import Impossible
from tablewright.operations.index_plan.shapes import lowered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.models import DataModel
    from tablewright.operations.index_plan.declared import Declared
    from tablewright.operations.index_plan.shapes import TableShape

_COPY: Final = (
    "declare a table of another name beside this one, with the new shape, and deploy both",
    "let the application write to both tables, and read from the old one",
    (
        "copy the items (an export to S3 and an import, or a Scan with conditional puts, so that "
        "no newer item is overwritten), then compare the counts"
    ),
    "let the application read from the new table, and watch that nobody reads the old one",
    (
        "stop writing to the old table; remove it when its backups are no longer needed "
        "(`tablewright guard` wants that accepted)"
    ),
)


def impossible(before: Declared, after: Declared) -> Iterator[Impossible]:
    """Give what no order of deployments changes, table by table."""
    for name, old in before.shapes.items():
        new = after.shapes.get(name)
        if new is None:
            yield Impossible(
                table=old.physical,
                what=f"table {name!r} is no longer declared: AWS deletes it with every item, or "
                "the stack forgets it",
                instead=(
                    "keep it in the model until nobody reads or writes it",
                    "where it only gets another name, the new one is a new table:",
                    *_COPY,
                ),
            )
            continue
        yield from (
            Impossible(table=old.physical, what=what, instead=instead)
            for what, instead in _obstacles(old, new)
        )
        if reworked := _reworked_table_keys(before.model, after.model, name, old):
            yield Impossible(table=old.physical, what=reworked, instead=_COPY)


def _obstacles(old: TableShape, new: TableShape) -> Iterator[tuple[str, tuple[str, ...]]]:
    if old.physical != new.physical:
        yield f"the table is to be called {new.physical!r}: AWS renames no table", _COPY
    if old.key != new.key:
        yield f"the table's key changes from {_told(old.key)} to {_told(new.key)}", _COPY
    for name in _fixed(old) & _fixed(new):
        if old.types[name] != new.types[name]:
            yield (
                (
                    f"the type of {name!r}, a key attribute of the table or of a local index, "
                    f"changes from {old.types[name]} to {new.types[name]}: the provider ignores "
                    "that silently"
                ),
                _COPY,
            )
    if _locals(old) != _locals(new):
        yield (
            "the local secondary indexes change, which a table has from its creation on",
            ("declare a global secondary index instead, which is built beside; otherwise:", *_COPY),
        )
    if lowered(old, new):
        yield (
            (
                f"the table's warm throughput is lowered from {old.warm_throughput} to "
                f"{new.warm_throughput}: AWS would delete the table"
            ),
            ("keep the warm throughput; it costs nothing to leave it higher",),
        )


def _told(key: tuple[tuple[str, str], ...]) -> str:
    return " + ".join(name for name, _ in key)


def _fixed(shape: TableShape) -> set[str]:
    keys = (shape.key, *(index.key for index in shape.local_indexes))
    return {name for key in keys for name, _ in key}


def _locals(shape: TableShape) -> set[object]:
    return {(i.name, i.key, i.projection, i.projected) for i in shape.local_indexes}


def _reworked_table_keys(
    before: DataModel, after: DataModel, table: str, shape: TableShape
) -> str | None:
    for name, old, new in reworked_keys(before, after, table):
        if name in _fixed(shape):
            return (
                f"key attribute {name!r} is composed otherwise ({old!r} becomes {new!r}): every "
                "item would have another key"
            )
    return None


def reworked_keys(
    before: DataModel, after: DataModel, table: str
) -> Iterator[tuple[str, str, str]]:
    """Give each attribute of a table that an entity composes by another template than before."""
    others = {entity.name: entity for entity in after.entities if entity.table == table}
    for entity in before.entities:
        other = others.get(entity.name)
        if other is None or entity.table != table:
            continue
        for name, template in entity.keys.items():
            if name in other.keys and other.keys[name].text != template.text:
                yield name, template.text, other.keys[name].text


def harmless(before: Declared, after: Declared) -> Iterator[str]:
    """Say what is new or other, and needs no plan."""
    for name, new in after.shapes.items():
        old = before.shapes.get(name)
        if old is None:
            yield f"table {new.physical} is new: it is made with all its indexes at once"
            continue
        if old.stream_view is None and new.stream_view is not None:
            yield (
                f"table {new.physical}: the stream is new; it holds changes from its deployment on"
            )
        if old.warm_throughput != new.warm_throughput and not lowered(old, new):
            yield f"table {new.physical}: warm throughput is changed in place"
        others = {index.name: index for index in new.indexes}
        for index in old.indexes:
            other = others.get(index.name)
            if (
                other is not None
                and index.warm_throughput != other.warm_throughput
                and not index.rebuilt_by(other)
            ):
                yield (
                    f"table {new.physical}, index {index.name!r}: warm throughput is changed in "
                    "place"
                )
