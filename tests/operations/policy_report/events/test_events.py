from __future__ import annotations

import pytest

from tablewright.operations.policy_report.events.last_run import VIOLATION
from tablewright.operations.policy_report.policy import WAS_EVALUATED, Level
from tablewright.operations.policy_report.report import NotRun, Remediated, Violation, Waived
from tests.support.policy_events import LEVELS, changed, report_of, sample, table

PITR_OFF = (
    "pointInTimeRecovery.enabled is not true; enable point-in-time recovery; without it a bad "
    "write cannot be undone"
)


@pytest.mark.parametrize("name", ["preview.jsonl", "analysis.jsonl"])
def test_a_violation_keeps_its_finding_its_resource_and_its_level(name):
    assert report_of(sample(name)).violations == (
        Violation(
            policy="ddb-pitr-enabled",
            finding="table",
            message=PITR_OFF,
            level=Level.MANDATORY,
            urn=table("bare"),
        ),
    )


@pytest.mark.parametrize("name", ["preview.jsonl", "analysis.jsonl"])
def test_an_accepted_finding_is_no_violation(name):
    (waived,) = report_of(sample(name)).waived
    words = "accepted until 2027-03-31 by files-team (Holds nothing that cannot be made again.)"
    assert waived == Waived(
        policy="ddb-pitr-enabled",
        finding="table",
        message=f"{words}: {PITR_OFF}",
        urn=table("accepted"),
    )


@pytest.mark.parametrize("level", [Level.MANDATORY, Level.ADVISORY])
def test_a_policy_that_could_not_run_has_the_level_of_the_level_file(level):
    levels = {**LEVELS, "ddb-pitr-enabled": level}
    report = report_of(sample("preview.jsonl"), levels=levels)
    assert report.not_run == (
        NotRun(
            policy="ddb-pitr-enabled",
            level=level,
            reason="string value at .pointInTimeRecovery.enabled can't be known during preview",
            urn=table("later"),
        ),
    )
    gate = [each.finding for each in report.blocking if each.policy == WAS_EVALUATED]
    assert gate == (["ddb-pitr-enabled"] if level.blocks else [])


def test_a_remediation_names_what_it_changed_and_what_it_could_not_judge():
    report = report_of(
        sample("preview_remediating.jsonl"), levels={"ddb-pitr-enabled": Level.REMEDIATE}
    )
    assert report.remediated == (
        Remediated(
            policy="ddb-pitr-enabled", urn=table("accepted"), properties=("pointInTimeRecovery",)
        ),
        Remediated(
            policy="ddb-pitr-enabled", urn=table("bare"), properties=("pointInTimeRecovery",)
        ),
    )
    # The engine tells it twice: the remediation could not run, then the policy.
    assert [(each.urn, each.level) for each in report.not_run] == [
        (table("later"), Level.REMEDIATE)
    ]
    assert not report.violations
    assert not report.ok


def test_an_analysis_reports_what_it_would_remediate_as_a_violation_too():
    report = report_of(sample("analysis_remediating.jsonl"))
    assert {each.urn for each in report.remediated} == {table("accepted"), table("bare")}
    assert [each.urn for each in report.violations] == [table("bare")]
    assert not report.not_run


def test_every_judged_resource_is_told_with_the_policies_that_do_not_apply():
    report = report_of(sample("preview.jsonl"))
    assert {each.name for each in report.resources} == {
        "default_7_51_1",
        "safe",
        "bare",
        "accepted",
        "flag",
        "later",
    }
    parameter = "urn:pulumi:local::tiny::aws:ssm/parameter:Parameter::flag"
    assert ("ddb-pitr-enabled", parameter) in report.not_applicable
    assert ("ddb-pitr-enabled", table("safe")) not in report.not_applicable
    assert ("ddb-pitr-enabled", table("bare")) not in report.not_applicable
    assert {policy for policy, _ in report.not_applicable} == {"ddb-pitr-enabled"}


def test_a_disabled_policy_is_never_called_not_applicable():
    report = report_of(
        sample("preview.jsonl"), levels={**LEVELS, "ddb-pitr-enabled": Level.DISABLED}
    )
    assert not report.not_applicable


def test_neither_colours_nor_the_order_of_the_engine_change_the_report():
    assert report_of(sample("preview_coloured.jsonl")) == report_of(sample("preview.jsonl"))


