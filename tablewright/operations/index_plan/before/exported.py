"""What a stack's exported state says of its tables, as models that could have declared them.

A state knows tables, not access patterns: those of the models of now stand in for them, as far as
the deployed tables serve them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from tablewright.models import AttributeType, Entity, ModelError, Stream, StreamView, TableSpec
from tablewright.operations.guard.reading.preview import NotUnderstoodError
from tablewright.operations.index_plan.composing import composed
from tablewright.operations.index_plan.declared import Declared, Readers
from tablewright.operations.index_plan.shapes import (
    IndexShape,
    TableShape,
    key_declared,
    warm_declared,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tablewright.models import AccessPattern, DataModel, KeyTemplate
    from tablewright.operations.guard.reading.state import State

_TABLE: Final = "aws:dynamodb/table:Table"


def tables_of(state: State) -> dict[str, Mapping[str, Any]]:
    """Return the inputs of every table of a stack by physical name."""
    found: dict[str, Mapping[str, Any]] = {}
    for urn, side in state.resources.items():
        if side.type != _TABLE:
            continue
        name = side.inputs.get("name") or side.outputs.get("name")
        if not isinstance(name, str) or not name:
            raise NotUnderstoodError(f"{urn}: the table has no name, so the state is not whole")
        found[name] = {**side.inputs, "name": name}
    return found


def deployed(tables: Mapping[str, Mapping[str, Any]], now: Declared) -> Declared:
    """Return the model of the tables that are deployed; raises NotUnderstoodError."""
    shapes = {
        name: _shape(name, tables[shape.physical])
        for name, shape in now.shapes.items()
        if shape.physical in tables
    }
    specs = {
        name: _spec(now.model.table(name), now.shapes[name].stream_view, shape)
        for name, shape in shapes.items()
    }
    comparable = {
        name: spec for name, spec in specs.items() if spec.key == now.model.table(name).key
    }
    try:
        model = _model(now.model, comparable)
    except ModelError as error:
        raise NotUnderstoodError(
            f"model {now.model.name!r} does not fit the tables that are deployed: {error}; compare "
            "with the revision that was deployed (--revision)"
        ) from None
    return Declared(model=model, shapes=shapes, readers=Readers.GUESSED)


def _shape(name: str, inputs: Mapping[str, Any]) -> TableShape:
    try:
        return TableShape.of_inputs(name, inputs)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotUnderstoodError(
            f"table {inputs.get('name')!r}: its inputs in the state are not understood "
            f"({error!r}); "
            "give what `pulumi stack export` prints"
        ) from None


def _spec(now: TableSpec, view: str | None, shape: TableShape) -> TableSpec:
    """Return the declaration of a deployed table; its local indexes are compared elsewhere."""
    types = {name: AttributeType(text) for name, text in shape.types.items()}
    try:
        return replace(
            now,
            key=key_declared(shape.key, types),
            indexes=(*now.local_indexes, *(each.declared(types) for each in shape.indexes)),
            ttl_attribute=shape.ttl_attribute,
            stream=now.stream if view == shape.stream_view else _stream(now, shape.stream_view),
            warm_throughput=warm_declared(shape.warm_throughput),
        )
    except (KeyError, ValueError) as error:
        raise NotUnderstoodError(f"table {shape.physical!r} in the state: {error}") from None


def _stream(now: TableSpec, view: str | None) -> Stream | None:
    if view is None:
        # One that the stack does not switch on may be declared all the same.
        return now.stream if now.stream and now.stream.audit_trail_only else None
    trail = now.stream.audit_trail_only if now.stream else False
    return Stream(view=StreamView(view), audit_trail_only=trail)


def _model(now: DataModel, specs: Mapping[str, TableSpec]) -> DataModel:
    entities = [_entity(e, specs[e.table]) for e in now.entities if e.table in specs]
    patterns = []
    for pattern in now.patterns:
        if set(pattern.tables) <= set(specs):
            variants = _as_before(pattern, now, specs)
            served = (v for v in variants if _is_served(now.name, specs, entities, v))
            patterns += [each for each in (next(served, None),) if each]
    return composed(now.name, specs.values(), entities, patterns)


def _as_before(
    pattern: AccessPattern, now: DataModel, specs: Mapping[str, TableSpec]
) -> Iterator[AccessPattern]:
    """Give the ways in which the deployed application may perform a pattern, the likely one first.

    On its index, on the one of which that is a new name, or on any that goes; wanting what it wants
    now, or no more than the index holds.
    """
    yield pattern
    if pattern.index is None:
        return
    wanted = IndexShape.of(now.table(pattern.table).index(pattern.index))
    spec = specs[pattern.table]
    stays = {index.name for index in now.table(pattern.table).indexes} - {pattern.index}
    there = [index for index in spec.global_indexes if index.name not in stays]
    for index in sorted(there, key=lambda each: _likeness(wanted, IndexShape.of(each))):
        yield replace(pattern, index=index.name)
        held = {*spec.key.names, *index.key.names, *index.projection.attributes}
        needed = tuple(name for name in pattern.attributes if name in held)
        yield replace(pattern, index=index.name, attributes=needed or index.key.names)


def _likeness(wanted: IndexShape, index: IndexShape) -> tuple[bool, bool, str]:
    return index.name != wanted.name, bool(index.rebuilt_by(wanted)), index.name


def _is_served(
    name: str,
    specs: Mapping[str, TableSpec],
    entities: Iterable[Entity],
    pattern: AccessPattern,
) -> bool:
    with suppress(ModelError):
        composed(name, specs.values(), entities, (pattern,))
        return True
    return False


def _entity(now: Entity, spec: TableSpec) -> Entity:
    """Return an entity as the deployed table could hold it; unknown templates are one field."""
    types = {attribute.name: attribute.type for attribute in spec.attributes}
    keys = {name: _template(name, t, types[name]) for name, t in now.keys.items() if name in types}
    for index in spec.indexes:
        own = [name for name in index.key.names if name not in spec.key.names]
        if any(name in keys for name in own):
            keys |= {name: f"<{_field(name)}>" for name in own if name not in keys}
    others = [name for name in now.attributes if name not in keys]
    if spec.ttl_attribute and spec.ttl_attribute not in (*keys, *others):
        others.append(spec.ttl_attribute)
    return Entity(now.name, now.table, keys, tuple(others))


def _template(name: str, now: KeyTemplate, kind: AttributeType) -> str:
    """Return the template of now, but for a number or binary that it cannot have composed."""
    fits = kind is AttributeType.STRING or len(now.parts) == 1
    return now.text if fits else f"<{_field(name)}>"


def _field(attribute: str) -> str:
    """Name a field after an attribute whose template nobody knows."""
    name = "".join(c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in attribute)
    return name if name[:1].isalpha() else f"_{name}"
