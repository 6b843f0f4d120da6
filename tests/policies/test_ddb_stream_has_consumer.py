"""What a stream records is read by somebody, and no more than they need."""

import json

import pytest

from rules.framework.tokens import (
    EVENT_SOURCE_MAPPING,
    KINESIS_DESTINATION,
    MANAGED_POLICY,
    PIPE,
    ROLE,
    ROLE_POLICY,
    TABLE,
    TABLE_REPLICA,
    TABLE_RESOURCE_POLICY,
)
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import CANNOT_RUN, findings, judge_stack, stack_resource
from tests.support.stacks import verdicts_of

RULE = "ddb-stream-has-consumer"
NAME = "dropify-prod-files"
ARN = f"arn:aws:dynamodb:us-east-1:123456789012:table/{NAME}"
STREAM = f"{ARN}/stream/2026-01-01T00:00:00.000"
ANY_STREAM = f"{ARN}/stream/*"


def table(**properties):
    outputs = {"name": NAME, "streamEnabled": True, "streamViewType": "NEW_IMAGE", **properties}
    return stack_resource(TABLE, "files", outputs)


DEPLOYED = table(arn=ARN, streamArn=STREAM)


def statement(actions="dynamodb:GetRecords", resources=ANY_STREAM, **elements):
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **elements}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def access(*statements):
    return stack_resource(MANAGED_POLICY, "audit", {"policy": document(*statements)})


def reader(token, *, depends=None, **properties):
    return stack_resource(token, "reader", properties, depends=depends)


def let_in(arn, action="dynamodb:GetRecords", depends=None):
    policy = document(statement(action, Principal={"AWS": "arn:aws:iam::123456789012:role/r"}))
    return reader(TABLE_RESOURCE_POLICY, depends=depends, resourceArn=arn, policy=policy)


@pytest.mark.parametrize(
    ("consumers", "consumed"),
    [
        ([], False),
        ([reader(EVENT_SOURCE_MAPPING, eventSourceArn=STREAM)], True),
        ([reader(EVENT_SOURCE_MAPPING, eventSourceArn=STREAM, enabled=False)], False),
        ([reader(EVENT_SOURCE_MAPPING, eventSourceArn=STREAM.replace("prod", "dev"))], False),
        ([reader(EVENT_SOURCE_MAPPING, eventSourceArn=ARN)], False),
        ([reader(EVENT_SOURCE_MAPPING, eventSourceArn="arn:aws:sqs:us-east-1:1:q")], False),
        ([reader(PIPE, source=STREAM)], True),
        ([reader(PIPE, source=STREAM, desiredState="STOPPED")], False),
        ([reader(PIPE, source="arn:aws:sqs:us-east-1:1:q", target=STREAM)], False),
        ([reader(KINESIS_DESTINATION, tableName=NAME)], False),
        ([reader(TABLE_REPLICA, globalTableArn=ARN)], True),
        ([let_in(STREAM)], True),
        ([let_in(ARN)], False),
        ([let_in(STREAM, "dynamodb:DescribeStream")], False),
        ([let_in(STREAM.replace("prod", "dev"))], False),
        ([access(statement())], True),
        ([access(statement(["dynamodb:DescribeStream", "dynamodb:GetRecords"]))], True),
        ([access(statement("dynamodb:Get*", f"{ARN}/*"))], True),
        ([access(statement("DynamoDB:getrecords"))], True),
        ([access(statement(resources=STREAM))], True),
        ([access(statement("dynamodb:DescribeStream"))], False),
        ([access(statement(resources=ARN))], False),
        ([access(statement(resources=f"{ARN}/index/*"))], False),
        ([access(statement(resources=ANY_STREAM.replace("files", "users")))], False),
        ([access(statement(Effect="Deny"))], False),
        ([reader(ROLE_POLICY, policy=document(statement()))], True),
        ([reader(ROLE, inlinePolicies=[{"policy": document(statement())}])], True),
        ([reader(ROLE, assumeRolePolicy=document(statement()))], False),
    ],
)
@pytest.mark.parametrize("of", [DEPLOYED, table()], ids=["deployed", "previewed"])
def test_a_stream_is_read_by_what_runs_and_by_what_may(consumers, consumed, of):
    expected = [] if consumed else ["no-consumer"]
    assert findings(judge_stack(RULE, [of, *consumers])) == expected


