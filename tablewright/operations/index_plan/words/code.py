"""Declarations as one would write them in a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.models import Comparator, Operation, ProjectionKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.models import AccessPattern, Attribute, Index, Key, KeyCondition, Stream


def index_code(index: Index) -> str:
    """Write the declaration of an index."""
    parts = [f"name={_text(index.name)}", f"key={_key(index.key)}"]
    if index.local:
        parts.append("local=True")
    kind = index.projection.kind
    if kind is ProjectionKind.INCLUDE:
        names = ", ".join(_text(name) for name in index.projection.attributes)
        parts.append(f"projection=Projection.include({names})")
    elif kind is ProjectionKind.KEYS_ONLY:
        parts.append("projection=KEYS_ONLY")
    if warm := index.warm_throughput:
        units = f"read_units={warm.read_units}, write_units={warm.write_units}"
        parts.append(f"warm_throughput=WarmThroughput({units})")
    if index.kept_because:
        parts.append(f"kept_because={_text(index.kept_because)}")
    return f"Index({', '.join(parts)})"


def stream_code(stream: Stream | None) -> str:
    """Write the declaration of a stream."""
    if stream is None:
        return "None"
    trail = ", audit_trail_only=True" if stream.audit_trail_only else ""
    return f"Stream(view=StreamView.{stream.view.name}{trail})"


def pattern_code(pattern: AccessPattern) -> str:
    """Write the declaration of an access pattern; other than a query in general words."""
    consumers = ", ".join(_text(name) for name in pattern.consumers)
    if pattern.operation is not Operation.QUERY:
        return f"{pattern.operation} {_text(pattern.name)} on {pattern.table} for {consumers}"
    names = [entity.name.upper() for entity in pattern.entities]
    entities = names[0] if len(names) == 1 else f"({', '.join(names)})"
    return f"query({_text(pattern.name)}, {entities}, {consumers}, {reading_code(pattern)})"


def reading_code(pattern: AccessPattern) -> str:
    """Write what a query reads, and how."""
    parts = [f"index={_text(pattern.index)}"] if pattern.index else []
    if pattern.key:
        parts.append(f"key=({_row(_condition(each) for each in pattern.key)})")
    if pattern.descending:
        parts.append("descending=True")
    if pattern.attributes:
        parts.append(f"attributes=({_row(_text(name) for name in pattern.attributes)})")
    return ", ".join(parts)


def _row(parts: Iterable[str]) -> str:
    """Write the inside of a tuple."""
    written = list(parts)
    return f"{written[0]}," if len(written) == 1 else ", ".join(written)


def _condition(condition: KeyCondition) -> str:
    name, template = _text(condition.attribute), _text(condition.template.text)
    if condition.comparator is Comparator.EQUALS:
        return f"equals({name}, {template})"
    if condition.comparator is Comparator.BEGINS_WITH:
        return f"begins_with({name}, {template})"
    if condition.upper is not None:
        return f"between({name}, {template}, {_text(condition.upper.text)})"
    return f"compare({name}, Comparator.{condition.comparator.name}, {template})"


def _key(key: Key) -> str:
    if len(key.partition) == 1 and len(key.sort) <= 1:
        return f"Key.of({', '.join(_attribute(each) for each in key.attributes)})"
    parts = (_row(_attribute(a, whole=True) for a in part) for part in (key.partition, key.sort))
    return f"Key({', '.join(f'({part})' for part in parts)})"


def _attribute(attribute: Attribute, *, whole: bool = False) -> str:
    if attribute.type == "S" and not whole:
        return _text(attribute.name)
    kind = "" if attribute.type == "S" else f", AttributeType.{attribute.type.name}"
    return f"Attribute({_text(attribute.name)}{kind})"


def _text(text: str | None) -> str:
    """Write a string in double quotes, as the formatter does."""
    return f'"{"".join(map(_character, str(text)))}"'


def _character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else repr(character)[1:-1]
