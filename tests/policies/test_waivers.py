"""A waiver accepts one finding, for a reason, until a day; anything else accepts nothing."""

from datetime import date, timedelta

import pytest

from rules import read_waivers
from rules.framework.finding import Finding
from rules.framework.session import Session
from rules.framework.tokens import TABLE
from rules.framework.waivers import load, subject_of
from tests.support.policy_pack import (
    TODAY,
    findings,
    judge_resource,
    judge_stack,
    stack_resource,
    urn_of,
)

POLICIES = ("ddb-pitr-enabled", "iam-no-admin")
ENTRY = """\
- policy: ddb-pitr-enabled
  resource: "aws:dynamodb/table:Table::cache-*"
  environments: [staging, prod]
  reason: The cache is rebuilt from the orders every night.
  owner: team-shop
  expires: 2027-03-31
"""
OFF = {"name": "dropify-prod-cache"}


@pytest.fixture
def read(tmp_path):
    def file(text, today=TODAY):
        path = tmp_path / "waivers.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load(
            path,
            policies=POLICIES,
            critical=("iam-no-admin",),
            refused=("waiver-hygiene",),
            today=today,
        )

    return file


def judge(waivers, *, name="cache-items", environment="prod", inputs=OFF):
    return findings(
        judge_resource(
            "ddb-pitr-enabled", TABLE, inputs, name=name, environment=environment, waivers=waivers
        )
    )


def test_a_waiver_accepts_what_it_names(read):
    assert judge(read(ENTRY)) == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({}, {"name": "orders"}),
        ({}, {"environment": "dev"}),
        ({"cache-*": "cache"}, {}),
        ({"dynamodb/table:Table": "dynamodb/tableReplica:TableReplica"}, {}),
        ({"  owner": "  finding: replica\n  owner"}, {}),
    ],
)
def test_a_waiver_accepts_nothing_else(read, change, where):
    text = ENTRY
    for old, new in change.items():
        assert old in text
        text = text.replace(old, new)
    waivers = read(text)
    assert waivers.problems == ()
    assert judge(waivers, **where) == ["table"]


def test_a_waiver_of_one_finding_leaves_another_beside_it(read):
    waivers = read(ENTRY + "  finding: table\n")
    assert judge(waivers, inputs={**OFF, "replicas": [{}]}) == ["replica"]


@pytest.mark.parametrize(("days", "found"), [(0, []), (1, ["table"])])
def test_a_waiver_holds_to_the_end_of_its_last_day(read, days, found):
    last = date(2027, 3, 31)
    assert judge(read(ENTRY, today=last + timedelta(days))) == found


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("- {policy: [", 1, "the file is no YAML"),
        (b"\xff\xfe\x00", 1, "the file is no YAML"),
        ("policy: x", 1, "the file must be a list"),
        ("- just words", 1, "the entry must be an object"),
        (ENTRY + "- {policy: ddb-pitr-enabled}", 7, "lacks resource, environments, reason"),
        (ENTRY.replace("owner: team-shop", "owner: ''"), 1, "the entry lacks owner"),
        (ENTRY.replace("[staging, prod]", "[]"), 1, "the entry lacks environments"),
        (ENTRY + "  until: 2027-01-01\n", 1, "unknown key 'until'"),
        (ENTRY.replace("ddb-pitr-enabled", "ddb-pitr-on"), 1, "mean 'ddb-pitr-enabled'?"),
        (ENTRY.replace("ddb-pitr-enabled", "x"), 1, "'x' does not exist; name one that does"),
        (ENTRY.replace("ddb-pitr-enabled", "waiver-hygiene"), 1, "cannot be waived; mend"),
        (ENTRY.replace("ddb-pitr-enabled", "iam-no-admin"), 1, "take prod out of environments"),
        (ENTRY.replace("[staging, prod]", "prod"), 1, "environments must be a list"),
        (ENTRY.replace("[staging, prod]", "[production]"), 1, "and is ['production']"),
        (ENTRY.replace("[staging, prod]", "[[prod], {a: b}]"), 1, "environments must be"),
        (ENTRY.replace("The cache is rebuilt from the orders every night.", "cache"), 1, "20"),
        (ENTRY.replace("2027-03-31", "soon"), 1, "expires must be a date"),
        (ENTRY.replace("2027-03-31", "'2027-03-31'"), 1, "quotes, as 2027-03-31, and is '2027"),
        (ENTRY.replace("2027-03-31", "2027-03-31T10:00:00"), 1, "and is 2027-03-31 10:00:00"),
        (ENTRY.replace("2027-03-31", "2027-02-31"), 1, "the entry cannot be read"),
        (ENTRY.replace("owner: team-shop", "owner: 7"), 1, "owner must be a string, and is 7"),
        (ENTRY.replace("owner: team-shop", "owner: !!python/object:os.system x"), 1, "cannot be"),
        (ENTRY.replace("owner: team-shop", 'owner: "   "'), 1, "lacks owner"),
        (ENTRY.replace("reason: The cache", 'reason: "\\u200b" # '), 1, "fewer than 20"),
        ("[" * 5000, 1, "the file is no YAML"),
        (ENTRY + "  policy: ddb-pitr-enabled\n", 1, "gives a key twice"),
    ],
)
def test_a_malformed_waiver_accepts_nothing_and_is_told_with_its_line(read, text, line, told):
    waivers = read(text)
    problem = waivers.problems[-1]
    assert (problem.line, told in problem.text) == (line, True), problem
    assert judge(waivers) == ([] if "lacks resource" in told else ["table"])


