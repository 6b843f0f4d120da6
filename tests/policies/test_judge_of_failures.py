"""A rule that raises is told as such, takes nothing along, and is accepted by no waiver."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules import RULES
from rules.ddb_backup_plan import DDB_BACKUP_PLAN
from rules.ddb_pitr_enabled import DDB_PITR_ENABLED
from rules.framework.tokens import TABLE
from rules.framework.waivers import Waiver, WaiverFile
from tests.support import policy_pack
from tests.support.policy_pack import (
    TODAY,
    findings,
    judge_registrations,
    judge_resource,
    judge_stack,
)
from tests.support.recording import record_stack

EVERYTHING = Waiver(
    line=1,
    policy="ddb-pitr-enabled",
    resource="*::*",
    environments=("prod",),
    reason="Whatever it finds is accepted.",
    owner="team-data",
    expires=TODAY + timedelta(days=1),
)


def explode(*_):
    raise KeyError("oops")


@pytest.fixture(autouse=True)
def broken(monkeypatch):
    """Rules that raise, in place of two of the pack."""
    rules = {rule.id: replace(rule, check=explode) for rule in (DDB_PITR_ENABLED, DDB_BACKUP_PLAN)}
    monkeypatch.setattr(policy_pack, "RULES", [rules.get(rule.id, rule) for rule in RULES])


def test_a_rule_that_raises_says_what_and_where():
    (verdict,) = judge_resource("ddb-pitr-enabled", TABLE, {})
    assert verdict.finding == "failed"
    assert "raised KeyError ('oops') at test_judge_of_failures.py:" in verdict.message
    assert verdict.urn.endswith(f"{TABLE}::thing")


def test_what_a_rule_raises_with_can_be_sent(monkeypatch):
    def half(*_):
        raise ValueError("\ud800")

    rule = replace(DDB_PITR_ENABLED, check=half)
    monkeypatch.setattr(policy_pack, "RULES", [rule])
    (verdict,) = judge_resource("ddb-pitr-enabled", TABLE, {})
    assert "(\\ud800)" in verdict.message


def test_a_stack_rule_that_raises_does_too():
    assert findings(judge_stack("ddb-backup-plan", [])) == ["failed"]


def test_no_waiver_accepts_that_a_rule_raised():
    waivers = WaiverFile((EVERYTHING,), (), TODAY)
    assert findings(judge_resource("ddb-pitr-enabled", TABLE, {}, waivers=waivers)) == ["failed"]


def test_a_waiver_is_not_called_unused_where_its_rule_raised():
    program = record_stack("prod", stores=["kv_storage"]).registrations
    waivers = WaiverFile((EVERYTHING,), (), TODAY)
    found = judge_registrations(program, "prod", waivers=waivers)
    assert "failed" in [each.finding for each in found if each.policy == "ddb-pitr-enabled"]
    assert "waiver-hygiene" not in {each.policy for each in found}