@pytest.mark.parametrize(
    "properties",
    [
        {"streamEnabled": False},
        {"streamEnabled": None},
        {"replicas": [{"regionName": "eu-west-1"}]},
    ],
)
def test_no_stream_and_one_that_feeds_replicas_need_no_consumer(properties):
    assert findings(judge_stack(RULE, [table(**properties)])) == []


def test_a_stream_of_another_account_is_another_stream():
    foreign = access(statement(resources=ANY_STREAM.replace("123456789012", "999999999999")))
    assert findings(judge_stack(RULE, [DEPLOYED, foreign])) == ["no-consumer"]


def test_a_setting_names_tables_whose_stream_something_else_reads():
    settings = {"consumedElsewhere": ["files"]}
    assert findings(judge_stack(RULE, [table()], settings=settings)) == []
    for name in ("dropify-prod-other-files", "payments-prod-ledger-prod-files"):
        other = table(name=name, streamEnabled=True)
        assert findings(judge_stack(RULE, [other], settings=settings)) == ["no-consumer"]


@pytest.mark.parametrize(
    ("view", "needed", "expected"),
    [
        ("KEYS_ONLY", "KEYS_ONLY", []),
        ("NEW_AND_OLD_IMAGES", "KEYS_ONLY", ["view-type"]),
        ("KEYS_ONLY", "NEW_IMAGE", ["view-type"]),
        (None, "NEW_IMAGE", ["view-type"]),
        (UNKNOWN, "NEW_IMAGE", [CANNOT_RUN]),
    ],
)
def test_a_stream_holds_what_its_consumers_need(view, needed, expected):
    resources = [table(streamViewType=view), access(statement())]
    settings = {"neededViewTypes": {"files": needed, "users": "OLD_IMAGE"}}
    assert findings(judge_stack(RULE, resources, settings=settings)) == expected


@pytest.mark.parametrize(
    ("token", "source"), [(EVENT_SOURCE_MAPPING, "eventSourceArn"), (PIPE, "source")]
)
def test_unknown_arns_are_linked_by_the_table_that_they_come_from(token, source):
    of, other = table(), table(name="dropify-prod-users")
    other = stack_resource(TABLE, "users", {"name": "dropify-prod-users", "streamEnabled": True})
    consumer = reader(token, depends={source: [of]}, **{source: UNKNOWN})
    verdicts = judge_stack(RULE, [of, other, consumer])
    assert [(verdict.finding, verdict.urn) for verdict in verdicts] == [("no-consumer", other.urn)]


def test_a_policy_on_a_stream_to_come_is_linked_by_its_table():
    of = table()
    assert findings(judge_stack(RULE, [of, let_in(UNKNOWN, depends={"resourceArn": [of]})])) == []


def test_what_is_known_is_judged_before_what_is_unknown():
    unknown = stack_resource(
        TABLE, "users", {"name": "dropify-prod-users", "streamEnabled": UNKNOWN}
    )
    assert findings(judge_stack(RULE, [unknown, table()])) == ["no-consumer", CANNOT_RUN]
    of = table()
    from_table = reader(MANAGED_POLICY, policy=UNKNOWN, depends={"policy": [of]})
    assert findings(judge_stack(RULE, [of, from_table])) == [CANNOT_RUN]
    assert findings(judge_stack(RULE, [of, from_table, access(statement())])) == []
    bucket = [stack_resource("aws:s3/bucket:Bucket", "bucket", {})]
    from_bucket = [
        reader(MANAGED_POLICY, policy=UNKNOWN, depends={"policy": bucket}),
        reader(ROLE, inlinePolicies=[{"policy": UNKNOWN}], depends={"inlinePolicies": bucket}),
    ]
    assert findings(judge_stack(RULE, [of, *from_bucket])) == ["no-consumer"]


@pytest.mark.parametrize("policy", ["{", "[]", 7, '{"Statement": 1}'])
def test_an_access_policy_that_cannot_be_read_consumes_nothing(policy):
    broken = reader(MANAGED_POLICY, policy=policy)
    assert findings(judge_stack(RULE, [table(), broken])) == ["malformed"]
    assert findings(judge_stack(RULE, [table(streamEnabled=False), broken])) == []


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_has_a_consumer_for_every_stream(environment, preview):
    assert verdicts_of(RULE, environment, preview=preview) == []
