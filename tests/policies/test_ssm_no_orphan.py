"""An export belongs to something in the stack."""

import pytest

from rules.framework.tokens import (
    GLOBAL_SECONDARY_INDEX,
    MANAGED_POLICY,
    PARAMETER,
    ROLE,
    TABLE,
    TABLE_REPLICA,
)
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    findings,
    judge_registrations,
    judge_stack,
    stack_resource,
    urn_of,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ssm-no-orphan"
AT = "/dropify-prod/tables"
TABLE_ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/dropify-prod-files"
STREAM_ARN = f"{TABLE_ARN}/stream/2026-01-01T00:00:00.000"
POLICY_ARN = "arn:aws:iam::123456789012:policy/dropify-prod-api"
INDEXES = [{"name": "fileIdIndex", "hashKey": "file_id"}]
MADE = {"name": "dropify-prod-files", "globalSecondaryIndexes": INDEXES, "streamEnabled": True}
TABLES = {
    "made": stack_resource(TABLE, "files", {**MADE, "arn": TABLE_ARN, "streamArn": STREAM_ARN}),
    "planned": stack_resource(TABLE, "files", {**MADE, "arn": UNKNOWN, "streamArn": UNKNOWN}),
}
POLICIES = {
    "made": stack_resource(MANAGED_POLICY, "api", {"name": "dropify-prod-api", "arn": POLICY_ARN}),
    "planned": stack_resource(MANAGED_POLICY, "api", {"name": "dropify-prod-api", "arn": UNKNOWN}),
}


def found(path, value, *others, source=None):
    depends = {"value": [source]} if source else {}
    outputs = {"name": f"{AT}/{path}", "value": value}
    export = stack_resource(PARAMETER, "export", outputs, depends=depends)
    return findings(judge_stack(RULE, [*others, export]))


@pytest.mark.parametrize("state", ["made", "planned"])
@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("files-table-name", "dropify-prod-files", []),
        ("files-table-name", "dropify-prod-old", ["orphan"]),
        ("files-table-name", TABLE_ARN, ["orphan"]),
        ("files-table-arn", TABLE_ARN, []),
        ("files-table-arn", f"{TABLE_ARN}-old", ["orphan"]),
        ("files-table-arn", POLICY_ARN, ["orphan"]),
        ("files-stream-arn", STREAM_ARN, []),
        ("files-stream-arn", TABLE_ARN, ["orphan"]),
        ("files-by-id-index-name", "fileIdIndex", []),
        ("files-by-id-index-name", f"{TABLE_ARN}/index/fileIdIndex", []),
        ("files-by-id-index-name", "otherIndex", ["orphan"]),
        ("files-by-id-index-name", f"{TABLE_ARN}/index/otherIndex", ["orphan"]),
        ("files-by-id-index-name", f"{TABLE_ARN}/stream/fileIdIndex", ["orphan"]),
        ("api-policy-arn", POLICY_ARN, []),
        ("api-policy-arn", f"{POLICY_ARN}-old", ["orphan"]),
        ("api-policy-arn", TABLE_ARN, ["orphan"]),
        ("api-policy-arn", "dropify-prod-api", ["orphan"]),
        ("files", "anything", []),
    ],
)
def test_an_export_holds_what_the_stack_has(state, path, value, expected):
    assert found(path, value, TABLES[state], POLICIES[state]) == expected


@pytest.mark.parametrize(
    ("path", "token", "expected"),
    [
        ("files-table-arn", TABLE, []),
        ("files-table-arn", TABLE_REPLICA, []),
        ("files-by-id-index-name", GLOBAL_SECONDARY_INDEX, []),
        ("api-policy-arn", MANAGED_POLICY, []),
        ("files-table-arn", MANAGED_POLICY, [CANNOT_RUN]),
        ("api-policy-arn", TABLE, [CANNOT_RUN]),
        ("api-policy-arn", ROLE, [CANNOT_RUN]),
    ],
)
def test_an_unknown_value_belongs_to_what_it_comes_from(path, token, expected):
    source = stack_resource(token, "source", {"tableName": "dropify-prod-files"})
    assert found(path, UNKNOWN, source, source=source) == expected


def test_a_policy_of_another_account_or_iam_path_is_not_the_stacks():
    other_account = POLICY_ARN.replace("123456789012", "999999999999")
    assert found("api-policy-arn", other_account, POLICIES["made"]) == ["orphan"]
    nested = stack_resource(MANAGED_POLICY, "api", {"name": "api", "path": "/a/", "arn": UNKNOWN})
    arn = "arn:aws:iam::123456789012:policy"
    assert found("api-policy-arn", f"{arn}/a/api", nested) == []
    assert found("api-policy-arn", f"{arn}/api", nested) == ["orphan"]


def test_an_orphan_is_named_and_its_value_is_not():
    outputs = {"name": f"{AT}/files-table-name", "value": "hunter2"}
    unknown = stack_resource(PARAMETER, "late", {**outputs, "value": UNKNOWN})
    malformed = stack_resource(PARAMETER, "odd", {**outputs, "value": 5})
    orphan = stack_resource(PARAMETER, "old", outputs)
    verdicts = judge_stack(RULE, [unknown, malformed, orphan])
    assert findings(verdicts) == ["orphan", "malformed"]
    assert verdicts[0].urn == urn_of(PARAMETER, "old")
    assert f"{AT}/files-table-name" in verdicts[0].message
    assert "hunter2" not in verdicts[0].message


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_projects_own_exports_keep_the_rule(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
