"""Reports are counted, like things are put together, and each policy has one outcome a stack."""

import pytest

from tablewright.operations.policy_report.formats import digest
from tablewright.operations.policy_report.formats.digest import Counts, Verdict, outcome
from tablewright.operations.policy_report.policy import Level
from tablewright.operations.policy_report.report import PolicyReport, Violation
from tests.support.policy_reports import dev, prod


def test_a_report_is_counted():
    assert Counts.of(prod()) == Counts(
        mandatory=5, advisory=2, not_run=2, waived=1, remediated=1, disabled=1
    )
    assert Counts.of(dev()) == Counts(
        mandatory=0, advisory=2, not_run=1, waived=0, remediated=0, disabled=0
    )


def test_the_same_advice_of_several_stacks_is_one_group():
    [group] = digest.advice([dev(), prod()])
    assert (group.policy.id, group.what, group.count) == ("ceiling", "none", 4)
    assert group.where == "dev 2, prod 2"
    assert list(group.resources) == ["files", "users"]
    assert group.message == "there is no maximum; set one"


def test_of_several_messages_one_is_an_example():
    group = digest.Group(policy=dev().policy("ceiling"), what="none")
    group.add("dev", "first", None)
    group.add("dev", "second", None)
    assert group.message == "for example: first"


def test_what_stops_a_deployment_is_by_policy_worst_first():
    found = digest.blocking(prod())
    assert [(policy.id, len(violations)) for policy, violations in found] == [
        ("no-admin", 1),
        ("pitr", 2),
        ("consumers", 2),
    ]
    assert digest.blocking(dev()) == []


def test_what_could_not_run_is_blocking_or_advisory():
    stopping = digest.not_run([dev(), prod()], blocking=True)
    assert [(group.policy.id, group.where) for group in stopping] == [
        ("exports", "prod 1"),
        ("tags", "prod 1"),
    ]
    [advised] = digest.not_run([dev(), prod()], blocking=False)
    assert (advised.policy.id, advised.what, advised.where) == (
        "exports",
        "arn is unknown",
        "dev 1",
    )


@pytest.mark.parametrize(
    ("policy", "in_dev", "in_prod"),
    [
        ("pitr", "ok", "2 mandatory, 1 waived"),
        ("no-admin", "ok", "1 mandatory"),
        ("ceiling", "2 advisory", "2 advisory"),
        ("tags", "ok", "not run"),
        ("window", "ok", "disabled"),
        ("replicas", "n/a", "n/a"),
        ("consumers", "ok", "2 mandatory"),
        ("exports", "not run", "not run"),
    ],
)
def test_a_policy_has_one_outcome_in_a_stack(policy, in_dev, in_prod):
    assert outcome(dev(), policy).text == in_dev
    assert outcome(prod(), policy).text == in_prod


def test_the_worst_of_what_happened_is_the_verdict():
    assert outcome(prod(), "pitr").verdict is Verdict.MANDATORY
    assert outcome(prod(), "tags").verdict is Verdict.NOT_RUN


def test_policies_are_in_the_order_of_the_pack_and_undescribed_ones_last():
    stranger = Violation(policy="stranger", finding="x", message="y", level=Level.ADVISORY)
    odd = PolicyReport(stack="odd", pack="pack", violations=(stranger,))
    ids = [policy.id for policy in digest.policies_of([odd, prod()])]
    assert ids == [*(policy.id for policy in prod().policies), "stranger"]
