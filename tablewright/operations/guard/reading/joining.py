"""Preview, state and program joined: what would become of each resource.

A preview alone hides some changes: options such as `protect`, and what the provider ignores. So
what is deployed is compared with what the program registers as well.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tablewright.operations.guard.reading.change import Change
from tablewright.operations.guard.reading.ignored import without_ignored
from tablewright.operations.guard.reading.operation import Operation
from tablewright.operations.guard.reading.preview import NotUnderstoodError, Side, type_of
from tablewright.operations.guard.reading.values import differing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tablewright.operations.guard.reading.preview import Preview, Step
    from tablewright.operations.guard.reading.state import State
    from tablewright.recorder import Recording, Registration

__all__ = ["Change", "joined", "providers"]

_UNCHANGING = frozenset({Operation.SAME, Operation.REFRESH, Operation.READ})
_LIVING = frozenset({Operation.SAME, Operation.UPDATE})


def joined(preview: Preview, state: State, program: Recording) -> tuple[Change, ...]:
    """Join the three; raises NotUnderstoodError where they are of different programs."""
    return tuple(_joined(preview, state, program))


def providers(preview: Preview, state: State) -> tuple[Change, ...]:
    """Return what would become of the providers, which the engine registers by itself."""
    steps = {step.urn: step for step in preview.steps if _is_provider(step.urn)}
    deployed = {urn: side for urn, side in state.resources.items() if _is_provider(urn)}
    return tuple(
        _stepped(steps[urn], deployed.get(urn), None)
        if urn in steps
        else Change(urn=urn, operation=Operation.SAME, old=deployed[urn], new=deployed[urn])
        for urn in dict.fromkeys((*deployed, *steps))
    )


def _joined(preview: Preview, state: State, program: Recording) -> Iterator[Change]:
    steps = defaultdict[str, list["Step"]](list)
    for each in preview.steps:
        steps[each.urn].append(each)
    registered = {one.urn: one for one in program.registrations}
    before = _as_called_now(state.resources, registered.values(), preview.steps)
    for urn in dict.fromkeys((*before, *registered, *steps)):
        if not _is_provider(urn):
            step, leftovers = _parted(steps.get(urn, ()))
            yield _change(urn, step, before.get(urn), registered.get(urn), preview)
            yield from leftovers


def _as_called_now(
    resources: Mapping[str, Side], registered: Iterable[Registration], steps: Iterable[Step]
) -> dict[str, Side]:
    """Return what is deployed by the URNs of today, which aliases join to those of before."""
    renamed = {alias: one.urn for one in registered for alias in one.aliases}
    renamed |= {step.old.urn: step.urn for step in steps if step.old is not None}
    return {
        urn if (now := renamed.get(urn, urn)) in resources else now: side
        for urn, side in resources.items()
    }


def _parted(steps: Iterable[Step]) -> tuple[Step | None, list[Change]]:
    """Return the step that tells most, and deletions beside it that are no part of it.

    An interrupted replacement leaves a resource that the next deployment deletes, under the URN of
    the one that lives.
    """
    ordered = sorted(steps, key=lambda step: step.operation.weight)
    if not ordered:
        return None, []
    if ordered[-1].operation in {step.operation for step in ordered[:-1]}:
        raise NotUnderstoodError(f"the preview has several steps for {ordered[-1].urn}")
    main = ordered.pop()
    if main.operation.replaces or main.operation.ends:
        return main, []
    return main, [
        Change(urn=each.urn, operation=Operation.DELETE, old=each.old or each.new, new=None)
        for each in ordered
        if each.operation.ends
    ]


def _change(
    urn: str, step: Step | None, old: Side | None, new: Registration | None, preview: Preview
) -> Change:
    if step is not None:
        return _stepped(step, old, new)
    if (old is None or new is None) and not preview.errors:
        only = "state has" if new is None else "program registers"
        raise NotUnderstoodError(
            f"the preview has no step for {urn}, which only the {only}: it is of another program "
            "or stack, or targets some resources; make a whole preview of this program"
        )
    wanted = None if new is None else _registered(new, old)
    operation = Operation.SAME
    if old is None or new is None:
        operation = Operation.CREATE if old is None else Operation.DELETE
    return Change(urn=urn, operation=operation, old=old, new=wanted)


def _stepped(step: Step, deployed: Side | None, new: Registration | None) -> Change:
    old = step.old or deployed
    if old is not None and deployed is None and step.operation in _LIVING:
        raise NotUnderstoodError(
            f"the preview has a step for {step.urn}, which the state has not: it is of another "
            "stack, or older; export the state again"
        )
    wanted = None if new is None else _registered(new, old)
    # A step that changes nothing may leave out what the provider ignores; the program does not.
    hides = step.operation in _UNCHANGING and wanted is not None
    goes = step.operation.ends and step.operation is not Operation.DELETE_REPLACED
    after = wanted if hides else (step.new or wanted)
    return Change(
        urn=step.urn,
        operation=step.operation,
        old=old,
        new=None if goes else after,
        replace_reasons=step.replace_reasons,
        reasons=step.reasons,
        stale=() if hides else tuple(_stale(step, wanted)),
        moved_on=tuple(_moved_on(step, deployed)),
    )


def _stale(step: Step, wanted: Side | None) -> Iterator[str]:
    """Give in what a preview differs from the program that it is said to be of."""
    if step.new is not None and wanted is not None:
        yield from differing(step.new.inputs, wanted.inputs)


def _moved_on(step: Step, deployed: Side | None) -> Iterator[str]:
    """Give in what a preview begins from something else than what is deployed."""
    if step.old is not None and deployed is not None:
        yield from differing(deployed.inputs, step.old.inputs)
        if step.old.protect is not deployed.protect:
            yield "protect"


def _registered(one: Registration, old: Side | None) -> Side:
    """Return a resource as the program registers it, without the changes that it ignores."""
    return Side(
        type=one.type,
        inputs=without_ignored(one.inputs, old.inputs if old else {}, one.ignore_changes),
        protect=one.protect,
        retain_on_delete=one.retain_on_delete,
        custom=one.custom,
        urn=one.urn,
    )


def _is_provider(urn: str) -> bool:
    # A provider may be the parent of a table, and then stands in its URN.
    return type_of(urn).startswith("pulumi:providers:")
