"""What the README shows of the policy pack works to the letter."""

import re

import pytest

from tablewright.operations.policy_report.run import PackRun
from tests.support.projects import copy_project
from tests.support.recording import ENVIRONMENTS, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
LEVEL = '"ddb-standard-class": {"enforcementLevel": "mandatory", "environment": "prod"},'
END_OF_LIST = ')\n"""A new rule goes in here."""'


def block(language, holding):
    """Return the one block of a language that holds a text."""
    blocks = re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)
    (found,) = [text for text in blocks if holding in text]
    return found


@pytest.fixture
def project(tmp_path):
    return copy_project(tmp_path)


def report(project, stack):
    (found,) = PackRun(project, project / "policies").report([stack])
    return found


def test_its_waiver_accepts_one_finding_and_is_needed(project):
    waivers = project / "policies" / "waivers.yaml"
    waivers.write_text("[]")
    before = report(project, "staging")
    waivers.write_text(block("yaml", "ddb-backup-plan"))
    after = report(project, "staging")
    (waived,) = after.waived
    assert (waived.policy, waived.finding) == ("ddb-backup-plan", "table")
    assert "filled anew from a fixture every night" in waived.message
    assert len(after.violations) == len(before.violations) - 1
    assert after.ok


def test_its_policy_judges_after_the_steps_that_it_names(project):
    pack = project / "policies"
    rule = pack / "rules" / "ddb_standard_class.py"
    rule.write_text(block("python", "DDB_STANDARD_CLASS"))
    listed = pack / "rules" / "__init__.py"
    imported = "from rules.ddb_standard_class import DDB_STANDARD_CLASS\n"
    add_before("from rules.framework", imported, listed)
    add_before(END_OF_LIST, "    DDB_STANDARD_CLASS,\n", listed)
    assert f"`{LEVEL}`" in README.replace("\n", " ")
    for environment in ENVIRONMENTS:
        levels = pack / "levels" / f"{environment}.json"
        add_before('  "waiver-in-use"', f"  {LEVEL.replace('prod', environment)}\n", levels)
    assert not violations(project)
    # The program has no table of another class, so the rule is turned round to see it find some.
    rule.write_text(rule.read_text().replace('!= "STANDARD"', '== "STANDARD"'))
    assert len(violations(project)) == 9


def add_before(place, line, file):
    """Follow a step of the README, unless the project has taken it for good."""
    text = file.read_text()
    if line not in text:
        assert text.count(place) >= 1
        file.write_text(text.replace(place, line + place, 1))


def violations(project):
    found = report(project, "prod")
    assert found.policy("ddb-standard-class").description == "Tables are of the standard class."
    return [each for each in found.violations if each.policy == "ddb-standard-class"]
