"""The check that IAM lets a consumer that is held to one tenant perform its own pattern."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tablewright.models.access import Operation
from tablewright.models.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.models.access import AccessPattern
    from tablewright.models.entity import Entity
    from tablewright.models.keys import KeyTemplate
    from tablewright.models.model import DataModel

_VARIABLE = re.compile(r"\$\{[^{}]*\}")


def check_tenant_key(model: DataModel, pattern: AccessPattern) -> None:
    """Refuse a tenant key that is not composed as the partition keys that the pattern touches."""
    if pattern.tenant_key is None:
        return
    if not pattern.tenant_key.strip():
        raise ModelError(
            f"{_where(model, pattern)}: its tenant key {pattern.tenant_key!r} is blank, which "
            "would limit nothing; write the tenant's partition key, or leave it out"
        )
    for entity, index in _touched(pattern):
        _check_entity(model, pattern, entity, index)


def _where(model: DataModel, pattern: AccessPattern) -> str:
    of = f"table {pattern.table!r}" if pattern.table else f"model {model.name!r}"
    return f"{of}: access pattern {pattern.name!r}"


def _touched(pattern: AccessPattern) -> Iterator[tuple[Entity, str | None]]:
    if pattern.operation is Operation.TRANSACT_WRITE_ITEMS:
        yield from ((part.entity, None) for part in pattern.parts)
    else:
        yield from ((entity, pattern.index) for entity in pattern.entities)


def _check_entity(
    model: DataModel, pattern: AccessPattern, entity: Entity, index: str | None
) -> None:
    where = f"table {entity.table!r}: access pattern {pattern.name!r}"
    partition = [each.name for each in model.table(entity.table).key_of(index).partition]
    if len(partition) != 1:
        raise ModelError(
            f"{where} has a tenant key, but index {index!r} has the partition key {partition}; "
            "IAM compares a partition key of 1 attribute: read another index, or drop tenant_key"
        )
    template = entity.keys[partition[0]]
    literals = _literals(template)
    if template.shards > 1 or _VARIABLE.split(str(pattern.tenant_key)) != literals:
        remedy = (
            "IAM cannot compute a shard: use a key without one, or drop tenant_key"
            if template.shards > 1
            else f"write it as {'${…}'.join(literals)!r}, a policy variable for each field"
        )
        raise ModelError(
            f"{where} has the tenant key {pattern.tenant_key!r}, but {partition[0]!r} of entity "
            f"{entity.name!r} is {template.text!r}, so IAM would deny the consumer its own "
            f"pattern; {remedy}"
        )


def _literals(template: KeyTemplate) -> list[str]:
    """Return the text before, between and after the template's fields."""
    literals = [""]
    for part in template.parts:
        if isinstance(part, str):
            literals[-1] += part
        else:
            literals.append("")
    return literals
