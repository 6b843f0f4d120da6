"""The preview that the Pulumi CLI prints as JSON, read so that nothing unknown passes for fine."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Mapping


class NotUnderstoodError(OperationError):
    """What was given is no preview or state that the guard can judge."""


class Operation(StrEnum):
    """What the engine would do with a resource (pulumi: `deploy.StepOp`)."""

    SAME = "same"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    REPLACE = "replace"
    CREATE_REPLACEMENT = "create-replacement"
    DELETE_REPLACED = "delete-replaced"
    READ = "read"
    READ_REPLACEMENT = "read-replacement"
    REFRESH = "refresh"
    READ_DISCARD = "discard"
    DISCARD_REPLACED = "discard-replaced"
    REMOVE_PENDING_REPLACE = "remove-pending-replace"
    IMPORT = "import"
    IMPORT_REPLACEMENT = "import-replacement"

    @property
    def creates(self) -> bool:
        """Tell whether the engine makes the resource without a predecessor."""
        return self is Operation.CREATE


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

    @classmethod
    def of(cls, state: Mapping[str, Any], where: str) -> Side:
        """Read a resource of a preview or of an exported state."""
        inputs, outputs = state.get("inputs") or {}, state.get("outputs") or {}
        if not isinstance(inputs, dict) or not isinstance(outputs, dict):
            raise NotUnderstoodError(f"{where}: inputs or outputs of a resource are no object")
        return cls(
            type=str(state.get("type", "")),
            inputs=inputs,
            outputs=outputs,
            protect=bool(state.get("protect")),
            retain_on_delete=bool(state.get("retainOnDelete")),
            custom=bool(state.get("custom")),
            id=str(state.get("id", "")),
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a preview."""

    operation: Operation
    urn: str
    old: Side | None
    new: Side | None
    replace_reasons: tuple[str, ...] = ()


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
    steps = document.get("steps") or []
    diagnostics = document.get("diagnostics") or []
    if not isinstance(steps, list) or not isinstance(diagnostics, list):
        raise NotUnderstoodError(f"{source}: steps or diagnostics are no list")
    return Preview(
        steps=tuple(_step(step, f"{source}, step {n}") for n, step in enumerate(steps)),
        errors=tuple(_errors(diagnostics)),
    )


def parse(text: str, source: str) -> Any:  # noqa: ANN401 -- whatever the text holds
    """Parse JSON; raises NotUnderstoodError for what is none, truncated text too."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstoodError(f"{source} is no whole JSON document: {error}") from None


def _step(step: object, where: str) -> Step:
    if not isinstance(step, dict) or not isinstance(step.get("urn"), str):
        raise NotUnderstoodError(f"{where} names no resource")
    try:
        operation = Operation(str(step.get("op")))
    except ValueError:
        raise NotUnderstoodError(
            f"{where}: operation {step.get('op')!r} is not known; this version of tablewright is "
            "older than the CLI, so upgrade it"
        ) from None
    old, new = (_side(step.get(key), f"{where}, {key}") for key in ("oldState", "newState"))
    if old is None and new is None:
        raise NotUnderstoodError(f"{where} has neither old nor new state")
    reasons = step.get("replaceReasons") or []
    if not isinstance(reasons, list):
        raise NotUnderstoodError(f"{where}: replaceReasons are no list")
    return Step(
        operation=operation,
        urn=step["urn"],
        old=old,
        new=new,
        replace_reasons=tuple(map(str, reasons)),
    )


def _side(state: object, where: str) -> Side | None:
    if state is None:
        return None
    if not isinstance(state, dict):
        raise NotUnderstoodError(f"{where} is no object")
    return Side.of(state, where)


def _errors(diagnostics: list[Any]) -> list[str]:
    return [
        str(each.get("message", "")).strip()
        for each in diagnostics
        if isinstance(each, dict) and each.get("severity") == "error"
    ]
