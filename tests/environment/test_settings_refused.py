"""Each bad value alone: the key, what is wrong with it, and what to write instead."""

import pytest

from tests.support.configurations import problems, settings

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234"
TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call"
ENDPOINT = {"vpcId": "vpc-01234567", "routeTableIds": ["rtb-01234567"]}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        (
            "environment",
            "prd",
            "'prd' is not 'local', 'dev', 'staging' or 'prod'; did you mean prod?",
        ),
        ("environment", "x", "'x' is not 'local', 'dev', 'staging' or 'prod'; write, for example"),
        ("environment", None, "is not set; write, for example, `tablewright:environment: dev`"),
        ("project", "", "'' is not set; write, for example, `tablewright:project: dropify`"),
        ("project", "drop ify", "has characters that AWS refuses; use a letter first"),
        ("project", "aws-tables", "begins with 'aws', which SSM reserves"),
        ("owner", "   ", "'   ' is not set; write, for example, `tablewright:owner: team-data`"),
        ("owner", "a & b", "cannot be a tag: it has '&' in its value"),
        (
            "owner",
            ["x"],
            "'[\"x\"]' is not text; write, for example, `tablewright:owner: team-data`",
        ),
        ("costCenter", {"a": 1}, "is not text; write, for example, `tablewright:costCenter: 1234`"),
        ("weakeningReason", ["Load test"], "is not text; write, for example, `tablewright:weak"),
        ("costCenter", "c" * 257, "cannot be a tag: it has a value of 257 characters"),
        ("stores", "shop", "'shop' is not a list; write a list: [first, second]"),
        ("stores", [], "is empty; write, for example, `tablewright:stores: ["),
        ("stores", ["shpo"], "did you mean shop? known are file_sharing, application_table, kv"),
        ("stores", ["xyz"], "'xyz' is not a known store; known are file_sharing"),
        ("stores", ["shop", "shop"], "'shop' is listed 2 times; list it once"),
        ("enableAuditTrail", "yes", "'yes' is neither true nor false; write true or false"),
        ("retain", "yes", "'yes' is not true, false or profile; write true, false or profile"),
        ("retain", {"a": 1}, "is not true, false or profile"),
        ("alarms", "1", "'1' is not true, false or profile"),
        ("pointInTimeRecoveryDays", 36, "'36' is not a PITR window that AWS keeps (1 to 35 days)"),
        ("pointInTimeRecoveryDays", -1, "write 1 to 35, 0 for no point-in-time recovery, or prof"),
        ("pointInTimeRecoveryDays", "7.5", "'7.5' is not a PITR window"),
        ("customerManagedKeyArn", "alias/mine", "is not the ARN of a KMS key; write a key's ARN"),
        ("customerManagedKeyArn", KEY.replace("-1:", "-2:"), "is in us-east-2, but aws:region is"),
        (
            "customerManagedKeyArn",
            KEY.replace("aws:", "aws-cn:"),
            "is of partition aws-cn, but us-east-1 is in aws; write an ARN that begins 'arn:aws:'",
        ),
        ("alarmTopicArn", "on-call", "'on-call' is not the ARN of an SNS topic; write an ARN"),
        ("alarmTopicArn", TOPIC.replace("-1:", "-2:"), "but aws:region is us-east-1; write an ARN"),
        ("alarmEmail", "on-call", "'on-call' is not an e-mail address; write one"),
        ("tableClass", "CHEAP", "is not 'STANDARD' or 'STANDARD_INFREQUENT_ACCESS'; write"),
        ("tableClass", "standard", "'STANDARD_INFREQUENT_ACCESS'; did you mean STANDARD?"),
        ("maxReadRequestUnits", -5, "'-5' is less than 0; write request units a second, or 0"),
        ("maxWriteRequestUnits", "many", "'many' is not a whole number; write digits only"),
        ("replicaRegions", "eu-west-1", "'eu-west-1' is not a list"),
        ("replicaRegions", ["us-east-1"], "is the stack's own region, where the table itself is"),
        (
            "replicaRegions",
            ["eu-west-1", "cn-north-1"],
            "'cn-north-1' is in partition aws-cn, but aws:region us-east-1 is in aws; remove it",
        ),
        ("replicaRegions", ["eu-west-1"] * 2, "'eu-west-1' is listed 2 times; list it once"),
        ("roleNames", ["shop/api"], "is not an object; write an object: {key: value}"),
        ("extraTags", "Team=data", "'Team=data' is not an object"),
    ],
)
def test_a_value_is_refused_with_its_remedy(key, value, message):
    (problem,) = problems(**{key: value})
    assert problem.startswith(f"tablewright:{key}: ")
    assert message in problem


