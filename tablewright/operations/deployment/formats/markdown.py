"""The report of a deployment as GitHub's Markdown: for the summary of a job, and to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.deployment.access_matrix import access_matrices
from tablewright.operations.deployment.formats.words import (
    causes,
    checks_by_kind,
    counted_changes,
    fates,
    kind_of,
    outcome,
)
from tablewright.operations.guard.formats import markdown as guard
from tablewright.operations.policy_report.formats import markdown as policies
from tablewright.operations.policy_report.formats.markdown import code, escape, table
from tablewright.operations.verify import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.deployment.story import Story


def render(story: Story) -> str:
    """Return the report: how it ended first, then what changed, who may do what, and the proof."""
    return "\n".join(_lines(story)) + "\n"


def _lines(story: Story) -> Iterator[str]:
    settings = story.project.settings
    yield f"# {'Deployment' if story.command == 'up' else 'Preview'} of {code(story.project.stack)}"
    yield ""
    yield f"**{escape(outcome(story))}**"
    yield ""
    when = story.started.strftime("%Y-%m-%d %H:%M:%S UTC")
    yield f"Begun {when}; environment {settings.environment.value}, region {settings.region}."
    yield ""
    yield from table(
        ("stage", "ended", "result", "seconds"),
        (
            (s.title, "well" if s.ok else "**not well**", escape(s.result), f"{s.seconds:.1f}")
            for s in story.stages
        ),
    )
    yield from _listed("What to do next", [escape(line) for line in story.advice], mark="1.")
    yield from _left(story)
    yield from _changes(story)
    yield from _access(story)
    yield from _judged(story)
    yield from _verified(story)


def _changes(story: Story) -> Iterator[str]:
    if story.evidence is None:
        return
    yield f"## {'What changed' if story.updated else 'What would change'}"
    yield ""
    yield f"{counted_changes(story.changes)}."
    yield ""
    if story.changes:
        yield from table(
            ("operation", "type", "resource", "what"),
            (
                (
                    change.operation.value,
                    kind_of(change),
                    code(change.physical_name),
                    escape(causes(change)),
                )
                for change in sorted(story.changes, key=lambda change: change.operation.value)
            ),
        )


def _access(story: Story) -> Iterator[str]:
    now = "now" if story.updated else "once this is deployed"
    yield f"## Who may do what {now}"
    yield ""
    yield (
        "Item actions by table, index and stream, as the declared access patterns need them. Each "
        "consumer may also read its own SSM parameters, and the verifier of a model may read what "
        "was deployed, but no item."
    )
    yield ""
    for matrix in access_matrices(story.project.settings):
        yield f"### {escape(matrix.model)}"
        yield ""
        yield from table(
            ("on", *map(code, matrix.consumers)),
            (
                (code(thing), *(escape(cells.get(consumer, "")) for consumer in matrix.consumers))
                for thing, cells in matrix.rows.items()
            ),
        )


def _judged(story: Story) -> Iterator[str]:
    if story.guard is not None:
        yield guard.render(story.guard)
    if story.policies is not None:
        yield policies.render((story.policies,))


def _verified(story: Story) -> Iterator[str]:
    if story.verified is None:
        return
    yield "## What was verified"
    yield ""
    yield f"{escape(story.verified.summary)}."
    yield ""
    yield from table(
        ("properties of", *(escape(status) for status in Status)),
        ([escape(kind), *map(str, counts)] for kind, counts in checks_by_kind(story.verified)),
    )
    problems = [
        f"{escape(check.status)}: {code(check.resource)} {escape(check.property)}"
        for check in story.verified.problems
    ]
    yield from _listed("", problems)


def _left(story: Story) -> Iterator[str]:
    if story.aftermath is None:
        return
    yield "## What the update left"
    yield ""
    for fate, lines in fates(story.aftermath):
        yield from _listed(f"{fate}: {len(lines)}", [escape(line) for line in lines], level=3)


def _listed(title: str, lines: list[str], *, mark: str = "-", level: int = 2) -> Iterator[str]:
    if not lines:
        return
    if title:
        yield f"{'#' * level} {title}"
        yield ""
    yield from (f"{mark} {line}" for line in lines)
    yield ""
