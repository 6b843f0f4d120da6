"""The commands that bring the tables under the stack, in the order in which they are safe."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tablewright.operations.adopt.whereabouts import Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.adopt.report import AdoptionReport
    from tablewright.operations.adopt.whereabouts import Whereabouts


@dataclass(frozen=True)
class Step:
    """One step: what it does and why, and the lines to run or to write."""

    title: str
    lines: tuple[str, ...]


def steps(report: AdoptionReport, file: str) -> Iterator[Step]:
    """Give the steps; `file` is where the import file is or will be.

    Whatever still has a table gives it up first: of two states with one table, each would delete
    it.
    """
    yield from _from_elsewhere(report)
    stack, options = report.stack, "--protect --generate-code=false"
    if report.imported:
        yield Step(
            "Import them, protected: nothing is changed at AWS, and nothing can be deleted by the "
            "stack until that is taken away.",
            (f"pulumi import --stack {stack} --file {shlex.quote(file)} {options}",),
        )
    yield from _unprotected(report)
    if report.imported or report.known:
        yield Step(
            "See what the first deployment would change; the guard stops what is dangerous.",
            (f"make preview STACK={stack}",),
        )
        yield Step(
            "Deploy, which sets what the model declares and makes parameters, access policies and "
            "alarms; then see that nothing differs.",
            (
                f"make up STACK={stack}",
                f"make verify STACK={stack}",
                f".venv/bin/tablewright drift --stack {stack}",
            ),
        )


def _from_elsewhere(report: AdoptionReport) -> Iterator[Step]:
    for stack, moved in _by_stack(report.known_by(Way.MOVE)):
        yield Step(
            f"Move them from the state of stack {stack!r}, which has them in the same components: "
            "their URNs become those of this program. A store moves as a whole, with its other "
            "tables, parameters, access policies and alarms. Take it out of the other program "
            "before its next deployment.",
            tuple(
                f"pulumi state move --source {stack} --dest {report.stack} {shlex.quote(urn)}"
                for urn in dict.fromkeys(each.store_urn for each in moved)
            ),
        )
    for stack, forgotten in _by_stack(report.known_by(Way.FORGET)):
        yield Step(
            f"Let the state of stack {stack!r} forget them: the tables stay at AWS. Take them out "
            "of that program before its next deployment. (To keep the state's entry, let the "
            "resource in a program of your own have its old URN as an alias.)",
            tuple(_forget(each) for each in forgotten),
        )
    renamed = {each.bearer: each.store_urn for each in report.known_by(Way.ALIAS)}
    if renamed:
        yield Step(
            "The stack has them under another name or parent. Give the store the alias of its old "
            "URN, which its tables follow; keep it for one deployment of every stack.",
            tuple(
                f'DataStore("{store}", …, opts=pulumi.ResourceOptions(aliases=["{alias}"]))'
                for store, alias in renamed.items()
            ),
        )


def _forget(each: Whereabouts) -> str:
    force = " --force" if each.protected else ""
    return f"pulumi state delete --stack {each.stack}{force} {shlex.quote(each.urn)}"


def _by_stack(known: tuple[Whereabouts, ...]) -> Iterator[tuple[str, tuple[Whereabouts, ...]]]:
    for stack in dict.fromkeys(each.stack for each in known):
        yield stack, tuple(each for each in known if each.stack == stack)


def _unprotected(report: AdoptionReport) -> Iterator[Step]:
    free = [c.registration.urn for c in report.imported if not c.registration.protect]
    if free:
        yield Step(
            "This stack's profile protects no tables, so take the protection of the import away: "
            "the guard would stop a deployment that does it unseen. From here on the guard of "
            "`make up` alone keeps them.",
            tuple(
                f"pulumi state unprotect --stack {report.stack} {shlex.quote(urn)}" for urn in free
            ),
        )
