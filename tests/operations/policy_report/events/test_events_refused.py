"""No file that proves too little becomes a report."""

from __future__ import annotations

import json

import pytest

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.events.last_run import VIOLATION
from tablewright.operations.policy_report.policy import Level
from tests.support.policy_events import LEVELS, changed, report_of, sample

RECORDED = (
    "preview.jsonl",
    "preview_remediating.jsonl",
    "up_stopped_by_a_violation.jsonl",
    "analysis.jsonl",
    "analysis_remediating.jsonl",
)


def test_a_second_run_that_is_cut_off_is_refused():
    update = sample("up_stopped_by_a_violation.jsonl").splitlines(keepends=True)
    with pytest.raises(OperationError, match="ends in the middle of a run"):
        report_of(sample("preview.jsonl") + "".join(update[:4]))


def test_a_preview_without_its_last_event_is_not_taken_for_an_analysis():
    kept = [json.loads(line) for line in sample("preview.jsonl").splitlines()[:-1]]
    numbered = (json.dumps({**event, "sequence": number}) for number, event in enumerate(kept))
    with pytest.raises(OperationError, match="ends in the middle of a run"):
        report_of("\n".join(numbered))


def test_a_plain_preview_is_refused_with_the_variable_to_set():
    with pytest.raises(
        OperationError, match=r"events\.jsonl:1: .*PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1"
    ):
        report_of(sample("preview_digest.json"))


@pytest.mark.parametrize("name", RECORDED)
def test_a_file_cut_off_after_any_line_is_refused(name):
    lines = sample(name).splitlines(keepends=True)
    for count in range(len(lines)):
        with pytest.raises(OperationError, match=r"events\.jsonl"):
            report_of("".join(lines[:count]))


@pytest.mark.parametrize("name", RECORDED)
def test_a_file_cut_off_within_a_line_is_refused_with_the_line(name):
    text = sample(name)
    last = text.count("\n")
    with pytest.raises(
        OperationError, match=rf"events\.jsonl:{last}: is not valid JSON, or is cut off"
    ):
        report_of(text[:-10])


@pytest.mark.parametrize(
    ("name", "missing", "message"),
    [
        ("preview.jsonl", 2, r"events\.jsonl:1: the beginning of the run is missing"),
        ("analysis.jsonl", 1, r"events\.jsonl:1: events before this one are missing"),
    ],
)
def test_a_file_without_its_beginning_is_refused(name, missing, message):
    lines = sample(name).splitlines(keepends=True)
    with pytest.raises(OperationError, match=message):
        report_of("".join(lines[missing:]))


@pytest.mark.parametrize("policy", ["ddb-pitr-enabled", "waiver-in-use"])
def test_a_file_without_the_event_that_tells_a_failure_is_refused(policy):
    text = changed(sample("preview.jsonl"), VIOLATION, lambda _: None, policy=policy)
    with pytest.raises(OperationError, match=rf"'{policy}' failed, but the policyEvent"):
        report_of(text)


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("preview_of_a_failing_program.jsonl", "ValueError: the program is wrong"),
        ("preview_with_a_failing_rule.jsonl", "ZeroDivisionError: broken rule"),
        ("preview_with_wrong_settings.jsonl", "Expected: array, given: string"),
        ("analysis_with_a_failing_rule.jsonl", "its errors are on standard error"),
    ],
)
def test_a_run_that_judged_not_all_is_refused_with_its_cause(name, cause):
    advisory = dict.fromkeys(LEVELS, Level.ADVISORY)
    text = changed(sample(name), VIOLATION, lambda said: {**said, "enforcementLevel": "advisory"})
    with pytest.raises(OperationError, match=rf"events\.jsonl:\d+: the run ended before .*{cause}"):
        report_of(text, levels=advisory)


def test_a_run_without_the_pack_is_refused():
    with pytest.raises(OperationError, match=r"'tablewright' did not run .*none.*--policy-pack"):
        report_of(sample("preview_without_pack.jsonl"))


@pytest.mark.parametrize("name", ["preview.jsonl", "analysis.jsonl"])
def test_a_run_of_another_pack_is_refused_with_its_name(name):
    with pytest.raises(OperationError, match=r"'mine' did not run \(packs that did: tablewright\)"):
        report_of(sample(name), pack="mine")


def test_events_of_another_stack_are_refused():
    with pytest.raises(OperationError, match=r"which is not in the stack 'prod'"):
        report_of(sample("preview.jsonl"), stack="prod")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"events\.jsonl: is empty"),
        ("\n \n", r"events\.jsonl: is empty"),
        ("Previewing update (local):\n", r"events\.jsonl:1: is not valid JSON"),
        ('{"version": 3, "deployment": {}}', r"events\.jsonl:1: this is no event"),
        ("\n[1, 2]", r"events\.jsonl:2: this is no event"),
        ("{}", r"events\.jsonl:1: this is no event"),
        ('{"sequence": 0, "timestamp": 0}', r"this is no event"),
        ('{"sequence": "0", "summaryEvent": {}}', r"this is no event"),
        ('{"sequence": 0, "summaryEvent": 1}', r"this is no event"),
        ('{"sequence": 0, "policyEvent": {}, "summaryEvent": {}}', r"this is no event"),
        ("[" * 200_000, r"events\.jsonl:1: is (nested too deeply|no JSON)"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_line(text, message):
    with pytest.raises(OperationError, match=message):
        report_of(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("policyName", ""),
        ("policyName", 7),
        ("message", None),
        ("resourceUrn", ["urn"]),
        ("enforcementLevel", "strict"),
        ("enforcementLevel", {}),
    ],
)
def test_a_malformed_event_is_refused_with_its_line(key, value):
    text = changed(
        sample("analysis.jsonl"),
        VIOLATION,
        lambda said: {**said, key: value},
        policy="ddb-pitr-enabled",
    )
    with pytest.raises(
        OperationError, match=rf"events\.jsonl:1: '{key}' of the policyEvent is malformed"
    ):
        report_of(text)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("policyAnalyzeSummaryEvent", "passed", "all"),
        ("policyAnalyzeSummaryEvent", "failed", [1]),
        ("policyRemediationEvent", "after", []),
        ("policyRemediationEvent", "before", "x"),
        ("summaryEvent", "PolicyPacks", ["tablewright"]),
    ],
)
def test_other_malformed_events_are_refused_too(kind, key, value):
    text = changed(sample("preview_remediating.jsonl"), kind, lambda said: {**said, key: value})
    with pytest.raises(OperationError, match=rf"'{key}' of the {kind} is malformed"):
        report_of(text)