@pytest.mark.parametrize(
    "resource", ["*", "cache-*", "::cache", "aws:dynamodb/table:Table::", urn_of(TABLE, "cache")]
)
def test_a_waiver_of_no_type_and_name_is_malformed_and_shows_the_form(read, resource):
    (problem,) = read(ENTRY.replace("aws:dynamodb/table:Table::cache-*", resource)).problems
    assert "<type>::<name>, as aws:dynamodb/table:Table::shop-*, or stack" in problem.text
    assert repr(resource) in problem.text


def test_a_waiver_may_be_about_the_stack(read):
    assert read(ENTRY.replace("aws:dynamodb/table:Table::cache-*", "stack")).problems == ()


@pytest.mark.parametrize(("days", "problems"), [(366, 0), (367, 1)])
def test_a_waiver_lasts_a_year_at_most(read, days, problems):
    last = TODAY + timedelta(days)
    found = read(ENTRY.replace("2027-03-31", f"{last}")).problems
    assert len(found) == problems
    assert all(f"at most a year ahead, and is {last}; renew" in each.text for each in found)


def test_a_file_of_other_waivers_names_itself_and_its_own_policies(tmp_path):
    path = tmp_path / "rights.yaml"
    path.write_text(ENTRY.replace("ddb-pitr-enabled", "no-scan"))
    read = load(path, policies={"no-scan"}, today=TODAY)
    (waiver,) = read.waivers
    assert read.at(waiver) == f"{tmp_path.name}/rights.yaml:1"


@pytest.mark.parametrize("policy", ["policy-was-evaluated", "waiver-in-use", "waiver-hygiene"])
def test_the_pack_lets_nobody_waive_what_guards_the_waivers(tmp_path, policy):
    path = tmp_path / "waivers.yaml"
    path.write_text(ENTRY.replace("ddb-pitr-enabled", policy))
    (problem,) = read_waivers(path, TODAY).problems
    assert problem.text.startswith(f"policy '{policy}' cannot be waived")


def test_a_critical_finding_can_be_waived_outside_of_prod(read):
    text = ENTRY.replace("ddb-pitr-enabled", "iam-no-admin").replace("[staging, prod]", "[dev]")
    assert read(text).problems == ()


def test_a_missing_or_empty_file_holds_no_waivers(tmp_path, read):
    assert load(tmp_path / "none.yaml", policies=POLICIES).waivers == ()
    assert read("# nothing is accepted\n").waivers == read("[]").waivers == ()


@pytest.mark.parametrize(
    ("urn", "subject"),
    [
        (urn_of(TABLE, "cache"), f"{TABLE}::cache"),
        (f"urn:pulumi:prod::p::a:b:Store$a:b:Table${TABLE}::cache", f"{TABLE}::cache"),
        (urn_of(TABLE, f"x::{TABLE}::cache"), f"{TABLE}::x::{TABLE}::cache"),
        ("", "stack"),
    ],
)
def test_a_waiver_names_a_resource_by_type_and_name(urn, subject):
    assert subject_of(urn) == subject


