"""Mistakes in how a table is kept and named, and tables that are added."""

from rules.framework.tokens import (
    TABLE,
)
from tests.policies.mutations.cases import (
    KEY,
    NAME_EXPORT,
    SHOP,
    SHOP_NAME,
    STOREFRONT,
    TAGS,
    Mutation,
)
from tests.policies.mutations.keys import UNWATCHED_INDEX
from tests.support.mutations import (
    add,
    option,
    put,
    rename,
    take,
)

KEPT = [
    Mutation(
        does="point-in-time recovery of prod is switched off",
        change=put(SHOP, "pointInTimeRecovery", {"enabled": False}),
        finds=[f"ddb-pitr-enabled/table on {SHOP}"],
    ),
    Mutation(
        does="point-in-time recovery is forgotten",
        change=take(SHOP, "pointInTimeRecovery"),
        finds=[f"ddb-pitr-enabled/table on {SHOP}"],
        environment="staging",
    ),
    Mutation(
        does="recovery of prod reaches back a week",
        change=put(SHOP, "pointInTimeRecovery.recoveryPeriodInDays", 7),
        finds=[f"ddb-pitr-window/window on {SHOP}"],
    ),
    Mutation(
        does="deletion protection is off",
        change=put(SHOP, "deletionProtectionEnabled", value=False),
        finds=[f"ddb-deletion-protection/table on {SHOP}"],
    ),
    Mutation(
        does="deletion protection is left to AWS's default",
        change=take(SHOP, "deletionProtectionEnabled"),
        finds=[f"ddb-deletion-protection/table on {SHOP}"],
    ),
    Mutation(
        does="the option protect is lost",
        change=option(SHOP, protect=False),
        finds=[f"ddb-pulumi-protect/table on {SHOP}"],
    ),
    Mutation(
        does="the customer-managed key is lost",
        change=take(SHOP, "serverSideEncryption.kmsKeyArn"),
        finds=[f"ddb-cmk-encryption/aws-managed-key on {SHOP}"],
    ),
    Mutation(
        does="encryption is left to AWS's own key",
        change=take(SHOP, "serverSideEncryption"),
        finds=[f"ddb-cmk-encryption/aws-owned-key on {SHOP}"],
    ),
    Mutation(
        does="a key is named and encryption is not enabled",
        change=put(SHOP, "serverSideEncryption", {"enabled": False, "kmsKeyArn": KEY}),
        finds=[f"ddb-cmk-encryption/aws-owned-key on {SHOP}"],
    ),
    Mutation(
        does="changes of TTL are ignored",
        change=option(SHOP, ignore_changes=("ttl",)),
        finds=[f"ddb-ignore-changes-masks-safety/ttl on {SHOP}"],
    ),
    Mutation(
        does="changes of one part of recovery are ignored",
        change=option(SHOP, ignore_changes=("pointInTimeRecovery.recoveryPeriodInDays",)),
        finds=[f"ddb-ignore-changes-masks-safety/recovery on {SHOP}"],
    ),
    Mutation(
        does="a table of prod is deleted before it is replaced",
        change=option(SHOP, delete_before_replace=True),
        finds=[f"ddb-ignore-changes-masks-safety/delete-before-replace on {SHOP}"],
    ),
]

NAMED = [
    Mutation(
        does="the table carries the name of another environment",
        change=rename(SHOP_NAME, "dropify-staging-shop"),
        finds=[
            f"ddb-name-env-isolation/lacks-environment on {SHOP}",
            f"ddb-name-env-isolation/other-environment on {SHOP}",
        ],
    ),
    Mutation(
        does="the table's name leaves out the environment",
        change=rename(r"dropify-dev-shop(?![\w-])", "dropify-shop"),
        finds=[f"ddb-name-env-isolation/lacks-environment on {SHOP}"],
        environment="dev",
    ),
    Mutation(
        does="a table is tagged for another environment",
        change=put(SHOP, "tags.Environment", "staging"),
        finds=[f"required-tags/environment on {SHOP}"],
    ),
    Mutation(
        does="an access policy loses the tag of its owner",
        change=take(STOREFRONT, "tags.Owner"),
        finds=[f"required-tags/missing on {STOREFRONT}"],
    ),
    Mutation(
        does="a parameter's cost center is blank",
        change=put(NAME_EXPORT, "tags.CostCenter", " "),
        finds=[f"required-tags/missing on {NAME_EXPORT}"],
    ),
]

BY_HAND = f"{TABLE}::carts"
PLAIN = {
    "name": "dropify-prod-carts",
    "billingMode": "PAY_PER_REQUEST",
    "hashKey": "cartId",
    "attributes": [{"name": "cartId", "type": "S"}],
}
ADDED = [
    Mutation(
        does="an index is added and nobody watches it",
        change=UNWATCHED_INDEX,
        finds=[f"alarms-cover-prod/index-{of}-throttle on {SHOP}" for of in ("read", "write")],
    ),
    Mutation(
        # All that the project's component would have done.
        does="a table is added by hand",
        change=add(BY_HAND, PLAIN),
        finds=[
            f"{each} on {BY_HAND}"
            for each in (
                "alarms-cover-prod/read-throttle",
                "alarms-cover-prod/system-errors",
                "alarms-cover-prod/write-throttle",
                "ddb-backup-plan/table",
                "ddb-cmk-encryption/aws-owned-key",
                "ddb-cost-ceiling/maximum-missing",
                "ddb-deletion-protection/table",
                "ddb-pitr-enabled/table",
                "ddb-pulumi-protect/table",
                *["required-tags/missing"] * len(TAGS),
                "ssm-export-complete/arn",
                "ssm-export-complete/name",
            )
        ],
    ),
]

TABLES = [*KEPT, *NAMED, *ADDED]
