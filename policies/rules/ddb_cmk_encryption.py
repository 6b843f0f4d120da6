"""Tables are encrypted with a key that the customer controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.rule import ADVISORY, ResourceRule
from rules.framework.settings import text
from rules.framework.tokens import TABLE
from rules.tables.encryption import has_customer_managed_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource

_REMEDY = "set serverSideEncryption with enabled true and kmsKeyArn of a customer-managed key"


def _check(resource: Resource, _: Settings) -> Iterator[Finding]:
    encryption = resource.properties.section("serverSideEncryption")
    if not encryption.flag("enabled"):
        # Without `enabled` the provider ignores a key that is given.
        yield Finding(
            "aws-owned-key",
            f"serverSideEncryption.enabled is not true, so the key is AWS's own; {_REMEDY}",
        )
    elif not has_customer_managed_key(encryption):
        yield Finding(
            "aws-managed-key",
            "serverSideEncryption.kmsKeyArn names no customer-managed key, so the key is "
            f"AWS-managed (alias/aws/dynamodb) and its key policy cannot be changed; {_REMEDY}",
        )


def _remediate(resource: Resource, settings: Settings) -> dict[str, object]:
    properties, key = resource.properties, settings.text("keyArn")
    encryption = properties.section("serverSideEncryption")
    refused = encryption.holds("enabled") and not encryption.flag("enabled")
    # Every replica needs a key of its own region, which the setting does not name.
    if not key or refused or encryption.holds("kmsKeyArn") or properties.count("replicas"):
        return {}
    added = {"enabled": True, "kmsKeyArn": key}
    return {"serverSideEncryption": {**encryption.plain(), **added}}


DDB_CMK_ENCRYPTION = ResourceRule(
    id="ddb-cmk-encryption",
    demands="Tables are encrypted with a customer-managed key.",
    severity=Severity.MEDIUM,
    default_level=ADVISORY,
    remediation_steps="Set server_side_encryption with enabled=True and kms_key_arn on the table; "
    "with tablewright, set tablewright:customerManagedKeyArn.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html",
    mappings=Mappings(
        control_tower=("CT.DYNAMODB.PR.2",),
        checkov=("CKV_AWS_119",),
        trivy=("AWS-0025",),
        cfn_nag=("W74",),
        awsguard=("dynamodb-table-encryption-enabled~",),
    ),
    settings={
        "keyArn": text(
            "The ARN of the key that a remediation adds to a table without one; without it, a "
            "remediation adds nothing.",
            "",
            pattern="^(arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+)?$",
        )
    },
    types=(TABLE,),
    check=_check,
    remediate=_remediate,
)
