"""Access policies grant on what is in the stack, or on what the settings list."""

import pytest

from rules.framework.tokens import (
    GLOBAL_SECONDARY_INDEX,
    GROUP_POLICY_ATTACHMENT,
    MANAGED_POLICY,
    PARAMETER,
    POLICY_ATTACHMENT,
    ROLE,
    ROLE_POLICY_ATTACHMENT,
    ROLE_POLICY_ATTACHMENTS_EXCLUSIVE,
    TABLE,
    TABLE_REPLICA,
)
from tablewright.recorder import UNKNOWN
from tests.support.access_documents import ACCOUNT, document, statement
from tests.support.policy_pack import (
    CANNOT_RUN,
    as_stack,
    findings,
    judge_stack,
    level_file,
    stack_resource,
)
from tests.support.recording import record_stack
from tests.support.stacks import verdicts_of

RULE = "iam-grants-match-stack"
HOME = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table"
PATHS = f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter"
FILES = {
    "name": "dropify-prod-files",
    "globalSecondaryIndexes": [{"name": "fileIdIndex"}],
    "localSecondaryIndexes": [{"name": "bySize"}],
    "streamEnabled": True,
}
DEPLOYED = {
    "arn": f"{HOME}/dropify-prod-files",
    "streamArn": f"{HOME}/dropify-prod-files/stream/2026-01-01",
}


def table(**more):
    return stack_resource(TABLE, "files", {**FILES, **more})


def parameter(name="/dropify-prod/tables/files-table-name", **more):
    return stack_resource(PARAMETER, "files-name", {"name": name, **more})


def policy(*resources, actions="dynamodb:Query", **more):
    given = {"policy": document(statement(actions, list(resources))), **more}
    return stack_resource(MANAGED_POLICY, "api", given)


def judge(*resources, external=()):
    settings = {"externalResources": list(external)}
    return findings(judge_stack(RULE, resources, settings=settings))


@pytest.mark.parametrize("deployed", [{}, DEPLOYED, {"arn": UNKNOWN, "streamArn": UNKNOWN}])
@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (f"{HOME}/dropify-prod-files", []),
        (f"{HOME}/dropify-staging-files", ["table"]),
        (f"{HOME}/dropify-prod-users/index/fileIdIndex", ["table"]),
        (f"{HOME}/dropify-staging-*", ["table"]),
        (f"{HOME}/dropify-prod-${{aws:PrincipalTag/team}}", ["table"]),
        (f"{HOME}/dropify-prod-files/index/fileIdIndex", []),
        (f"{HOME}/dropify-prod-files/index/bySize", []),
        (f"{HOME}/dropify-prod-files/index/byName", ["index"]),
        (f"{HOME}/dropify-prod-files/stream/*", []),
        (f"{HOME}/dropify-prod-files/stream/2026-01-01", []),
        (f"{HOME}/dropify-prod-files/backup/0123", []),
        (f"arn:aws:dynamodb::{ACCOUNT}:global-table/dropify-staging-files", ["table"]),
        ("arn:aws:s3:::another-bucket/*", []),
    ],
)
def test_a_grant_names_what_the_stack_has(deployed, resource, expected):
    assert judge(table(**deployed), policy(resource)) == expected


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        f"{HOME}/*",
        f"{HOME}/dropify-prod-*/index/*",
        f"{HOME}/dropify-prod-files/*",
        "arn:*:dynamodb:*:*:table/dropify-prod-file?",
    ],
)
def test_a_pattern_that_covers_something_of_the_stack_is_for_other_rules(resource):
    assert judge(table(**DEPLOYED), policy(resource)) == []


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (f"{HOME}/dropify-prod-files".replace(ACCOUNT, "210987654321"), ["account"]),
        (f"{HOME}/dropify-prod-files".replace(ACCOUNT, ""), ["account"]),
        (f"{HOME}/dropify-prod-files".replace("arn:aws:", "arn:aws-cn:"), ["account"]),
        (f"{HOME}/dropify-prod-files".replace("us-east-1", "eu-west-1"), ["region"]),
        (f"{HOME}/dropify-prod-files/stream/2025-01-01", ["stream"]),
        (f"arn:aws:dynamodb::{ACCOUNT}:global-table/dropify-prod-files", []),
    ],
)
def test_account_region_and_stream_label_are_judged_once_they_are_known(resource, expected):
    assert judge(table(**DEPLOYED), policy(resource)) == expected
    assert judge(table(), policy(resource)) == []


