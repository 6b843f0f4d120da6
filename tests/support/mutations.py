"""Changes that a developer could make to a recorded program, in a few words.

A resource is called as waivers call it, `<type>::<name>`. A change takes the registrations and
gives new ones, with the outputs that AWS would then have.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from rules.framework.waivers import subject_of
from tablewright.recorder import UNKNOWN, OfflineBackend, Registration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Program = tuple[Registration, ...]
    Change = Callable[[Program], Program]


class Output(NamedTuple):
    """An output of a resource as the value of another's input: unknown until it is deployed."""

    of: str
    name: str


def several(*changes: Change) -> Change:
    """Make one change of several."""
    return lambda program: reduce(lambda changed, change: change(changed), changes, program)


def put(at: str, path: str, value: object) -> Change:
    """Set an input; the path's parts are joined by dots, those of lists are positions."""
    return on(at, lambda each, program: _put(each, program, path, value))


def take(at: str, path: str) -> Change:
    """Leave out an input."""
    return on(at, lambda each, _: with_inputs(each, _changed(each.inputs, path, _removing)))


def append(at: str, path: str, *values: object) -> Change:
    """Put values at the end of a list."""

    def longer(held: Any, key: Any) -> Any:
        return _set(held, key, [*held[key], *values])

    return on(at, lambda each, _: with_inputs(each, _changed(each.inputs, path, longer)))


def option(at: str, **options: Any) -> Change:
    """Set options of a resource."""
    return on(at, lambda each, _: replace(each, **options))


def drop(*ats: str) -> Change:
    """Leave out resources."""

    def change(program: Program) -> Program:
        dropped = {find(program, at).urn for at in ats}
        return tuple(each for each in program if each.urn not in dropped)

    return change


def add(at: str, inputs: Mapping[str, object], **options: Any) -> Change:
    """Add a resource at the end of the program."""
    type_, _, name = at.partition("::")

    def change(program: Program) -> Program:
        stack = program[0]
        urn = "::".join((*stack.urn.split("::")[:2], at))
        id_ = None if is_preview(program) else name
        new = Registration(urn=urn, type=type_, name=name, custom=True, parent=stack.urn, id=id_)
        new = replace(new, **options)
        for key, value in inputs.items():
            new = _put(new, program, key, value)
        return (*program, new)

    return change


def copy(at: str, name: str, texts: Mapping[str, str]) -> Change:
    """Add a resource like another with some texts replaced; options are alike."""

    def change(program: Program) -> Program:
        old = find(program, at)
        new = replace(old, urn=f"{old.urn.rpartition('::')[0]}::{name}", name=name)
        for pattern, text in texts.items():
            new = with_inputs(new, _retold(new.inputs, re.compile(pattern), text))
        return (*program, new)

    return change


def rename(pattern: str, text: str, *, only: str | None = None) -> Change:
    """Replace a text in every input of the program, or of one resource alone, documents included.

    What AWS makes of the inputs follows.
    """

    def change(program: Program) -> Program:
        wanted = re.compile(pattern)
        changed = tuple(
            with_inputs(each, _retold(each.inputs, wanted, text))
            if only in {None, subject_of(each.urn)}
            else each
            for each in program
        )
        assert changed != program, f"{pattern!r} is nowhere in the program"
        return changed

    return change


def find(program: Program, at: str) -> Registration:
    """Return the one resource that is called so."""
    found = [each for each in program if subject_of(each.urn) == at]
    assert len(found) == 1, f"{len(found)} resources are called {at}"
    return found[0]


def is_preview(program: Program) -> bool:
    """Tell whether a program was recorded as a preview: nothing has an id."""
    return all(each.id is None for each in program)


def on(at: str, change: Callable[[Registration, Program], Registration]) -> Change:
    """Make a change of one resource."""

    def everywhere(program: Program) -> Program:
        old = find(program, at)
        new = change(old, program)
        assert new != old, f"the change leaves {at} as it is"
        return tuple(new if each is old else each for each in program)

    return everywhere


def _put(each: Registration, program: Program, path: str, value: object) -> Registration:
    sources: list[str] = []
    known = _resolved(value, program, sources)
    inputs = _changed(each.inputs, path, lambda held, key: _set(held, key, known))
    links = {**each.property_dependencies, path.partition(".")[0]: tuple(sources)}
    return with_inputs(replace(each, property_dependencies=links), inputs)


def _resolved(value: Any, program: Program, sources: list[str]) -> Any:
    """Put outputs in their places, and note whose they are."""
    if isinstance(value, Output):
        source = find(program, value.of)
        sources.append(source.urn)
        return source.outputs.get(value.name, UNKNOWN)
    if isinstance(value, list):
        return [_resolved(inner, program, sources) for inner in value]
    return value


def with_inputs(each: Registration, inputs: Mapping[str, Any]) -> Registration:
    """Return a resource with other inputs, and the outputs that follow from them."""
    if inputs == each.inputs:
        return each
    changed = replace(each, inputs=inputs)
    if not each.custom:
        return changed
    outputs = inputs if each.id is None else OfflineBackend().create(changed)[1]
    return replace(changed, outputs=outputs)


def _changed(value: Any, path: str, change: Callable[[Any, Any], Any]) -> Any:
    first, _, rest = path.partition(".")
    key = int(first) if isinstance(value, list) else first
    if not rest:
        return change(value, key)
    inner = value[key] if isinstance(value, list) else value.get(key, {})
    return _set(value, key, _changed(inner, rest, change))


def _set(held: Any, key: Any, value: object) -> Any:
    if isinstance(held, list):
        return [value if position == key else each for position, each in enumerate(held)]
    return {**held, key: value}


def _removing(held: Any, key: Any) -> Any:
    if isinstance(held, list):
        return [each for position, each in enumerate(held) if position != key]
    return {name: value for name, value in held.items() if name != key}


def _retold(value: Any, pattern: re.Pattern[str], text: str) -> Any:
    if isinstance(value, str):
        return pattern.sub(text, value)
    if isinstance(value, dict):
        return {name: _retold(inner, pattern, text) for name, inner in value.items()}
    if isinstance(value, list):
        return [_retold(inner, pattern, text) for inner in value]
    return value
