"""Where the report of a deployment goes: one file, and the summary of a GitHub job."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tablewright.operations.deployment.formats import markdown
from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report import outputs

if TYPE_CHECKING:
    from tablewright.operations.deployment.story import Story
    from tablewright.operations.stacks import ProjectStack

FOLDER: Final = Path(".tablewright") / "reports"
_SUMMARY: Final = "GITHUB_STEP_SUMMARY"
"""What GitHub Actions names the file of a job's summary by."""


@dataclass(frozen=True, kw_only=True)
class Files:
    """The file that is written anew, and the one that is added to."""

    report: Path
    summary: Path | None = None
    shared: bool = False
    """Whether other steps of a job write into the report too."""


def files(project: ProjectStack, asked: Path | None) -> Files:
    """Return the files of a report; OperationError for one that could not be written.

    They are checked before the work, so that no deployment ends without its report.
    """
    named = os.environ.get(_SUMMARY)
    summary = Path(named) if named else None
    report = asked or _own(project)
    outputs.check(report)
    if summary is None:
        return Files(report=report)
    if summary.resolve() == report.resolve():
        return Files(report=report, shared=True)
    outputs.check(summary)
    return Files(report=report, summary=summary)


def write(files: Files, story: Story) -> None:
    """Write the report of a deployment that ended in any way."""
    content = markdown.render(story)
    outputs.write(files.report, content, append=files.shared)
    if files.summary:
        outputs.write(files.summary, content, append=True)


def _own(project: ProjectStack) -> Path:
    folder = project.root / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperationError(
            f"{folder} cannot be made: {error.strerror}; name a file with --report (REPORT)"
        ) from None
    return folder / f"{project.stack}.md"
