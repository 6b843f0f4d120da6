"""`guard-allow.yaml`: single findings that somebody accepts, for a time and a reason."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta

import pytest
import yaml

from tablewright.operations.errors import OperationError
from tablewright.operations.guard.allowances import Allowances
from tablewright.operations.guard.finding import Finding, Kind
from tests.support.guard_scenes import deployed, previewed
from tests.support.recording import ROOT, TABLE

FILES = next(each["urn"] for each in deployed("prod").of_type(TABLE) if "::file-" in each["urn"])
TODAY = date(2026, 11, 21)
ENTRY = {
    "policy": "recovery-weakened",
    "resource": "aws:dynamodb/table:Table::file-sharing-files",
    "environments": ["prod"],
    "reason": "The table is empty until the launch.",
    "owner": "team-data",
    "expires": date(2026, 12, 24),
}
FINDING = Finding(
    kind=Kind.RECOVERY_WEAKENED, cause="ttl", urn=FILES, thing="dropify-prod-files", what="…"
)


@pytest.fixture
def allowances(project):
    """Read the entries of a file, on a day."""

    def read(*entries, environment="prod", today=TODAY):
        text = yaml.safe_dump([{k: v for k, v in e.items() if v is not None} for e in entries])
        (project / "guard-allow.yaml").write_text(text)
        return Allowances.of(project, environment, today=today)

    return read


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"resource": "aws:dynamodb/table:Table::*"},
        {"resource": "*::file-*"},
        {"finding": "ttl"},
        {"expires": TODAY},
        {"environments": ["dev", "prod"]},
    ],
)
def test_an_entry_accepts_what_it_names(allowances, change):
    found = allowances(ENTRY | change)
    assert list(found.problems()) == []
    assert list(found.unused([FINDING])) == []
    words = found.accepting(FINDING).words
    assert "guard-allow.yaml:1: accepted by team-data" in words
    assert ENTRY["reason"] in words


@pytest.mark.parametrize(
    "change",
    [
        {"policy": "data-loss"},
        {"resource": "aws:dynamodb/table:Table::other"},
        {"finding": "pointInTimeRecovery"},
    ],
)
def test_an_entry_that_names_another_finding_accepts_nothing_and_is_told(allowances, change):
    found = allowances(ENTRY | change)
    assert found.accepting(FINDING) is None
    assert list(found.problems()) == []
    (hint,) = found.unused([FINDING])
    assert "accepts nothing here; remove it" in hint


def test_an_entry_of_another_environment_is_not_for_this_one(allowances):
    found = allowances(ENTRY | {"environments": ["dev"]})
    assert found.accepting(FINDING) is None
    assert list(found.problems()) == list(found.unused([FINDING])) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"expires": date(2026, 11, 20)}, "expired on 2026-11-20, so it accepts nothing"),
        ({"expires": date(2027, 12, 24)}, "at most a year ahead"),
        ({"expires": "soon"}, "must be a date"),
        ({"resource": "*"}, "resource must be a glob"),
        ({"environments": ["nowhere"]}, "environments must be a list"),
        ({"reason": "because"}, "say why"),
        ({"owner": None}, "lacks owner"),
        ({"policy": "note"}, "does not exist"),
        ({"policy": "recovery-weekened"}, "did you mean 'recovery-weakened'?"),
        ({"more": 1}, "unknown key 'more'"),
    ],
)
def test_an_entry_that_is_expired_or_malformed_accepts_nothing_and_is_a_problem(
    allowances, change, told
):
    found = allowances(ENTRY | change)
    assert found.accepting(FINDING) is None
    (problem,) = found.problems()
    assert told in problem
    assert "guard-allow.yaml:1" in problem
    assert list(found.unused([FINDING])) == []


def test_of_several_entries_each_counts_for_itself(allowances):
    found = allowances(ENTRY | {"owner": ""}, ENTRY | {"policy": "silent"}, ENTRY)
    assert "guard-allow.yaml:14" in found.accepting(FINDING).words
    assert len(list(found.problems())) == 1
    assert len(list(found.unused([FINDING]))) == 1


def test_without_a_file_nothing_is_accepted(project):
    assert Allowances.of(project, "prod").accepting(FINDING) is None


def test_a_file_that_is_named_must_be_there(project, tmp_path):
    with pytest.raises(OperationError, match="there is no"):
        Allowances.of(project, "prod", file=tmp_path / "none.yaml")


def test_a_file_without_the_pack_whose_loader_reads_it_is_refused(tmp_path):
    (tmp_path / "guard-allow.yaml").write_text("[]")
    with pytest.raises(OperationError, match="its loader is the policy pack's"):
        Allowances.of(tmp_path, "prod")


@pytest.fixture
def forgetting(files):
    """A preview that gives up the TTL attribute of a table, and the state before it."""
    scene = deployed("prod")
    resource = deepcopy(scene.resources[FILES])
    resource["inputs"]["ttl"] = {"attributeName": "was", "enabled": True}
    step = {**scene.step("update", FILES), "oldState": resource}
    state = json.loads(scene.exported())
    listed = state["deployment"]["resources"]
    state["deployment"]["resources"] = [r for r in listed if r["urn"] != FILES] + [resource]
    return files(previewed(step), json.dumps(state))


@pytest.mark.parametrize(
    ("change", "ends"),
    [
        ({}, (0, "prod: fine: 1 accepted")),
        ({"policy": "silent"}, (1, "Allowances that nothing needs: 1")),
        ({"expires": date(2026, 1, 1)}, (1, "expired on 2026-01-01")),
        ({"reason": ""}, (1, "lacks reason")),
    ],
)
def test_the_command_heeds_the_file_of_the_project(guard, forgetting, project, change, ends):
    soon = datetime.now(UTC).date() + timedelta(days=30)
    entry = ENTRY | {"expires": soon} | change
    (project / "guard-allow.yaml").write_text(yaml.safe_dump([entry]))
    finished = guard(*forgetting)
    assert finished.returncode == ends[0], finished
    assert ends[1] in finished.stdout


def test_the_example_in_the_documents_is_read(project):
    text = (ROOT / "docs" / "guard.md").read_text()
    example = text.partition("```yaml\n- policy")[2].partition("```")[0]
    (project / "guard-allow.yaml").write_text(f"- policy{example}")
    found = Allowances.of(project, "prod", today=TODAY)
    assert list(found.problems()) == []
    assert len(found.entries.waivers) == 2