def test_a_replica_is_in_its_own_region_with_a_stream_of_its_own():
    abroad = f"{HOME}/dropify-prod-files".replace("us-east-1", "eu-west-1")
    grants = policy(abroad, f"{abroad}/stream/2026-02-02", f"{abroad}/index/fileIdIndex")
    inline = table(**DEPLOYED, replicas=[{"regionName": "eu-west-1"}])
    assert judge(inline, grants) == []
    beside = stack_resource(
        TABLE_REPLICA, "replica", {"globalTableArn": DEPLOYED["arn"], "region": "eu-west-1"}
    )
    assert judge(table(**DEPLOYED), beside, grants) == []
    other = table(**DEPLOYED, replicas=[{"regionName": "eu-west-2"}])
    assert judge(other, grants) == ["region"] * 3


def test_a_stream_is_granted_only_where_the_table_has_one():
    without = table(streamEnabled=False)
    actions = "dynamodb:GetRecords"
    granted = policy(f"{HOME}/dropify-prod-files/stream/*", actions=actions)
    assert judge(without, granted) == ["stream"]


def test_indexes_that_are_resources_of_their_own_count():
    beside = stack_resource(
        GLOBAL_SECONDARY_INDEX, "i", {"tableName": "dropify-prod-files", "indexName": "byName"}
    )
    granted = policy(f"{HOME}/dropify-prod-files/index/byName")
    assert judge(table(), beside, granted) == []
    assert judge(table(), granted) == ["index"]
    lost = stack_resource(
        GLOBAL_SECONDARY_INDEX, "i", {"tableName": UNKNOWN, "indexName": "byName"}
    )
    assert judge(table(), lost, granted) == [CANNOT_RUN]


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (f"{PATHS}/dropify-prod/tables/files-table-name", []),
        (f"{PATHS}/dropify-prod/tables", []),
        (f"{PATHS}/dropify-prod/*", []),
        (f"{PATHS}/dropify-staging/tables/files-table-name", ["parameter"]),
        (f"{PATHS}/dropify-staging/*", ["parameter"]),
        (f"{PATHS}/dropify-prod/tables/files-table", ["parameter"]),
        (
            f"{PATHS}/dropify-prod/tables/files-table-name".replace(ACCOUNT, "210987654321"),
            ["account"],
        ),
    ],
)
def test_a_grant_names_parameters_of_the_stack(resource, expected):
    deployed = parameter(arn=f"{PATHS}/dropify-prod/tables/files-table-name")
    assert judge(deployed, policy(resource, actions="ssm:GetParameter")) == expected


def test_a_parameter_without_a_path_is_found_by_its_name():
    granted = policy(f"{PATHS}/plain", actions="ssm:GetParameter")
    assert judge(parameter("plain"), granted) == []
    assert judge(parameter("other"), granted) == ["parameter"]


def test_a_path_may_be_deployed_to_several_regions():
    here = parameter(arn=f"{PATHS}/dropify-prod/tables/files-table-name")
    abroad = PATHS.replace("us-east-1", "eu-west-1")
    there = parameter(arn=f"{abroad}/dropify-prod/tables/files-table-name")
    granted = policy(f"{PATHS}/dropify-prod/tables/files-table-name")
    assert judge(here, there, granted) == []
    assert judge(there, granted) == ["region"]


def test_what_another_stack_owns_is_listed_in_a_setting():
    granted = policy(f"{HOME}/shared-users", f"{PATHS}/shared/key")
    assert judge(granted) == ["table", "parameter"]
    assert judge(granted, external=[f"{HOME}/shared-*", f"{PATHS}/shared/key"]) == []
    wide = policy(f"{HOME}/shared-*")
    assert judge(wide, external=[f"{HOME}/shared-?"]) == ["table"]


def test_only_what_is_allowed_counts_and_inline_policies_do():
    other = f"{HOME}/dropify-staging-files"
    denied = document(statement("dynamodb:*", other, Effect="Deny"))
    assert judge(table(), policy(policy=denied)) == []
    inline = {"inlinePolicies": [{"policy": document(statement("dynamodb:Query", other))}]}
    assert judge(table(), stack_resource(ROLE, "role", inline)) == ["table"]


def test_a_finding_tells_the_access_policy_and_the_arn():
    granted = policy(f"{HOME}/dropify-staging-files")
    (verdict,) = judge_stack(RULE, [table(), granted])
    assert verdict.urn == granted.urn
    assert "statement 1 of 'api'" in verdict.message
    assert f"{HOME}/dropify-staging-files" in verdict.message


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([table(name=UNKNOWN), policy(f"{HOME}/any", f"{PATHS}/a")], ["parameter", CANNOT_RUN]),
        ([parameter(UNKNOWN), policy(f"{PATHS}/a", f"{HOME}/a")], ["table", CANNOT_RUN]),
        (
            [table(globalSecondaryIndexes=UNKNOWN), policy(f"{HOME}/dropify-prod-files/index/x")],
            [CANNOT_RUN],
        ),
        ([table(streamEnabled=UNKNOWN), policy(f"{HOME}/dropify-prod-files")], []),
        ([policy(policy=UNKNOWN), policy(f"{HOME}/a")], ["table", CANNOT_RUN]),
        ([table(name=1), policy(f"{HOME}/a")], ["malformed"]),
        ([table(tags=UNKNOWN, hashKey=UNKNOWN), policy(f"{HOME}/dropify-prod-files")], []),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(resources, expected):
    assert judge(*resources) == expected


