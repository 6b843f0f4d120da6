"""What the README shows of the policy pack works to the letter."""

import json
import re

import pytest

from tablewright.operations.policy_report.run import PackRun
from tests.support.projects import copy_project
from tests.support.recording import ENVIRONMENTS, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


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
    before = report(project, "staging")
    waivers = project / "policies" / "waivers.yaml"
    waivers.write_text(block("yaml", "ddb-backup-plan"))
    after = report(project, "staging")
    (waived,) = after.waived
    assert (waived.policy, waived.finding) == ("ddb-backup-plan", "table")
    assert "filled anew from a fixture every night" in waived.message
    assert len(after.violations) == len(before.violations) - 1
    assert after.ok


def test_its_policy_judges_after_the_steps_that_it_names(project):
    pack = project / "policies"
    (pack / "rules" / "ddb_on_demand.py").write_text(block("python", "DDB_ON_DEMAND"))
    listed = pack / "rules" / "__init__.py"
    imported = "from rules.ddb_on_demand import DDB_ON_DEMAND\nfrom rules.framework "
    text = listed.read_text().replace("from rules.framework ", imported, 1)
    listed.write_text(text.replace("    *META,\n", "    DDB_ON_DEMAND,\n    *META,\n", 1))
    line = '"ddb-on-demand": {"enforcementLevel": "mandatory", "environment": "prod"},'
    assert f"`{line}`" in README.replace("\n", " ")
    for environment in ENVIRONMENTS:
        levels = pack / "levels" / f"{environment}.json"
        mine = line.replace("prod", environment)
        text = levels.read_text().replace('  "waiver-in-use"', f'  {mine}\n  "waiver-in-use"')
        levels.write_text(text)
        assert "ddb-on-demand" in json.loads(text)
    assert not violations(project)
    # The program has no provisioned table, so the rule is turned round to see it find something.
    rule = pack / "rules" / "ddb_on_demand.py"
    rule.write_text(rule.read_text().replace('!= "PAY', '== "PAY'))
    assert len(violations(project)) == 9


def violations(project):
    found = report(project, "prod")
    assert found.policy("ddb-on-demand").description == "Tables are on-demand."
    return [each for each in found.violations if each.policy == "ddb-on-demand"]
