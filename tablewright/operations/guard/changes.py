"""What would become of each resource: preview, state and program joined.

A preview alone hides some changes: options such as `protect`, and what the provider ignores. So
what is deployed is compared with what the program registers as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tablewright.operations.guard.preview import NotUnderstoodError, Operation, Side
from tablewright.recorder.registration import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tablewright.operations.guard.preview import Preview, Step
    from tablewright.operations.guard.state import State
    from tablewright.recorder import Recording, Registration

REPLACING = frozenset({Operation.REPLACE, Operation.CREATE_REPLACEMENT, Operation.DELETE_REPLACED})
_DEFAULTS = "__defaults"
_TABLE = "aws:dynamodb/table:Table"
_SECRET = "4dabf18193072939515e22adb298388d"  # noqa: S105 -- Pulumi's mark of a secret value


@dataclass(frozen=True, kw_only=True)
class Change:
    """One resource before and after; `old` is None for a new one, `new` for one that goes."""

    urn: str
    operation: Operation
    old: Side | None
    new: Side | None
    replace_reasons: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The resource's type token."""
        side = self.new or self.old
        return side.type if side else ""

    @property
    def name(self) -> str:
        """The resource's logical name."""
        return self.urn.split("::", 3)[-1]

    @property
    def physical_name(self) -> str:
        """The name at AWS, as it is or was; the logical name where none is given."""
        for side in (self.old, self.new):
            name = side and (side.inputs.get("name") or side.outputs.get("name"))
            if isinstance(name, str) and name:
                return name
        return self.name

    @property
    def removed(self) -> bool:
        """Tell whether the program no longer registers the resource."""
        return self.new is None

    @property
    def replaced(self) -> bool:
        """Tell whether the resource is deleted and made anew."""
        return self.operation in REPLACING

    @property
    def changed(self) -> tuple[str, ...]:
        """The inputs that differ, in order of name; none where one side is missing."""
        if self.old is None or self.new is None:
            return ()
        return tuple(differing(self.old.inputs, self.new.inputs))

    def before(self, name: str) -> Any:  # noqa: ANN401 -- whatever the input is
        """Return an input as it was, None where it was not set."""
        return None if self.old is None else self.old.inputs.get(name)

    def after(self, name: str) -> Any:  # noqa: ANN401 -- as above
        """Return an input as it is to be, None where it is not set."""
        return None if self.new is None else self.new.inputs.get(name)


def differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[str]:
    """Give the names of inputs that differ.

    Secrets, unknown values, and what the provider filled in by itself are not compared.
    """
    filled_in = {name for name in old.get(_DEFAULTS) or () if name not in new}
    for name in sorted({*old, *new} - filled_in - {_DEFAULTS}):
        before, after = old.get(name), new.get(name)
        if not _alike(before, after):
            yield name


def _alike(before: Any, after: Any) -> bool:  # noqa: ANN401 -- any two inputs
    if after is UNKNOWN or before is UNKNOWN or _is_secret(before) or _is_secret(after):
        return True
    if isinstance(before, dict) and isinstance(after, dict):
        return not any(differing(before, after))
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_alike, before, after))
    return bool(before == after) or (_is_nothing(before) and _is_nothing(after))


def _is_nothing(value: object) -> bool:
    return value is None or value in ([], {}, "")


def _is_secret(value: object) -> bool:
    return isinstance(value, dict) and _SECRET in value


def joined(preview: Preview, state: State, program: Recording) -> tuple[Change, ...]:
    """Join the three; raises NotUnderstoodError where they are of different programs."""
    steps = {step.urn: step for step in _most_telling(preview.steps)}
    registered = {one.urn: one for one in program.registrations}
    before = _as_called_now(state.resources, registered.values())
    return tuple(
        _change(urn, steps.get(urn), before.get(urn), registered.get(urn), preview)
        for urn in dict.fromkeys((*before, *registered, *steps))
        if "::pulumi:providers:" not in urn
    )


def _as_called_now(
    resources: Mapping[str, Side], registered: Iterable[Registration]
) -> dict[str, Side]:
    """Return what is deployed by the URNs of today, which aliases join to those of before."""
    renamed = {alias: one.urn for one in registered for alias in one.aliases}
    return {renamed.get(urn, urn): side for urn, side in resources.items()}


def _most_telling(steps: Iterable[Step]) -> Iterable[Step]:
    """Put the parts of one replacement in an order in which the replacement itself is last."""
    return sorted(steps, key=lambda step: step.operation is Operation.REPLACE)


def _change(
    urn: str, step: Step | None, old: Side | None, new: Registration | None, preview: Preview
) -> Change:
    wanted = None if new is None else _registered(new, old)
    if step is not None:
        gone = step.operation is Operation.DELETE
        return Change(
            urn=urn,
            operation=step.operation,
            old=step.old or old,
            new=None if gone else _new(step, wanted),
            replace_reasons=step.replace_reasons,
        )
    if (old is None or wanted is None) and not preview.errors:
        only = "state has" if wanted is None else "program registers"
        raise NotUnderstoodError(
            f"the preview has no step for {urn}, which only the {only}: it is of another program "
            "or stack, or targets some resources; make a whole preview of this program"
        )
    operation = Operation.SAME
    if old is None or wanted is None:
        operation = Operation.CREATE if old is None else Operation.DELETE
    return Change(urn=urn, operation=operation, old=old, new=wanted)


def _new(step: Step, wanted: Side | None) -> Side | None:
    # A step that changes nothing may leave out what the provider ignores; the program does not.
    hides = step.operation is Operation.SAME and wanted is not None and wanted.type == _TABLE
    return wanted if hides else (step.new or wanted)


def _registered(one: Registration, old: Side | None) -> Side:
    """Return a resource as the program registers it, without the changes that it ignores."""
    inputs = dict(one.inputs)
    for name in one.ignore_changes:
        if old is not None and name in old.inputs:
            inputs[name] = old.inputs[name]
    return Side(
        type=one.type,
        inputs=inputs,
        outputs={},
        protect=one.protect,
        retain_on_delete=one.retain_on_delete,
        custom=one.custom,
    )
