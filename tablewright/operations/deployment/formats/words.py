"""Words that both forms of a deployment's report share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tablewright.operations.policy_report.formats.wording import one_line
from tablewright.operations.verify import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tablewright.operations.deployment.aftermath import Aftermath
    from tablewright.operations.deployment.story import Story
    from tablewright.operations.guard.reading.joining import Change
    from tablewright.operations.verify import Report


def counted_changes(changes: Iterable[Change]) -> str:
    """Count changes by what the engine does."""
    counts = Counter(change.operation.value for change in changes)
    return ", ".join(f"{n} {name}" for name, n in sorted(counts.items())) or "no change"


def kind_of(change: Change) -> str:
    """Name the type of a resource in a word."""
    return one_line(change.type.rpartition(":")[2])


def causes(change: Change) -> str:
    """Name what changes of a resource that stays."""
    replaced = change.replace_reasons if change.replaced else ()
    return one_line(", ".join(dict.fromkeys((*replaced, *change.changed))))


def fates(aftermath: Aftermath) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give what became of the changes, each fate with its resources; empty ones left out."""
    listed = (
        ("Done", map(_named, aftermath.done)),
        ("Replaced, the old one still to be deleted", map(_named, aftermath.half)),
        (
            "In doubt",
            (f"{each.doing} {_of_urn(each.urn)}" for each in aftermath.pending),
        ),
        ("Not begun", map(_named, aftermath.open)),
    )
    for fate, lines in listed:
        if named := tuple(one_line(line) for line in lines):
            yield fate, named


def fate_counts(aftermath: Aftermath) -> str:
    """Count the fates in a line."""
    return ", ".join(f"{len(lines)} {fate.lower()}" for fate, lines in fates(aftermath))


def checks_by_kind(report: Report) -> Iterator[tuple[str, list[int]]]:
    """Count the checked properties of each kind of resource, by how they came out."""
    found = Counter((_checked(check.resource), check.status) for check in report.checks)
    for kind in dict.fromkeys(kind for kind, _ in found):
        yield kind, [found[kind, status] for status in Status]


def _checked(resource: str) -> str:
    """Name the kind of a checked resource, which its name begins with."""
    return resource.partition(" ")[0]


def outcome(story: Story) -> str:
    """Say in one line how a deployment ended."""
    changes = counted_changes(story.changes) if story.evidence else "nothing previewed"
    return one_line(f"{changes}: {story.ending}")


def _named(change: Change) -> str:
    return f"{change.operation.value} {kind_of(change)} {change.physical_name}"


def _of_urn(urn: str) -> str:
    types, _, name = urn.rpartition("::")
    return f"{types.rpartition(':')[2]} {name}"
