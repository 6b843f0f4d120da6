"""What to edit in a model to get the next one, in words that name file, thing and code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.index_plan.before.transfer import facts
from tablewright.operations.index_plan.words.code import (
    index_code,
    pattern_code,
    reading_code,
    stream_code,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.models import DataModel, Entity, Index, TableSpec
    from tablewright.operations.index_plan.words.places import Places


def edits(before: DataModel, after: DataModel, places: Places) -> tuple[str, ...]:
    """Return every edit from one model to the next: tables, then entities, then patterns."""
    return (
        *(
            edit
            for spec in after.tables
            for edit in _of_table(before.table(spec.name), spec, places)
        ),
        *_of_entities(before, after, places),
        *_of_patterns(before, after, places),
    )


def _of_table(old: TableSpec, new: TableSpec, places: Places) -> Iterator[str]:
    where = places.table(new.name)
    there = {index.name: index for index in old.indexes}
    wanted = {index.name: index for index in new.indexes}
    for name in there.keys() - wanted.keys():
        yield f"{where}: remove the index {name!r}"
    for name, index in wanted.items():
        if name not in there:
            yield f"{where}: add to indexes {index_code(index)}"
        else:
            yield from _of_index(there[name], index, where)
    if old.ttl_attribute != new.ttl_attribute:
        yield f"{where}: ttl_attribute={_quoted(new.ttl_attribute)}"
    if old.stream != new.stream:
        yield f"{where}: stream={stream_code(new.stream)}"


def _quoted(name: str | None) -> str:
    return "None" if name is None else f'"{name}"'


def _of_index(old: Index, new: Index, where: str) -> Iterator[str]:
    if old.kept_because != new.kept_because:
        yield (
            f'{where}, index {new.name!r}: kept_because="{new.kept_because}"'
            if new.kept_because
            else f"{where}, index {new.name!r}: drop kept_because"
        )
    if old.warm_throughput != new.warm_throughput:
        yield f"{where}: the index becomes {index_code(new)}"


def _of_entities(before: DataModel, after: DataModel, places: Places) -> Iterator[str]:
    there = {entity.name: entity for entity in before.entities}
    for entity in after.entities:
        old = there.pop(entity.name, None)
        where = places.entity(entity.name)
        if old is None:
            yield f"{where}: declare it"
        else:
            yield from _of_entity(old, entity, where)
    for entity in there.values():
        yield f"{places.entity(entity.name)}: remove it"


def _of_entity(old: Entity, new: Entity, where: str) -> Iterator[str]:
    for name, template in new.keys.items():
        if name not in old.keys:
            yield f'{where}: add to keys "{name}": "{template.text}"'
        elif old.keys[name].text != template.text:
            yield f'{where}: in keys "{name}": "{template.text}"'
    for name in old.keys:
        if name not in new.keys:
            yield f'{where}: remove "{name}" from keys'
    for name in new.attributes:
        if name not in old.attributes:
            yield f'{where}: add "{name}" to attributes'
    for name in old.attributes:
        if name not in new.attributes:
            yield f'{where}: remove "{name}" from attributes'


def _of_patterns(before: DataModel, after: DataModel, places: Places) -> Iterator[str]:
    there = {each["name"]: each for each in facts(before)["patterns"]}
    wanted = {each["name"]: each for each in facts(after)["patterns"]}
    for name, says in wanted.items():
        pattern, where = after.pattern(name), places.pattern(name)
        if name not in there:
            yield f"{where}: declare the access pattern {pattern_code(pattern)}"
        elif there[name] != says:
            moved = there[name]["index"] != says["index"] or there[name]["key"] != says["key"]
            reads = f"point it at {_target(says)}: {reading_code(pattern)}"
            yield (
                f"{where}, access pattern {name!r}: "
                f"{reads if moved else 'as ' + pattern_code(pattern)}"
            )
    for name in there.keys() - wanted.keys():
        yield f"{places.pattern(name)}: remove the access pattern {name!r}"


def _target(pattern: dict[str, str | None]) -> str:
    return f"index {pattern['index']!r}" if pattern["index"] else f"table {pattern['table']!r}"
