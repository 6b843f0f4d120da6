"""Which managed policies a store has, and what they grant."""

import json
from dataclasses import replace

import pytest

from components import Grant, StackWide, TableOptions
from tablewright.models import AccessPattern, ModelError, Operation
from tablewright.models.catalog import APPLICATION_TABLE, FILE_SHARING, SHOP
from tests.support.component_samples import store_args

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


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("storefront", "consumer 'storefront' is declared 2 times"),
        ("verifier", "consumer 'verifier' is reserved for the verifier of each store; rename it"),
    ],
)
def test_a_grant_cannot_take_the_name_of_a_consumer(name, message):
    with pytest.raises(ModelError, match=f"model 'shop': {message}"):
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


def test_describing_a_table_is_no_operation_to_watch():
    describe = AccessPattern(
        name="describe", consumers=("x",), operation=Operation.DESCRIBE_TABLE, table="shop"
    )
    model = replace(SHOP, patterns=(*SHOP.patterns, describe))
    assert plan_of(model).operations_on("shop") == plan_of(SHOP).operations_on("shop")


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
