"""Actions that change or delete what holds items, or what they could be recovered from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_BY_SERVICE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "tables": {
        "dynamodb": (
            "AssociateTableReplica", "CreateGlobalTable", "CreateGlobalTableWitness", "CreateTable",
            "CreateTableReplica", "DeleteGlobalTableWitness", "DeleteTable", "DeleteTableReplica",
            "DisableKinesisStreamingDestination", "EnableKinesisStreamingDestination",
            "ImportTable", "InjectError", "ReadDataForReplication", "ReplicateSettings",
            "TagResource", "UntagResource", "UpdateGlobalTable", "UpdateGlobalTableSettings",
            "UpdateGlobalTableVersion", "UpdateKinesisStreamingDestination", "UpdateTable",
            "UpdateTableReplicaAutoScaling", "UpdateTimeToLive", "WriteDataForReplication",
        ),
    },
    "backups": {
        "dynamodb": (
            "DeleteBackup", "RestoreTableFromAwsBackup", "RestoreTableFromBackup",
            "RestoreTableToPointInTime", "UpdateContinuousBackups",
        ),
        "backup": (
            "CancelLegalHold", "DeleteBackupAccessPoint", "DeleteBackupPlan",
            "DeleteBackupSelection", "DeleteBackupVault", "DeleteBackupVaultAccessPolicy",
            "DeleteBackupVaultLockConfiguration", "DeleteBackupVaultSharingPolicy",
            "DeleteRecoveryPoint", "DisassociateBackupVaultMpaApprovalTeam",
            "DisassociateRecoveryPoint", "DisassociateRecoveryPointFromParent",
            "PutBackupVaultAccessPolicy", "PutBackupVaultLockConfiguration",
            "PutBackupVaultSharingPolicy", "RevokeRestoreAccessBackupVault", "StartRestoreJob",
            "StopBackupJob", "UpdateBackupPlan", "UpdateGlobalSettings",
            "UpdateRecoveryPointLifecycle", "UpdateRegionSettings",
        ),
        "backup-storage": ("DeleteObjects",),
    },
    "permissions": {
        "dynamodb": ("DeleteResourcePolicy", "PutResourcePolicy", "UpdateAbacStatus"),
    },
    "parameters": {
        "ssm": (
            "AddTagsToResource", "DeleteParameter", "DeleteParameters", "DeleteResourcePolicy",
            "LabelParameterVersion", "PutParameter", "PutResourcePolicy", "RemoveTagsFromResource",
            "UnlabelParameterVersion",
        ),
    },
    "keys": {
        "kms": (
            "DeleteCustomKeyStore", "DeleteImportedKeyMaterial", "DisableKey",
            "DisconnectCustomKeyStore", "ImportKeyMaterial", "PutKeyPolicy", "RetireGrant",
            "RevokeGrant", "ScheduleKeyDeletion", "TagResource", "UntagResource",
            "UpdateCustomKeyStore", "UpdatePrimaryRegion",
        ),
    },
}  # fmt: skip
"""Tags are among them, as access may depend on tags; grants, as a table uses its key by one."""
DESTRUCTIVE: Final = {
    kind: tuple(f"{service}:{name}" for service, names in services.items() for name in names)
    for kind, services in _BY_SERVICE.items()
}
"""The actions by the id of what is found; ids never change, as waivers name them."""
