"""The examples in docs/guard.md are the guard's own words on the recordings."""

import pytest

from tablewright.operations.guard.finding import Kind
from tablewright.operations.guard.formats import text
from tablewright.operations.guard.formats.words import TITLES
from tablewright.operations.guard.judge import findings
from tablewright.operations.guard.report import GuardReport
from tests.support import recorded_previews
from tests.support.recording import ROOT

DOCUMENT = (ROOT / "docs" / "guard.md").read_text()
EXAMPLES = {
    Kind.DATA_LOSS: "protected-key-changed",
    Kind.INDEX_OUTAGE: "index-renamed",
    Kind.RECOVERY_WEAKENED: "recovery-window-shortened",
    Kind.CONTRACT_BROKEN: "permission-removed",
    Kind.SILENT: "key-attribute-type-changed",
}


def said(name):
    found = findings(
        recorded_previews.preview_of(name),
        recorded_previews.deployed(),
        recorded_previews.program(name),
        recorded_previews.USES,
    )
    stopping = tuple(each for each in found if each.stops)
    report = GuardReport(stack="prod", findings=stopping, steps={}, positions={})
    return text.render(report).plain.rpartition("\n\n")[0]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_example_is_what_the_guard_says(kind):
    assert f"```text\n{said(EXAMPLES[kind])}\n```" in DOCUMENT


@pytest.mark.parametrize("kind", [*TITLES, Kind.NOTE])
def test_every_kind_is_explained(kind):
    assert f"`{kind}`" in DOCUMENT