@pytest.mark.parametrize(
    ("key", "value", "path", "message"),
    [
        ("stores", ["shop", 3], "stores[1]", "3 is not text (numbers and booleans need quotes"),
        ("replicaRegions", ["europe"], "replicaRegions[0]", "'europe' is not a region's name"),
        (
            "roleNames",
            {"shop/events": ["arn:aws:iam::1:role/x"]},
            "roleNames.shop/events[0]",
            "write the name alone, without path or ARN",
        ),
        (
            "roleNames",
            {"shop/nobody": "b"},
            "roleNames.shop/nobody",
            "'b' is not a list of role names; write [b]",
        ),
        (
            "roleNames",
            {"shop/events": "a role"},
            "roleNames.shop/events",
            "'a role' is not a list of role names; write a list: [first, second]",
        ),
        ("roleNames", {"shop/evnts": ["x"]}, "roleNames.shop/evnts", "did you mean shop/events?"),
        (
            "roleNames",
            {"kv_storage/api": ["x"]},
            "roleNames.kv_storage/api",
            "is not <store>/<consumer> of a store of this stack",
        ),
        ("roleNames", {"shop/events": ["x", "x"]}, "roleNames.shop/events", "is listed 2 times"),
        ("vpcEndpoint", ENDPOINT | {"vpcId": "x"}, "vpcEndpoint.vpcId", "'x' is not a VPC's id"),
        ("vpcEndpoint", {"vpcId": "vpc-01234567"}, "vpcEndpoint.routeTableIds", "is not set"),
        (
            "vpcEndpoint",
            ENDPOINT | {"routeTableIds": []},
            "vpcEndpoint.routeTableIds",
            "is empty; write",
        ),
        (
            "vpcEndpoint",
            ENDPOINT | {"routeTableIds": "rtb-01234567"},
            "vpcEndpoint.routeTableIds",
            "'rtb-01234567' is not a list; write, for example",
        ),
        (
            "vpcEndpoint",
            ENDPOINT | {"routeTableIds": ["rtb-01234567"] * 2},
            "vpcEndpoint.routeTableIds",
            "'rtb-01234567' is listed 2 times; list it once",
        ),
        (
            "vpcEndpoint",
            ENDPOINT | {"subnet": "x"},
            "vpcEndpoint.subnet",
            "is not a key of this program; write, for example",
        ),
        ("extraTags", {"Team": 3}, "extraTags.Team", "3 is not text"),
        (
            "extraTags",
            {"owner": "me"},
            "extraTags.owner",
            ": 'me' would override the required tag Owner; remove it",
        ),
        ("extraTags", {"aws:x": "x"}, "extraTags.aws:x", "begins with 'aws:'"),
        ("ownr", "x", "ownr", "is not a key of this program; did you mean owner?"),
        ("ownr", "", "ownr", "'' is not a key of this program; did you mean owner?"),
        ("colour", "red", "colour", "known are environment, project, owner"),
    ],
)
def test_a_problem_inside_a_value_is_found_at_its_place(key, value, path, message):
    (problem,) = problems(**{key: value})
    assert problem.startswith(f"tablewright:{path}: ")
    assert message in problem


def test_one_bad_key_hides_no_problem_of_another():
    found = problems(environment="prd", replicaRegions=["us-east-1"], extraTags={"Owner": "x"})
    assert [problem.split(": ")[0] for problem in found] == [
        "tablewright:environment",
        "tablewright:replicaRegions",
        "tablewright:extraTags.Owner",
    ]


def test_one_bad_entry_hides_no_problem_of_the_next():
    roles = {"shop/events": "web", "shop/storefront": ["a role"], "shop/nobody": ["web"]}
    tags = {"Team": 3, "Owner": "x"}
    assert [problem.split(": ")[0] for problem in problems(roleNames=roles, extraTags=tags)] == [
        "tablewright:roleNames.shop/events",
        "tablewright:roleNames.shop/storefront[0]",
        "tablewright:extraTags.Team",
        "tablewright:roleNames.shop/nobody",
        "tablewright:extraTags.Owner",
    ]


def test_a_reason_may_begin_with_a_bracket():
    reason = "[ticket 1234] Load test data, gone by the end of May"
    assert settings(weakeningReason=reason).weakening_reason == reason


def test_a_refused_key_causes_no_second_problem():
    found = problems(project=None, stores="shop", roleNames={"nobody/api": ["x"]})
    assert [problem.split(": ")[0] for problem in found] == [
        "tablewright:project",
        "tablewright:stores",
    ]
