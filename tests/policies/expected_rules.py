"""What the pack promises: the table of its documents, written by hand once, in its order."""

from typing import NamedTuple


class Expected(NamedTuple):
    """One rule: its kind, severity, levels in dev, staging and prod, remediation, controls."""

    id: str
    kind: str
    severity: str
    levels: tuple[str, str, str]
    remediates: bool
    controls: tuple[str, ...] = ()


EXPECTED = (
    Expected(
        "ddb-pitr-enabled",
        "resource",
        "high",
        ("advisory", "remediate", "mandatory"),
        remediates=True,
        controls=(
            "security-hub:DynamoDB.2",
            "control-tower:CT.DYNAMODB.PR.1",
            "cdk-nag:DDB3",
            "checkov:CKV_AWS_28",
            "checkov:CKV_AWS_165",
            "trivy:AWS-0024",
            "cfn-nag:W78",
        ),
    ),
    Expected(
        "ddb-pitr-window",
        "resource",
        "medium",
        ("disabled", "advisory", "mandatory"),
        remediates=True,
    ),
    Expected(
        "ddb-deletion-protection",
        "resource",
        "high",
        ("disabled", "advisory", "mandatory"),
        remediates=True,
        controls=("security-hub:DynamoDB.6", "prowler:dynamodb_table_deletion_protection_enabled"),
    ),
    Expected(
        "ddb-pulumi-protect",
        "resource",
        "high",
        ("disabled", "advisory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ddb-cmk-encryption",
        "resource",
        "medium",
        ("disabled", "advisory", "advisory"),
        remediates=True,
        controls=(
            "control-tower:CT.DYNAMODB.PR.2",
            "checkov:CKV_AWS_119",
            "trivy:AWS-0025",
            "cfn-nag:W74",
            "awsguard:dynamodb-table-encryption-enabled~",
        ),
    ),
    Expected(
        "ddb-replica-parity",
        "resource",
        "high",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
        controls=("checkov:CKV_AWS_271", "checkov:CKV_AWS_165~"),
    ),
    Expected(
        "ddb-capacity-scales",
        "stack",
        "medium",
        ("advisory", "advisory", "mandatory"),
        remediates=False,
        controls=(
            "security-hub:DynamoDB.1",
            "cdk-nag:DynamoDBAutoScalingEnabled",
            "checkov:CKV2_AWS_16",
        ),
    ),
    Expected(
        "ddb-cost-ceiling",
        "resource",
        "medium",
        ("advisory", "advisory", "advisory"),
        remediates=True,
    ),
    Expected(
        "ddb-backup-plan",
        "stack",
        "medium",
        ("disabled", "advisory", "advisory"),
        remediates=False,
        controls=("security-hub:DynamoDB.4", "cdk-nag:DynamoDBInBackupPlan"),
    ),
    Expected(
        "required-tags",
        "resource",
        "low",
        ("remediate", "remediate", "mandatory"),
        remediates=True,
        controls=("security-hub:DynamoDB.5", "security-hub:IAM.24"),
    ),
    Expected(
        "ddb-name-env-isolation",
        "resource",
        "high",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ddb-ignore-changes-masks-safety",
        "resource",
        "high",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ddb-attribute-definitions-exact",
        "resource",
        "medium",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ddb-ttl-sane",
        "resource",
        "high",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ddb-gsi-projection-budget",
        "resource",
        "low",
        ("advisory", "advisory", "advisory"),
        remediates=False,
    ),
    Expected(
        "ddb-gsi-redundant",
        "resource",
        "medium",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ddb-low-cardinality-key",
        "resource",
        "low",
        ("advisory", "advisory", "advisory"),
        remediates=False,
    ),
    Expected(
        "ddb-gsi-single-owner",
        "stack",
        "high",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ddb-stream-has-consumer",
        "stack",
        "medium",
        ("advisory", "advisory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ddb-resource-policy-scoped",
        "resource",
        "critical",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
        controls=("prowler:dynamodb_table_cross_account_access",),
    ),
    Expected(
        "ssm-export-complete",
        "stack",
        "high",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ssm-path-convention",
        "stack",
        "medium",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "ssm-value-class",
        "resource",
        "high",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
        controls=("checkov:CKV_AWS_337", "checkov:CKV_AWS_384", "checkov:CKV2_AWS_34~"),
    ),
    Expected(
        "ssm-no-orphan", "stack", "low", ("advisory", "advisory", "advisory"), remediates=False
    ),
    Expected(
        "iam-no-admin",
        "resource",
        "critical",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
        controls=(
            "security-hub:IAM.1",
            "cis:5.0-1.15",
            "cis:6.0-2.15",
            "cis:7.0-2.14",
            "checkov:CKV_AWS_62",
            "checkov:CKV_AWS_63",
            "trivy:AWS-0057~",
            "cfn-guard:IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
        ),
    ),
    Expected(
        "iam-no-wildcard-action",
        "resource",
        "high",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
        controls=("security-hub:IAM.21", "cdk-nag:IAM5", "checkov:CKV_AWS_63~"),
    ),
    Expected(
        "iam-no-wildcard-resource",
        "resource",
        "high",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
        controls=("cdk-nag:IAM5", "checkov:CKV_AWS_355", "checkov:CKV_AWS_356", "trivy:AWS-0057~"),
    ),
    Expected(
        "iam-action-fits-resource",
        "resource",
        "high",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
        controls=("parliament:RESOURCE_MISMATCH~",),
    ),
    Expected(
        "iam-leading-keys-guard",
        "resource",
        "critical",
        ("mandatory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "iam-scan-declared",
        "stack",
        "high",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "iam-grants-match-stack",
        "stack",
        "high",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
    ),
    Expected(
        "iam-no-destructive-in-app-role",
        "resource",
        "high",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
        controls=("checkov:CKV_AWS_111", "checkov:CKV_AWS_290~"),
    ),
    Expected(
        "iam-structure",
        "resource",
        "high",
        ("advisory", "mandatory", "mandatory"),
        remediates=False,
        controls=(
            "security-hub:IAM.2",
            "security-hub:KMS.1",
            "security-hub:KMS.2",
            "cdk-nag:IAM4",
            "checkov:CKV_AWS_40",
            "checkov:CKV_AWS_60",
            "checkov:CKV_AWS_61",
            "checkov:CKV_AWS_274",
            "prowler:iam_inline_policy_no_administrative_privileges~",
            "cfn-guard:IAM_NO_INLINE_POLICY_CHECK",
        ),
    ),
    Expected(
        "alarms-cover-prod",
        "stack",
        "medium",
        ("disabled", "advisory", "mandatory"),
        remediates=False,
        controls=(
            "security-hub:CloudWatch.15",
            "security-hub:CloudWatch.17",
            "checkov:CKV_AWS_319~",
        ),
    ),
    Expected(
        "waiver-in-use", "stack", "low", ("advisory", "advisory", "advisory"), remediates=False
    ),
    Expected(
        "waiver-hygiene", "stack", "high", ("mandatory", "mandatory", "mandatory"), remediates=False
    ),
)
