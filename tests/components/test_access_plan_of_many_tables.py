"""How the managed policies of a store part when they grow, and what that costs."""

import json
import sys

import pytest

from components import StackWide
from tablewright.environment import LabelError
from tablewright.models.limits import MANAGED_POLICY_CHARACTERS
from tests.support.component_samples import store_args
from tests.support.many_tables import model_of

TABLES = "arn:aws:dynamodb:us-east-1:123456789012:table/"
PARAMETERS = "arn:aws:ssm:us-east-1:123456789012:parameter"


def plan_of(model, **changes):
    return store_args(model, **changes).plan_access()


def granted(policy):
    return {entry["Sid"]: entry for entry in json.loads(policy.document)["Statement"]}


def by_key(plan):
    return {policy.key: policy for policy in plan.policies}


def test_many_tables_part_every_policy_by_table():
    model = model_of(60)
    plan = plan_of(model)
    policies = by_key(plan)
    tables = [table.name for table in model.tables]
    assert list(policies) == [
        f"{consumer}-{table}" for consumer in ("reader", "writer", "verifier") for table in tables
    ]
    for policy in plan.policies:
        assert len(policy.document) <= MANAGED_POLICY_CHARACTERS
        assert policy.name == f"dropify-prod-many-{policy.consumer}-{policy.suffix}"
        assert policy.path == f"/dropify-prod/many/{policy.consumer}-{policy.suffix}-policy-arn"
        others = set(tables) - {policy.suffix}
        assert not any(other in policy.document for other in others)


def test_each_part_of_a_policy_is_enough_for_its_table():
    policies = by_key(plan_of(model_of(60)))
    reader = granted(policies["reader-table-007"])
    assert reader["Parameters"]["Resource"] == [
        f"{PARAMETERS}/dropify-prod/tables/table-007-table-name",
        f"{PARAMETERS}/dropify-prod/tables/table-007-table-arn",
        f"{PARAMETERS}/dropify-prod/many/reader-table-007-policy-arn",
    ]
    verifier = granted(policies["verifier-table-007"])
    assert verifier["Tables"]["Resource"] == [f"{TABLES}dropify-prod-table-007"]
    assert [arn.rpartition("/")[2] for arn in verifier["AccessPolicies"]["Resource"]] == [
        f"dropify-prod-many-{who}-table-007" for who in ("reader", "writer", "verifier")
    ]
    assert len(verifier["Parameters"]["Resource"]) == 2 + 3


def test_a_policy_that_fits_stays_whole():
    assert list(by_key(plan_of(model_of(4)))) == ["reader", "writer", "verifier"]


def test_long_names_part_a_policy_sooner():
    short, long = model_of(12), model_of(12, prefix="t" * 60)
    assert len(plan_of(short).policies) < len(plan_of(long).policies)


def test_what_the_stack_has_once_is_read_by_the_first_of_several_verifiers():
    stack_wide = StackWide(topic_name="dropify-prod-alarms", vpc_endpoint=True)
    policies = by_key(plan_of(model_of(60), stack_wide=stack_wide))
    first, second = granted(policies["verifier-table-000"]), granted(policies["verifier-table-001"])
    assert "Topics" in first
    assert "Topics" not in second
    assert "ec2:DescribeVpcEndpoints" not in second["Listings"]["Action"]


def test_a_part_whose_name_grows_too_long_is_refused():
    with pytest.raises(LabelError, match=r"managed policy name .* where AWS takes 1 to 128"):
        _ = plan_of(model_of(12, prefix="t" * 120)).policies


def calls_to_plan(count):
    """Count every Python call that planning takes: what a clock could only guess at."""
    plan, calls = plan_of(model_of(count)), 0

    def counted(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(counted)
    try:
        for policy in plan.policies:
            _ = policy.document
        for table in plan.model.tables:
            plan.alarm_names(table)
    finally:
        sys.setprofile(None)
    return calls


def test_planning_grows_with_the_tables_and_not_with_their_square():
    few, many = calls_to_plan(60), calls_to_plan(240)
    assert many < few * 4 * 1.1
