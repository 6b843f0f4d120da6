"""What to do after an update that did not end well."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.deployment.aftermath import Aftermath
    from tablewright.operations.deployment.update import Ended

_CREATING = "creating"


def next_steps(stack: str, ended: Ended, aftermath: Aftermath | None) -> tuple[str, ...]:
    """Return the steps in the order in which they are to be done."""
    return tuple(_steps(stack, ended, aftermath))


def _steps(stack: str, ended: Ended, aftermath: Aftermath | None) -> Iterator[str]:
    if ended.killed:
        yield (
            "the CLI may have left the stack locked: see that nobody else deploys it, then "
            f"`pulumi cancel {stack}`"
        )
    if aftermath is None:
        yield (
            "find out what was done as soon as the backend answers: "
            f"`pulumi stack export --stack {stack}`; its pending_operations are what is not known"
        )
    elif aftermath.pending:
        yield (
            f"compare the state with AWS: `pulumi refresh --stack {stack}`; it settles what was "
            "being updated or deleted"
        )
        if any(each.doing == _CREATING for each in aftermath.pending):
            yield (
                "what was being created may be at AWS without the state knowing: where it is, let "
                "the refresh import it under its physical name; where it is not, add "
                "--clear-pending-creates"
            )
    first = "" if ended.interrupts else "mend the cause, then "
    yield f"{first}`make up STACK={stack}`: it previews, judges and does what is not done"


def pending_before(stack: str) -> tuple[str, ...]:
    """Return what to do where an earlier update left operations of unknown outcome."""
    settle = (
        f"`pulumi refresh --stack {stack}`: it asks AWS about each; what was being created is "
        "imported where it is there, or dropped with --clear-pending-creates where it is not; "
        f"where the stack is locked, and nobody deploys it, `pulumi cancel {stack}` comes first"
    )
    return (settle, f"then `make up STACK={stack}` again")
