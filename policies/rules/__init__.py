"""Every rule of the pack, one file each, in the order in which they are documented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from .alarms_cover_prod import ALARMS_COVER_PROD
from .ddb_attribute_definitions_exact import DDB_ATTRIBUTE_DEFINITIONS_EXACT
from .ddb_backup_plan import DDB_BACKUP_PLAN
from .ddb_capacity_scales import DDB_CAPACITY_SCALES
from .ddb_cmk_encryption import DDB_CMK_ENCRYPTION
from .ddb_cost_ceiling import DDB_COST_CEILING
from .ddb_deletion_protection import DDB_DELETION_PROTECTION
from .ddb_gsi_projection_budget import DDB_GSI_PROJECTION_BUDGET
from .ddb_gsi_redundant import DDB_GSI_REDUNDANT
from .ddb_gsi_single_owner import DDB_GSI_SINGLE_OWNER
from .ddb_ignore_changes_masks_safety import DDB_IGNORE_CHANGES_MASKS_SAFETY
from .ddb_low_cardinality_key import DDB_LOW_CARDINALITY_KEY
from .ddb_name_env_isolation import DDB_NAME_ENV_ISOLATION
from .ddb_pitr_enabled import DDB_PITR_ENABLED
from .ddb_pitr_window import DDB_PITR_WINDOW
from .ddb_pulumi_protect import DDB_PULUMI_PROTECT
from .ddb_replica_parity import DDB_REPLICA_PARITY
from .ddb_resource_policy_scoped import DDB_RESOURCE_POLICY_SCOPED
from .ddb_stream_has_consumer import DDB_STREAM_HAS_CONSUMER
from .ddb_ttl_sane import DDB_TTL_SANE
from .iam_action_fits_resource import IAM_ACTION_FITS_RESOURCE
from .iam_grants_match_stack import IAM_GRANTS_MATCH_STACK
from .iam_leading_keys_guard import IAM_LEADING_KEYS_GUARD
from .iam_no_admin import IAM_NO_ADMIN
from .iam_no_destructive_in_app_role import IAM_NO_DESTRUCTIVE_IN_APP_ROLE
from .iam_no_wildcard_action import IAM_NO_WILDCARD_ACTION
from .iam_no_wildcard_resource import IAM_NO_WILDCARD_RESOURCE
from .iam_scan_declared import IAM_SCAN_DECLARED
from .iam_structure import IAM_STRUCTURE
from .required_tags import REQUIRED_TAGS
from .shared import sdk_costs
from .shared.judge import policy_of
from .shared.session import Session
from .shared.waivers import load
from .ssm_export_complete import SSM_EXPORT_COMPLETE
from .ssm_no_orphan import SSM_NO_ORPHAN
from .ssm_path_convention import SSM_PATH_CONVENTION
from .ssm_value_class import SSM_VALUE_CLASS
from .waiver_hygiene import WAIVER_HYGIENE
from .waiver_in_use import WAIVER_IN_USE

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_policy import Policy

    from .shared.rule import ResourceRule, StackRule

META: Final[tuple[StackRule, ...]] = (WAIVER_IN_USE, WAIVER_HYGIENE)
"""They judge the waivers, so no waiver accepts them, and they run last."""

RULES: Final[tuple[ResourceRule | StackRule, ...]] = (
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
    *META,
)


def policies(waivers: Path) -> list[Policy]:
    """Return every rule as the SDK runs it, with the waivers of a file."""
    sdk_costs.spare()
    session = Session(
        load(
            waivers,
            policies={rule.id for rule in RULES if rule not in META},
            critical={rule.id for rule in RULES if rule.severity is Severity.CRITICAL},
        )
    )
    return [policy_of(rule, session) for rule in RULES]
