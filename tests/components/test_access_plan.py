"""Which managed policies a store has, and how they part when they grow."""

import json
import sys

import pytest

from components import Grant, StackWide, TableOptions
from tablewright.environment import LabelError
from tablewright.models import ModelError
from tablewright.models.catalog import APPLICATION_TABLE, FILE_SHARING, SHOP
from tablewright.models.limits import MANAGED_POLICY_CHARACTERS
from tests.support.component_samples import store_args
from tests.support.many_tables import model_of

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd"
TABLES = "arn:aws:dynamodb:us-east-1:123456789012:table/"
PARAMETERS = "arn:aws:ssm:us-east-1:123456789012:parameter"


def plan_of(model=SHOP, **changes):
    return store_args(model, **changes).plan_access()


def granted(policy):
    return {entry["Sid"]: entry for entry in json.loads(policy.document)["Statement"]}


def by_key(plan):
    return {policy.key: policy for policy in plan.policies}


def test_a_consumer_has_one_policy_under_its_name_and_path():
    policies = by_key(plan_of())
    assert list(policies) == ["storefront", "fulfilment", "events", "verifier"]
    storefront = policies["storefront"]
    assert storefront.name == "dropify-prod-shop-storefront"
    assert storefront.path == "/dropify-prod/shop/storefront-policy-arn"


def test_a_consumer_reads_the_parameters_of_its_tables_and_of_its_own_policy():
    plan = plan_of(FILE_SHARING)
    assert granted(by_key(plan)["share_page"])["Parameters"]["Resource"] == [
        f"{PARAMETERS}/dropify-prod/tables/{ending}"
        for ending in (
            "files-table-name",
            "files-table-arn",
            "share-links-table-name",
            "share-links-table-arn",
        )
    ] + [f"{PARAMETERS}/dropify-prod/file-sharing/share-page-policy-arn"]


def test_a_stream_adds_its_path():
    options = TableOptions(enable_audit_trail=True)
    plan = plan_of(FILE_SHARING, table_options=options)
    files = FILE_SHARING.table("files")
    assert plan.table_paths(files)[-1] == "/dropify-prod/tables/files-stream-arn"
    assert len(plan_of(FILE_SHARING).table_paths(files)) == 2


def test_a_consumer_of_streams_that_are_not_there_has_no_policy():
    plan = plan_of(FILE_SHARING)
    assert plan.without_policy == ("audit",)
    assert "audit" not in by_key(plan)
    audited = plan_of(FILE_SHARING, table_options=TableOptions(enable_audit_trail=True))
    assert audited.without_policy == ()
    assert "audit" in by_key(audited)


def test_only_writers_may_encrypt_with_the_key_of_the_stack():
    options = TableOptions(customer_managed_key_arn=KEY)
    grants = (Grant(consumer="r", access="read"), Grant(consumer="w", access="read_write"))
    policies = by_key(plan_of(APPLICATION_TABLE, table_options=options, grants=grants))
    encrypting = {
        name
        for name, policy in policies.items()
        if "kms:Encrypt" in granted(policy).get("CustomerManagedKey", {"Action": ()})["Action"]
    }
    assert encrypting == {"api", "w"}
    assert "CustomerManagedKey" not in granted(policies["verifier"])


@pytest.mark.parametrize("name", ["storefront", "verifier"])
def test_a_grant_cannot_take_the_name_of_a_consumer(name):
    with pytest.raises(ModelError, match=f"model 'shop': consumer '{name}' is declared 2 times"):
        plan_of(grants=(Grant(consumer=name, access="read"),))


def test_a_grant_for_some_tables_reaches_no_other():
    grant = Grant(consumer="mailer", access="dynamodb:GetItem", tables=("users",))
    statements = granted(by_key(plan_of(FILE_SHARING, grants=(grant,)))["mailer"])
    assert statements["Users"]["Resource"] == [f"{TABLES}dropify-prod-users"]
    assert statements["Users"]["Action"] == ["dynamodb:GetItem"]
    assert set(statements) == {"Users", "Parameters"}
    assert all("-files-" not in arn for arn in statements["Parameters"]["Resource"])


def test_a_grant_for_an_unknown_table_is_refused():
    plan = plan_of(grants=(Grant(consumer="mailer", access="read", tables=("mails",)),))
    with pytest.raises(ModelError, match="there is no table 'mails'"):
        _ = plan.policies


def test_operations_are_named_as_cloudwatch_names_them():
    plan = plan_of(FILE_SHARING, table_options=TableOptions(enable_audit_trail=True))
    assert "GetRecords" in plan.operations_on("files")
    assert "GetRecords" not in plan_of(FILE_SHARING).operations_on("files")
    assert plan_of(grants=(Grant(consumer="x", access="dynamodb:BatchGetItem"),)).operations_on(
        "shop"
    ) == tuple(sorted({*plan_of().operations_on("shop"), "BatchGetItem"}))


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


def test_the_verifier_reads_all_that_the_store_has_and_no_item():
    plan = plan_of(
        FILE_SHARING,
        role_names={"api": ("web", "batch"), "cleanup": ("batch",)},
        stack_wide=StackWide(
            alarm_names=("dropify-prod-user-errors",),
            topic_name="dropify-prod-alarms",
            vpc_endpoint=True,
        ),
    )
    statements = granted(by_key(plan)["verifier"])
    assert statements["Tables"]["Resource"] == [
        f"{TABLES}dropify-prod-{name}" for name in ("files", "share-links", "users")
    ]
    assert statements["Roles"]["Resource"] == [
        f"arn:aws:iam::123456789012:role/{role}" for role in ("web", "batch")
    ]
    alarms = [arn.rpartition(":alarm:")[2] for arn in statements["Alarms"]["Resource"]]
    expected = [name for table in FILE_SHARING.tables for name in plan.alarm_names(table)]
    assert alarms == [*expected, "dropify-prod-user-errors"]
    assert statements["Topics"]["Resource"] == [
        "arn:aws:sns:us-east-1:123456789012:dropify-prod-alarms"
    ]
    assert "ec2:DescribeVpcEndpoints" in statements["Listings"]["Action"]
    actions = {action for entry in statements.values() for action in entry["Action"]}
    assert not any(action.endswith("Item") or "Query" in action for action in actions)


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
