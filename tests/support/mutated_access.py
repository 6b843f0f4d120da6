"""Changes that a developer could make to the managed policies of a recorded program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.mutations import on, with_inputs
from tests.support.recording import MANAGED_POLICY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tablewright.recorder import Registration
    from tests.support.mutations import Change, Program

    Statements = list[dict[str, Any]]


def statement(at: str, sid: str, **elements: object) -> Change:
    """Set elements of a statement of a managed policy; None leaves one out."""

    def change(held: Statements) -> Statements:
        assert sid in {each["Sid"] for each in held}, f"{at} has no statement {sid!r}"
        return [_without_none(each | elements) if each["Sid"] == sid else each for each in held]

    return _on_statements(at, change)


def allow(at: str, sid: str, *actions: str) -> Change:
    """Let a statement of a managed policy allow more actions."""
    return _on_statements(
        at,
        lambda held: [
            each | {"Action": [*each["Action"], *actions]} if each["Sid"] == sid else each
            for each in held
        ],
    )


def grant(at: str, sid: str, actions: object, resources: object, **elements: object) -> Change:
    """Add a statement to a managed policy."""
    new = {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resources, **elements}
    return _on_statements(at, lambda held: [*held, _without_none(new)])


def revoke(at: str, *sids: str) -> Change:
    """Leave out statements of a managed policy."""
    return _on_statements(at, lambda held: [each for each in held if each["Sid"] not in sids])


def unname(*endings: str) -> Change:
    """Leave out of every managed policy the resources that end so."""

    def change(held: Statements) -> Statements:
        return [
            each | {"Resource": [arn for arn in each["Resource"] if not arn.endswith(endings)]}
            for each in held
        ]

    def everywhere(program: Program) -> Program:
        changed = tuple(
            _edited(each, change) if each.type == MANAGED_POLICY else each for each in program
        )
        assert changed != program, f"no access policy names {endings}"
        return changed

    return everywhere


def _on_statements(at: str, change: Callable[[Statements], Statements]) -> Change:
    return on(at, lambda each, _: _edited(each, change))


def _edited(each: Registration, change: Callable[[Statements], Statements]) -> Registration:
    document = json.loads(each.inputs["policy"])
    document["Statement"] = change(document["Statement"])
    text = json.dumps(document, separators=(",", ":"))  # as the program writes it
    return with_inputs(each, {**each.inputs, "policy": text})


def _without_none(elements: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in elements.items() if value is not None}