def test_terminal_codes_are_taken_out():
    text = changed(
        sample("analysis.jsonl"),
        VIOLATION,
        lambda said: {**said, "message": f"\x1b[31m{said['message']}\x1b[0m"},
    )
    assert report_of(text) == report_of(sample("analysis.jsonl"))


def test_what_the_engine_masked_does_not_hide_the_finding():
    text = changed(
        sample("preview.jsonl"),
        VIOLATION,
        lambda said: {**said, "message": said["message"].replace("replicas", "[secret]")},
    )
    assert [each.finding for each in report_of(text).violations] == ["table"]


def test_what_concerns_the_whole_stack_has_no_resource():
    root = "urn:pulumi:local::tiny::pulumi:pulumi:Stack::tiny-local"
    text = changed(sample("preview.jsonl"), VIOLATION, lambda said: {**said, "resourceUrn": root})
    report = report_of(text)
    assert [each.urn for each in report.violations] == [None]
    assert root not in {each.urn for each in report.resources}


@pytest.mark.parametrize(
    ("applied", "in_the_file", "told"),
    [
        ("advisory", Level.MANDATORY, Level.MANDATORY),
        ("mandatory", Level.ADVISORY, Level.MANDATORY),
        ("mandatory", Level.DISABLED, Level.MANDATORY),
        ("mandatory", Level.REMEDIATE, Level.REMEDIATE),
        ("advisory", Level.ADVISORY, Level.ADVISORY),
    ],
)
def test_the_stricter_of_the_level_that_ran_and_the_level_file_counts(applied, in_the_file, told):
    text = changed(
        sample("analysis.jsonl"), VIOLATION, lambda said: {**said, "enforcementLevel": applied}
    )
    text = changed(text, "summaryEvent", lambda said: {**said, "result": "succeeded"})
    (violation,) = report_of(text, levels={"ddb-pitr-enabled": in_the_file}).violations
    assert violation.level is told


def test_a_violation_of_another_pack_counts_under_its_own_name():
    text = changed(
        sample("preview.jsonl"),
        VIOLATION,
        lambda said: {**said, "policyPackName": "company", "policyName": "no-public-buckets"},
        policy="waiver-in-use",
    )
    text = changed(text, "policyAnalyzeStackSummaryEvent", lambda said: {**said, "failed": []})
    assert "company/no-public-buckets" in {each.policy for each in report_of(text).violations}


def test_what_another_pack_judged_says_nothing_of_this_one():
    text = changed(
        sample("up_stopped_by_a_violation.jsonl"),
        "policyAnalyzeSummaryEvent",
        lambda said: {**said, "policyPackName": "company", "failed": []},
    )
    assert not report_of(text).not_applicable


def test_of_a_preview_and_an_update_in_one_file_the_update_counts():
    both = sample("preview.jsonl") + sample("up_stopped_by_a_violation.jsonl")
    assert report_of(both) == report_of(sample("up_stopped_by_a_violation.jsonl"))


def test_the_digest_before_an_update_is_passed_over():
    both = sample("preview_digest.json") + sample("preview.jsonl")
    assert report_of(both) == report_of(sample("preview.jsonl"))


def test_an_update_that_a_violation_stopped_tells_which_policies_did_not_judge():
    report = report_of(sample("up_stopped_by_a_violation.jsonl"))
    assert [each.urn for each in report.violations] == [table("bare")]
    assert {(each.policy, each.level) for each in report.not_run} == {
        ("waiver-in-use", Level.ADVISORY),
        ("waiver-hygiene", Level.MANDATORY),
    }


def test_a_disabled_policy_need_not_judge():
    report = report_of(
        sample("up_stopped_by_a_violation.jsonl"),
        levels={**LEVELS, "waiver-in-use": Level.DISABLED},
    )
    assert [each.policy for each in report.not_run] == ["waiver-hygiene"]


def test_a_clean_analysis_proves_that_the_pack_ran():
    text = changed(
        sample("analysis_with_a_failing_rule.jsonl"),
        "summaryEvent",
        lambda said: {**said, "result": "succeeded"},
    )
    report = report_of(text)
    assert report.ok
    assert not report.resources


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake():
    text = "\ufeff" + sample("preview.jsonl").replace("\n", "\r\n")
    assert report_of(text) == report_of(sample("preview.jsonl"))
