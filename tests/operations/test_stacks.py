"""A stack's files are judged by the settings first, which name every problem."""

from pathlib import Path
from textwrap import dedent

import pytest

from tablewright.environment import ConfigurationError
from tablewright.operations.stacks import ProjectStack
from tablewright.recorder import ConfigurationFileError

ROOT = Path(__file__).parents[2]
BAD = """
    config:
      tablewright:environment: dev
      tablewright:owner: ["x"]
      tablewright:costCentre: 42
      tablewright:stores: shop
      tablewright:enableAuditTrail: maybe
      tablewright:maxReadRequestUnits: many
      tablewright:extraTags: [Team]
"""


@pytest.fixture
def stack_of(tmp_path):
    """The project with a stack `dev` of these words."""

    def write(words):
        for name in ("Pulumi.yaml", "__main__.py"):
            (tmp_path / name).symlink_to(ROOT / name)
        (tmp_path / "Pulumi.dev.yaml").write_text(dedent(words))
        return ProjectStack(tmp_path, "dev")

    return write


@pytest.mark.parametrize("ask", [lambda stack: stack.settings, lambda stack: stack.preview()])
def test_every_problem_of_a_stack_file_is_named_with_what_to_write(stack_of, ask):
    with pytest.raises(ConfigurationError) as refused:
        ask(stack_of(BAD))
    told = {problem.key.removeprefix("tablewright:"): problem for problem in refused.value.problems}
    assert set(told) == {
        "owner",
        "costCenter",
        "costCentre",
        "stores",
        "enableAuditTrail",
        "maxReadRequestUnits",
        "extraTags",
    }
    assert str(told["owner"]) == (
        "tablewright:owner: '[\"x\"]' is not text; "
        "write, for example, `tablewright:owner: team-data`"
    )
    assert told["costCentre"].remedy == "did you mean costCenter?"


def test_what_only_the_engine_would_refuse_is_refused_next(stack_of):
    good = (ROOT / "Pulumi.dev.yaml").read_text()
    with pytest.raises(ConfigurationFileError, match=r"enableAuditTrail' is ''; .*: boolean$"):
        _ = stack_of(f"{good}  tablewright:enableAuditTrail:\n").settings