CACHE = stack_resource(TABLE, "cache-items", {})


def hygiene(
    waivers, *, used=(), not_run=(), environment="prod", policy="waiver-hygiene", stack=(CACHE,)
):
    session = Session(waivers)
    for waiver in used:
        session.accept(waiver, Finding("table", "it is off"), urn_of(TABLE, "cache-items"))
    for rule in not_run:
        session.could_not_run(rule)
    return judge_stack(policy, stack, session=session, environment=environment)


def test_an_unused_waiver_is_a_violation_where_it_names_the_environment(read):
    waivers = read(ENTRY)
    assert findings(hygiene(waivers)) == ["unused"]
    assert findings(hygiene(waivers, environment="dev")) == []
    assert findings(hygiene(waivers, used=waivers.waivers)) == []


@pytest.mark.parametrize(
    ("entries", "stack", "told"),
    [
        (ENTRY, [], "no resource of the stack matches"),
        (ENTRY, [stack_resource(TABLE, "orders", {})], "no resource of the stack matches"),
        (ENTRY, [CACHE], "the policy finds nothing there"),
        (ENTRY + "  finding: replica\n", [CACHE], "has no finding 'replica' there"),
        (ENTRY.replace(f"{TABLE}::cache-*", "stack"), [], "the policy finds nothing there"),
    ],
)
def test_an_unused_waiver_is_told_with_the_reason(read, entries, stack, told):
    (verdict,) = hygiene(read(entries), stack=stack)
    assert verdict.finding == "unused"
    assert told in verdict.message


def test_a_waiver_that_repeats_another_is_unused_for_that(read):
    waivers = read(ENTRY + ENTRY)
    (verdict,) = hygiene(waivers, used=waivers.waivers[:1])
    assert "waivers.yaml:7: " in verdict.message
    assert "an entry above it accepts the same" in verdict.message


def test_a_waiver_may_be_unused_where_its_rule_could_not_run(read):
    assert findings(hygiene(read(ENTRY), not_run=["ddb-pitr-enabled"])) == []
    assert findings(hygiene(read(ENTRY), not_run=["iam-no-admin"])) == ["unused"]


def test_an_expired_waiver_is_a_violation_that_names_line_and_day(read):
    (verdict,) = hygiene(read(ENTRY, today=date(2027, 4, 1)))
    assert verdict.finding == "expired"
    about = "ddb-pitr-enabled on aws:dynamodb/table:Table::cache-*"
    assert f"waivers.yaml:1: {about} ended 2027-03-31" in verdict.message
    assert "(line" not in verdict.message


def test_a_malformed_waiver_is_a_violation_everywhere(read):
    waivers = read(ENTRY + "- {policy: ddb-pitr-enabled}")
    for environment in ("local", "dev"):
        assert findings(hygiene(waivers, environment=environment)) == ["malformed"]


def test_without_an_environment_no_waiver_holds_and_that_is_told(read):
    waivers = read(ENTRY)
    assert judge(waivers, environment=None) == ["table"]
    (verdict,) = hygiene(waivers, environment=None)
    assert verdict.finding == "malformed"
    assert "--policy-pack-config" in verdict.message


def test_every_use_of_a_waiver_is_told_with_who_why_and_until_when(read):
    waivers = read(ENTRY)
    (verdict,) = hygiene(waivers, used=waivers.waivers, policy="waiver-in-use")
    assert verdict.finding == "ddb-pitr-enabled/table"
    assert verdict.urn == urn_of(TABLE, "cache-items")
    for part in ("2027-03-31", "team-shop", "rebuilt from the orders", "it is off"):
        assert part in verdict.message


def test_a_run_ends_with_the_hygiene_so_that_the_next_stack_starts_afresh(read):
    waivers = read(ENTRY)
    session = Session(waivers)
    session.accept(waivers.waivers[0], Finding("table", "it is off"), "")
    assert findings(judge_stack("waiver-hygiene", [], session=session)) == []
    assert findings(judge_stack("waiver-hygiene", [], session=session)) == ["unused"]
