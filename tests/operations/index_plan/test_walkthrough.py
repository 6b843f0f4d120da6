"""The page on changing an index, followed to the letter in a clone of the project."""

import re

import pytest

from tests.support.engine_documents import exported, previewed
from tests.support.recorded_stores import recorded
from tests.support.stand_in_cli import StandInCli
from tests.support.walkthrough import BLOCKS, Clone, apply, model_of

UPS = 4
EXECUTED = (1, 4)
"""Which `make up` is run: with both versions of the pattern, and at the end. All four would take
twice as long; what is served after each deployment has a test of its own."""


@pytest.fixture
def cli(tmp_path):
    return StandInCli.install(tmp_path / "bin")


def test_the_page_holds_to_the_letter(tmp_path, cli):
    clone = Clone(tmp_path, cli)
    deployed = model_of(clone.root)
    printed, ups = [], 0
    for language, text in BLOCKS:
        if language == "diff":
            apply(text, clone.root)
        elif language == "text":
            assert_printed(text, "\n".join(printed))
        else:
            printed = []
            for line in text.splitlines():
                if line == "make up":
                    ups += 1
                    if ups not in EXECUTED:
                        continue
                if line.startswith("make guard"):
                    answer(cli, deployed, model_of(clone.root))
                code, said = clone.run(line)
                printed.append(said)
                assert code == expected_code(line, said), said
                if line.startswith("git commit"):
                    deployed = model_of(clone.root)
    assert ups == UPS


def answer(cli, deployed, now):
    """Have the CLI say what it would of stack dev."""
    before, after = (recorded(model, "dev")[1] for model in (deployed, now))
    cli.answers(
        {
            "preview": [{"says": previewed(before, after)}],
            "stack export": [{"says": exported(before)}],
        }
    )


def expected_code(line, said):
    """Return 2, make's own, where the guard is to stop."""
    return 2 if line.startswith("make guard") and "STOPPED" in said else 0


def assert_printed(quoted, said):
    """Find every line of a quotation, in order; … is anything, a line break any space."""
    place = 0
    for line in re.sub(r"\n(?=[A-Z]{3} )", " ", quoted).splitlines():
        parts = [re.escape(" ".join(part.split())) for part in line.split("…")]
        found = re.compile(".*?".join(parts)).search(squeezed(said), place)
        assert found, f"{line!r} is not in what follows {squeezed(said)[place:]}"
        place = found.end()


def squeezed(text):
    return "\n".join(" ".join(line.split()) for line in text.splitlines())
