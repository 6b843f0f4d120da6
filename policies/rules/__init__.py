"""Every rule of the pack, one file each, in the order in which they are documented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.alarms_cover_prod import ALARMS_COVER_PROD
from rules.ddb_attribute_definitions_exact import DDB_ATTRIBUTE_DEFINITIONS_EXACT
from rules.ddb_backup_plan import DDB_BACKUP_PLAN
from rules.ddb_capacity_scales import DDB_CAPACITY_SCALES
from rules.ddb_cmk_encryption import DDB_CMK_ENCRYPTION
from rules.ddb_cost_ceiling import DDB_COST_CEILING
from rules.ddb_deletion_protection import DDB_DELETION_PROTECTION
from rules.ddb_gsi_projection_budget import DDB_GSI_PROJECTION_BUDGET
from rules.ddb_gsi_redundant import DDB_GSI_REDUNDANT
from rules.ddb_gsi_single_owner import DDB_GSI_SINGLE_OWNER
from rules.ddb_ignore_changes_masks_safety import DDB_IGNORE_CHANGES_MASKS_SAFETY
from rules.ddb_low_cardinality_key import DDB_LOW_CARDINALITY_KEY
from rules.ddb_name_env_isolation import DDB_NAME_ENV_ISOLATION
from rules.ddb_pitr_enabled import DDB_PITR_ENABLED
from rules.ddb_pitr_window import DDB_PITR_WINDOW
from rules.ddb_pulumi_protect import DDB_PULUMI_PROTECT
from rules.ddb_replica_parity import DDB_REPLICA_PARITY
from rules.ddb_resource_policy_scoped import DDB_RESOURCE_POLICY_SCOPED
from rules.ddb_stream_has_consumer import DDB_STREAM_HAS_CONSUMER
from rules.ddb_ttl_sane import DDB_TTL_SANE
from rules.framework import sdk_costs
from rules.framework.judge import policies_of
from rules.framework.session import Session
from rules.framework.waivers import load
from rules.iam_action_fits_resource import IAM_ACTION_FITS_RESOURCE
from rules.iam_grants_match_stack import IAM_GRANTS_MATCH_STACK
from rules.iam_leading_keys_guard import IAM_LEADING_KEYS_GUARD
from rules.iam_no_admin import IAM_NO_ADMIN
from rules.iam_no_destructive_in_app_role import IAM_NO_DESTRUCTIVE_IN_APP_ROLE
from rules.iam_no_wildcard_action import IAM_NO_WILDCARD_ACTION
from rules.iam_no_wildcard_resource import IAM_NO_WILDCARD_RESOURCE
from rules.iam_scan_declared import IAM_SCAN_DECLARED
from rules.iam_structure import IAM_STRUCTURE
from rules.required_tags import REQUIRED_TAGS
from rules.ssm_export_complete import SSM_EXPORT_COMPLETE
from rules.ssm_no_orphan import SSM_NO_ORPHAN
from rules.ssm_path_convention import SSM_PATH_CONVENTION
from rules.ssm_value_class import SSM_VALUE_CLASS
from rules.waiver_hygiene import WAIVER_HYGIENE
from rules.waiver_in_use import WAIVER_IN_USE

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pulumi_policy import Policy

    from rules.framework.rule import ResourceRule, StackRule
    from rules.framework.waivers import WaiverFile

ON_RESOURCES: Final[tuple[ResourceRule | StackRule, ...]] = (
    DDB_PITR_ENABLED,
    DDB_PITR_WINDOW,
    DDB_DELETION_PROTECTION,
    DDB_PULUMI_PROTECT,
    DDB_CMK_ENCRYPTION,
    DDB_REPLICA_PARITY,
    DDB_CAPACITY_SCALES,
    DDB_COST_CEILING,
    DDB_BACKUP_PLAN,
    REQUIRED_TAGS,
    DDB_NAME_ENV_ISOLATION,
    DDB_IGNORE_CHANGES_MASKS_SAFETY,
    DDB_ATTRIBUTE_DEFINITIONS_EXACT,
    DDB_TTL_SANE,
    DDB_GSI_PROJECTION_BUDGET,
    DDB_GSI_REDUNDANT,
    DDB_LOW_CARDINALITY_KEY,
    DDB_GSI_SINGLE_OWNER,
    DDB_STREAM_HAS_CONSUMER,
    DDB_RESOURCE_POLICY_SCOPED,
    SSM_EXPORT_COMPLETE,
    SSM_PATH_CONVENTION,
    SSM_VALUE_CLASS,
    SSM_NO_ORPHAN,
    IAM_NO_ADMIN,
    IAM_NO_WILDCARD_ACTION,
    IAM_NO_WILDCARD_RESOURCE,
    IAM_ACTION_FITS_RESOURCE,
    IAM_LEADING_KEYS_GUARD,
    IAM_SCAN_DECLARED,
    IAM_GRANTS_MATCH_STACK,
    IAM_NO_DESTRUCTIVE_IN_APP_ROLE,
    IAM_STRUCTURE,
    ALARMS_COVER_PROD,
)
"""A new rule goes in here."""

META: Final[tuple[StackRule, ...]] = (WAIVER_IN_USE, WAIVER_HYGIENE)
"""They judge the waivers, so no waiver accepts them, and they run after all others."""

RULES: Final = (*ON_RESOURCES, *META)


GATE: Final = "policy-was-evaluated"
"""What reports call a mandatory rule that could not judge. It is no rule, and looks like one."""


def policies(waivers: Path) -> list[Policy]:
    """Return every rule as the SDK runs it, with the waivers of a file."""
    sdk_costs.spare()
    return policies_of(RULES, Session(read_waivers(waivers)))


def read_waivers(path: Path, today: date | None = None) -> WaiverFile:
    """Return the waivers of a file, as this pack accepts them."""
    return load(
        path,
        policies={rule.id for rule in ON_RESOURCES},
        critical={rule.id for rule in ON_RESOURCES if rule.severity is Severity.CRITICAL},
        refused={GATE, *(rule.id for rule in META)},
        today=today,
    )