def test_each_document_that_cannot_be_read_is_told_with_its_resource():
    broken = [
        stack_resource(MANAGED_POLICY, name, {"policy": "{"}) for name in ("api", "reporting")
    ]
    verdicts = judge_stack(RULE, [*broken, table(name=1), policy(f"{HOME}/a")])
    assert findings(verdicts) == ["malformed"] * 3
    assert [each.urn for each in verdicts] == [*(each.urn for each in broken), None]
    assert "'policy' must be" in verdicts[0].message
    assert "'name' must be" in verdicts[2].message


def test_what_cannot_be_run_says_for_which_resource():
    (verdict,) = judge_stack(RULE, [policy(policy=UNKNOWN)])
    assert "at .api.policy " in verdict.message


ATTACHMENT = stack_resource(MANAGED_POLICY, "own", {"policy": document()})
SECOND = stack_resource(MANAGED_POLICY, "second", {"policy": document()})
STORE = stack_resource(TABLE, "store", {"name": "dropify-prod-store"})
WRITTEN = f"arn:aws:iam::{ACCOUNT}:policy/written"


@pytest.mark.parametrize(
    ("token", "name", "attached", "sources", "expected"),
    [
        (ROLE_POLICY_ATTACHMENT, "policyArn", UNKNOWN, [ATTACHMENT], []),
        (ROLE_POLICY_ATTACHMENT, "policyArn", WRITTEN, [STORE], []),
        (ROLE_POLICY_ATTACHMENT, "policyArn", UNKNOWN, [STORE], ["unknown-attachment"]),
        (ROLE_POLICY_ATTACHMENT, "policyArn", UNKNOWN, [], ["unknown-attachment"]),
        (POLICY_ATTACHMENT, "policyArn", UNKNOWN, [ATTACHMENT, STORE], ["unknown-attachment"]),
        (GROUP_POLICY_ATTACHMENT, "policyArn", UNKNOWN, [STORE], ["unknown-attachment"]),
        (ROLE, "managedPolicyArns", [UNKNOWN, WRITTEN], [ATTACHMENT], []),
        (ROLE, "managedPolicyArns", [UNKNOWN, UNKNOWN], [ATTACHMENT, SECOND], []),
        (ROLE, "managedPolicyArns", [UNKNOWN, WRITTEN], [ATTACHMENT, STORE], []),
        (ROLE, "managedPolicyArns", [UNKNOWN], [STORE], ["unknown-attachment"]),
        (ROLE, "managedPolicyArns", [UNKNOWN] * 2, [ATTACHMENT], ["unknown-attachment"]),
        (ROLE, "managedPolicyArns", [UNKNOWN] * 2, [ATTACHMENT, STORE], ["unknown-attachment"]),
        (ROLE, "managedPolicyArns", UNKNOWN, [ATTACHMENT], [CANNOT_RUN]),
        (ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, "policyArns", [UNKNOWN], [ATTACHMENT], []),
        (ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, "policyArns", [UNKNOWN], [], ["unknown-attachment"]),
    ],
)
def test_an_arn_that_is_yet_unknown_comes_from_an_access_policy_of_the_stack(
    token, name, attached, sources, expected
):
    given = stack_resource(token, "attached", {name: attached}, depends={name: sources})
    verdicts = judge_stack(RULE, [ATTACHMENT, SECOND, STORE, given])
    assert findings(verdicts) == expected
    assert all(each.urn in (given.urn, None) for each in verdicts)


def test_the_program_of_another_environment_is_caught():
    registrations = record_stack("prod", preview=True).registrations
    tables = [each for each in registrations if each.type == TABLE]
    staging = record_stack("staging", preview=True).registrations
    policies = [each for each in staging if each.type == MANAGED_POLICY]
    verdicts = judge_stack(RULE, as_stack([*tables, *policies]))
    assert {verdict.finding for verdict in verdicts} == {"table", "parameter"}
    assert {verdict.urn for verdict in verdicts} == {each.urn for each in policies}


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_has_no_finding(environment, preview):
    assert "externalResources" not in level_file(environment)[RULE]
    assert verdicts_of(RULE, environment, preview=preview) == []
