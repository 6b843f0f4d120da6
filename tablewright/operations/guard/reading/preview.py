"""The preview that the Pulumi CLI prints as JSON, read so that nothing unknown passes for fine."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tablewright.local import property_path
from tablewright.operations.errors import OperationError
from tablewright.operations.guard.reading.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class NotUnderstoodError(OperationError):
    """What was given is no preview or state that the guard can judge."""


@dataclass(frozen=True, kw_only=True)
class Side:
    """A resource as it was, or as it is to be."""

    type: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    protect: bool = False
    retain_on_delete: bool = False
    custom: bool = True
    id: str = ""
    urn: str = ""

    @classmethod
    def of(cls, state: Mapping[str, Any], where: str) -> Side:
        """Read a resource of a preview or of an exported state."""
        inputs, outputs = state.get("inputs") or {}, state.get("outputs") or {}
        if not isinstance(inputs, dict) or not isinstance(outputs, dict):
            raise NotUnderstoodError(f"{where}: inputs or outputs of a resource are no object")
        urn, type_, custom = state.get("urn"), state.get("type"), state.get("custom")
        if not isinstance(urn, str) or not isinstance(type_, str) or not isinstance(custom, bool):
            raise NotUnderstoodError(f"{where}: a resource lacks its urn, type or custom")
        if type_of(urn) != type_:
            raise NotUnderstoodError(f"{where}: {urn} is said to be of type {type_!r}")
        return cls(
            type=type_,
            inputs=inputs,
            outputs=outputs,
            protect=bool(state.get("protect")),
            retain_on_delete=bool(state.get("retainOnDelete")),
            custom=custom,
            id=str(state.get("id", "")),
            urn=urn,
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a preview; `reasons` are the properties that differ, as the provider says."""

    operation: Operation
    urn: str
    old: Side | None
    new: Side | None
    replace_reasons: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What the engine would do, and the errors with which it stopped, if it did."""

    steps: tuple[Step, ...]
    errors: tuple[str, ...] = ()


_KEYS: Final = frozenset({"steps", "changeSummary", "config", "diagnostics", "duration"})


def read(text: str, source: str) -> Preview:
    """Read what `pulumi preview --json` wrote; raises NotUnderstoodError for anything else."""
    document = parse(text, source)
    if not isinstance(document, dict) or not ({"steps", "changeSummary"} & set(document)):
        raise NotUnderstoodError(
            f"{source} is no preview; give what `pulumi preview --json` prints"
        )
    strange = sorted(set(document) - _KEYS)
    if strange:
        raise NotUnderstoodError(f"{source} has {strange}, which no known preview has")
    steps = _listed(document, "steps", source)
    read_steps = tuple(_step(step, f"{source}, step {n}") for n, step in enumerate(steps))
    errors = tuple(_errors(_listed(document, "diagnostics", source)))
    if not errors:
        _check_whole(read_steps, document.get("changeSummary"), source)
    return Preview(steps=read_steps, errors=errors)


def parse(text: str, source: str) -> Any:  # noqa: ANN401 -- whatever the text holds
    """Parse JSON; raises NotUnderstoodError for what is none, truncated text too."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstoodError(f"{source} is no whole JSON document: {error}") from None


def type_of(urn: str) -> str:
    """Return the type token in a URN; empty where it is none."""
    _, _, rest = urn.partition("::")
    _, _, rest = rest.partition("::")
    return rest.partition("::")[0].rpartition("$")[2]


def operation_of(name: object, where: str) -> Operation:
    """Return an operation; raises NotUnderstoodError for one that is not known."""
    try:
        return Operation(str(name))
    except ValueError:
        raise NotUnderstoodError(
            f"{where}: operation {name!r} is not known; this version of tablewright is older than "
            "the CLI, so upgrade it"
        ) from None


def _step(step: object, where: str) -> Step:
    if not isinstance(step, dict) or not isinstance(step.get("urn"), str):
        raise NotUnderstoodError(f"{where} names no resource")
    old, new = (_side(step.get(key), f"{where}, {key}") for key in ("oldState", "newState"))
    if old is None and new is None:
        raise NotUnderstoodError(f"{where} has neither old nor new state")
    if new is not None and new.urn != step["urn"]:
        raise NotUnderstoodError(f"{where}: its new state is of another resource, {new.urn}")
    return Step(
        operation=operation_of(step.get("op"), where),
        urn=step["urn"],
        old=old,
        new=new,
        replace_reasons=tuple(map(str, _listed(step, "replaceReasons", where))),
        reasons=tuple(dict.fromkeys(_reasons(step, where))),
    )


def _reasons(step: dict[str, Any], where: str) -> Iterator[str]:
    detailed = step.get("detailedDiff") or {}
    if not isinstance(detailed, dict):
        raise NotUnderstoodError(f"{where}: detailedDiff is no object")
    for path in (*_listed(step, "diffReasons", where), *detailed):
        parts = property_path.parse(str(path))
        yield str(parts[0]) if parts else str(path)


def _side(state: object, where: str) -> Side | None:
    if state is None:
        return None
    if not isinstance(state, dict):
        raise NotUnderstoodError(f"{where} is no object")
    return Side.of(state, where)


def _listed(document: dict[str, Any], key: str, where: str) -> list[Any]:
    found = document.get(key) or []
    if not isinstance(found, list):
        raise NotUnderstoodError(f"{where}: {key} is no list")
    return found


def _check_whole(steps: tuple[Step, ...], summary: object, source: str) -> None:
    """Refuse a preview that counts changes which it does not show."""
    if not isinstance(summary, dict | None):
        raise NotUnderstoodError(f"{source}: changeSummary is no object")
    shown = Counter(step.operation for step in steps)
    for name, count in (summary or {}).items():
        operation = operation_of(name, f"{source}, changeSummary")
        if operation is not Operation.SAME and shown[operation] != count:
            raise NotUnderstoodError(
                f"{source} counts {count} x {name}, and has {shown[operation]} such steps; make a "
                "whole preview"
            )


def _errors(diagnostics: list[Any]) -> list[str]:
    return [
        str(each.get("message", "")).strip() or "an error without a message"
        for each in diagnostics
        if isinstance(each, dict) and each.get("severity") == "error"
    ]
