"""The ready statements: each helper says exactly what it grants, on exactly which ARNs."""

import pytest

from tablewright.models import Index, Key, ModelError, TableSpec, grants
from tablewright.models.statements import ArnScope, document
from tests.support.iam import Access, Request
from tests.support.iam_resources import ACTIONS
from tests.support.iam_universe import STREAM_LABEL

ORDERS = TableSpec(
    name="orders",
    key=Key.of("PK", "SK"),
    environment_variable="ORDERS_TABLE_NAME",
    indexes=tuple(
        Index(name=name, key=Key.of(f"{name}Key"), kept_because="a program without patterns")
        for name in ("byDay", "byState")
    ),
)
PLAIN = TableSpec(name="plain", key=Key.of("PK"), environment_variable="PLAIN_TABLE_NAME")
SCOPE = ArnScope(
    partition="aws",
    account="123456789012",
    regions=("eu-central-1",),
    table_names={"orders": "dropify-dev-orders", "plain": "dropify-dev-plain"},
)
REPLICATED = ArnScope(
    partition="aws",
    account="123456789012",
    regions=("eu-central-1", "eu-west-1"),
    table_names=SCOPE.table_names,
)
TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/dropify-dev-orders"
INDEXES = [f"{TABLE}/index/byDay", f"{TABLE}/index/byState"]
OTHERS = [TABLE.replace("orders", "plain"), f"{TABLE}/stream/{STREAM_LABEL}", f"{TABLE}2"]
KEY = "arn:aws:kms:eu-central-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"

READS = {"BatchGetItem", "GetItem", "Query"}
WRITES = {"BatchWriteItem", "ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"}


def allowed_on(statements, resource):
    access = Access([document(statements)])
    return {action for action in ACTIONS if access.allows(Request(action, resource))}


def dynamodb(*names):
    return {f"dynamodb:{name}" for name in names}


@pytest.mark.parametrize(
    ("statements", "on_table", "on_index"),
    [
        (grants.read(ORDERS, SCOPE), READS, {"Query"}),
        (grants.read_write(ORDERS, SCOPE), READS | WRITES, {"Query"}),
        *(
            (
                grants.single_action(f"dynamodb:{name}", ORDERS, SCOPE),
                {name},
                {name} & {"Query", "Scan"},
            )
            for name in sorted(READS | WRITES | {"Scan"})
        ),
    ],
)
def test_a_helper_grants_what_its_name_says_and_nothing_else(statements, on_table, on_index):
    assert allowed_on(statements, TABLE) == dynamodb(*on_table)
    for index in INDEXES:
        assert allowed_on(statements, index) == dynamodb(*on_index)
    for other in OTHERS:
        assert allowed_on(statements, other) == set()


@pytest.mark.parametrize("helper", [grants.read, grants.read_write])
def test_a_table_without_indexes_gets_one_statement(helper):
    assert [entry.resources for entry in helper(PLAIN, SCOPE)] == [SCOPE.table("plain")]


@pytest.mark.parametrize("helper", [grants.read, grants.read_write])
def test_a_helper_reaches_every_replica(helper):
    assert allowed_on(helper(ORDERS, REPLICATED), TABLE.replace("eu-central-1", "eu-west-1"))
    assert not allowed_on(helper(ORDERS, SCOPE), TABLE.replace("eu-central-1", "eu-west-1"))


@pytest.mark.parametrize(
    "action",
    [
        "dynamodb:*",
        "dynamodb:Get*",
        "*",
        "GetItem",
        "dynamodb:DeleteTable",
        "dynamodb:ListTables",
        "dynamodb:PartiQLSelect",
    ],
)
def test_what_is_no_single_item_action_is_refused(action):
    with pytest.raises(ModelError) as refused:
        grants.single_action(action, ORDERS, SCOPE)
    assert f"table 'orders': '{action}' is no single item action" in str(refused.value)
    assert "dynamodb:GetItem" in str(refused.value)


def test_a_stream_is_read_under_whichever_label_and_no_other_tables_stream():
    statements = [grants.stream("orders", SCOPE)]
    reads = dynamodb("DescribeStream", "GetRecords", "GetShardIterator")
    for label in (STREAM_LABEL, "2027-12-24T00:00:00.000"):
        assert allowed_on(statements, f"{TABLE}/stream/{label}") == reads
    for other in (TABLE, *INDEXES, f"{TABLE}2/stream/{STREAM_LABEL}"):
        assert allowed_on(statements, other) == set()


def test_list_streams_stands_alone_with_the_only_lone_wildcard():
    assert allowed_on([grants.list_streams()], "*") == {"dynamodb:ListStreams"}


def test_parameters_are_read_by_their_exact_path():
    statements = [grants.parameters(["/dropify-dev/tables/orders-table-name"], REPLICATED)]
    arn = "arn:aws:ssm:eu-central-1:123456789012:parameter/dropify-dev/tables/orders-table-name"
    assert allowed_on(statements, arn) == {"ssm:GetParameter", "ssm:GetParameters"}
    for other in (f"{arn}s", arn.replace("-dev", "-prod"), arn.replace("central", "west")):
        assert allowed_on(statements, other) == set()


def test_no_parameters_make_no_statement():
    with pytest.raises(ModelError, match="'Parameters' names no resource"):
        grants.parameters([], SCOPE)


KEY_READS = {"kms:Decrypt", "kms:DescribeKey"}
KEY_WRITES = {"kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"}


@pytest.mark.parametrize(
    ("writes", "through_dynamodb"), [(False, KEY_READS), (True, KEY_READS | KEY_WRITES)]
)
def test_a_customer_managed_key_is_used_through_dynamodb_only(writes, through_dynamodb):
    access = Access([document([grants.customer_managed_key(KEY, SCOPE, writes=writes)])])
    by_service = {
        service: {
            action
            for action in ACTIONS
            if access.allows(Request(action, KEY, {"kms:ViaService": service} if service else {}))
        }
        for service in (
            "dynamodb.eu-central-1.amazonaws.com",
            "dynamodb.eu-west-1.amazonaws.com",
            "s3.eu-central-1.amazonaws.com",
            None,
        )
    }
    assert by_service.pop("dynamodb.eu-central-1.amazonaws.com") == through_dynamodb
    assert not any(by_service.values())


def test_another_key_stays_closed():
    access = Access([document([grants.customer_managed_key(KEY, SCOPE, writes=True)])])
    via = {"kms:ViaService": "dynamodb.eu-central-1.amazonaws.com"}
    assert not access.allows(Request("kms:Decrypt", f"{KEY[:-1]}0", via))


def test_replicas_use_the_multi_region_key_of_their_own_region():
    access = Access([document([grants.customer_managed_key(KEY, REPLICATED, writes=False)])])
    for region, expected in (("eu-central-1", True), ("eu-west-1", True), ("us-east-1", False)):
        key = KEY.replace("eu-central-1", region)
        via = {"kms:ViaService": f"dynamodb.{region}.amazonaws.com"}
        assert access.allows(Request("kms:Decrypt", key, via)) is expected


def test_leading_keys_come_with_their_null_guard():
    assert grants.leading_keys("acme") == {
        "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["acme"]},
        "Null": {"dynamodb:LeadingKeys": "false"},
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("share-links", "fileIdIndex"), "ShareLinksFileIdIndex"),
        (("kv_storage", None, "GSI1"), "KvStorageGSI1"),
        (("T#${aws:PrincipalTag/team}",), "TAwsPrincipalTagTeam"),
    ],
)
def test_a_statement_id_keeps_letters_and_digits(words, expected):
    assert grants.sid(*words) == expected
