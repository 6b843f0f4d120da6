"""Models as one stack deploys them, changed a little, and what a plan says of them."""

from dataclasses import replace

from tablewright.models import Entity
from tablewright.operations.index_plan.composing import composed
from tablewright.operations.index_plan.declared import Declared
from tablewright.operations.index_plan.planner import plan
from tablewright.operations.index_plan.shapes import TableShape

PREFIX = "acme-prod"


def declared(model, prefix=PREFIX):
    """Return a model as a stack deploys it that has every stream."""
    return Declared(
        model=model,
        shapes={
            spec.name: TableShape.of(
                spec, f"{prefix}-{spec.name}", str(spec.stream.view) if spec.stream else None
            )
            for spec in model.tables
        },
    )


def planned(before, after, **options):
    """Plan the way from one model to the other."""
    return plan(declared(before), declared(after), stack="prod", **options)


def changed(model, *, tables=None, entities=None, patterns=None):
    """Return a model with parts of it replaced by functions of one part; None removes it."""
    return composed(
        model.name,
        _mapped(tables, model.tables),
        _mapped(entities, model.entities),
        _mapped(patterns, model.patterns),
    )


def _mapped(change, parts):
    made = (change(part) if change else part for part in parts)
    return [part for part in made if part is not None]


def with_indexes(model, table, *indexes):
    """Return a model whose table has these indexes; those of a name that it has are replaced."""
    names = {index.name for index in indexes}

    def change(spec):
        if spec.name != table:
            return spec
        kept = tuple(index for index in spec.indexes if index.name not in names)
        return replace(spec, indexes=(*kept, *indexes))

    return changed(model, tables=change)


def entity_with(entity, *, keys=None, attributes=None):
    """Return an entity with other keys or attributes."""
    texts = {name: template.text for name, template in entity.keys.items()}
    return Entity(
        entity.name,
        entity.table,
        texts if keys is None else keys,
        entity.attributes if attributes is None else attributes,
    )


def kinds(planned_model):
    """Return each step's kind and subject."""
    return [(str(step.kind), step.subject) for step in planned_model.steps]
