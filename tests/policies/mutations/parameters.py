"""Mistakes in parameters: exports that are missing, stale or elsewhere, and what is no export."""

from rules.framework.tokens import PARAMETER
from tests.policies.mutations.cases import (
    ARN_EXPORT,
    KEY,
    NAME_EXPORT,
    POLICY_EXPORT,
    SHOP,
    SHOP_ARN,
    STREAM_EXPORT,
    TAGS,
    Mutation,
)
from tests.support.mutated_access import unname
from tests.support.mutations import add, copy, drop, put, rename, several

ADDED = f"{PARAMETER}::added"


def added(name, value, **inputs):
    """Add a parameter."""
    given = {"name": f"/dropify-prod/{name}", "type": "String", "value": value, "tags": TAGS}
    return add(ADDED, {**given, **inputs})


EXPORTS = [
    Mutation(
        does="the export of a table's ARN is dropped",
        change=several(drop(ARN_EXPORT), unname("/shop-table-arn")),
        finds=[f"ssm-export-complete/arn on {SHOP}"],
    ),
    Mutation(
        does="the export of a stream is dropped",
        change=several(drop(STREAM_EXPORT), unname("/shop-stream-arn")),
        finds=[f"ssm-export-complete/stream on {SHOP}"],
    ),
    Mutation(
        # Its table lacks the export, it is wrong itself, and it is of nothing in the stack.
        does="the export of a table's name is written out and stale",
        change=put(NAME_EXPORT, "value", "dropify-prod-old-shop"),
        finds=[
            f"ssm-export-complete/name on {SHOP}",
            f"ssm-export-complete/stale on {NAME_EXPORT}",
            f"ssm-no-orphan/orphan on {NAME_EXPORT}",
        ],
    ),
    Mutation(
        does="the export of an ARN is that of an earlier account",
        change=put(ARN_EXPORT, "value", SHOP_ARN.replace("123456789012", "210987654321")),
        finds=[
            f"ssm-export-complete/arn on {SHOP}",
            f"ssm-export-complete/stale on {ARN_EXPORT}",
            f"ssm-no-orphan/orphan on {ARN_EXPORT}",
        ],
        at_preview=[],  # the name is right, and the account is first told by what AWS makes
    ),
    Mutation(
        does="the export of a table that left the stack stays",
        change=added("tables/legacy-table-name", "dropify-prod-legacy"),
        finds=[f"ssm-export-complete/stale on {ADDED}", f"ssm-no-orphan/orphan on {ADDED}"],
    ),
    Mutation(
        does="the export of an access policy is that of another stack's",
        change=put(POLICY_EXPORT, "value", "arn:aws:iam::123456789012:policy/dropify-prod-old"),
        finds=[
            f"ssm-export-complete/stale on {POLICY_EXPORT}",
            f"ssm-no-orphan/orphan on {POLICY_EXPORT}",
        ],
    ),
]

PATHS = [
    Mutation(
        does="a path is that of another environment",
        change=rename("/?dropify-prod(/tables/shop-table-name)", r"/dropify-staging\1"),
        finds=[f"ssm-path-convention/other-environment on {NAME_EXPORT}"],
    ),
    Mutation(
        does="a path leaves out its group",
        change=rename("dropify-prod/tables/shop-table-name", "dropify-prod/shop-table-name"),
        finds=[f"ssm-path-convention/pattern on {NAME_EXPORT}"],
    ),
    Mutation(
        does="a parameter takes over what stands at its path",
        change=put(ARN_EXPORT, "overwrite", value=True),
        finds=[f"ssm-path-convention/overwrite on {ARN_EXPORT}"],
    ),
    Mutation(
        does="two parameters have one path",
        change=copy(NAME_EXPORT, "shop-exports-again", {"The name of": "Once more the name of"}),
        finds=[f"ssm-path-convention/duplicate on {PARAMETER}::shop-exports-again"],
    ),
]

VALUES = [
    Mutation(
        does="a secret is a plain parameter",
        change=added("shop/payment-api-key", "4eC39HqLyjWDarjtT1zdp7dc"),
        finds=[
            f"ssm-value-class/secret-name on {ADDED}",
            f"ssm-value-class/secret-value on {ADDED}",
        ],
    ),
    Mutation(
        does="a configuration value is a plain parameter",
        change=added("shop/feature-flags", "checkout=on"),
        finds=[f"ssm-value-class/not-export on {ADDED}"],
    ),
    Mutation(
        does="a secret has no key of its own",
        change=added("shop/payment-api-key", "4eC39HqLyjWDarjtT1zdp7dc", type="SecureString"),
        finds=[f"ssm-value-class/key on {ADDED}"],
    ),
    Mutation(
        does="an export is encrypted with no key of its own",
        change=put(NAME_EXPORT, "type", "SecureString"),
        finds=[f"ssm-value-class/key on {NAME_EXPORT}"],
    ),
    Mutation(
        does="a secret is encrypted with AWS's key",
        given=added("shop/payment-api-key", "4eC3", type="SecureString", keyId=KEY),
        change=put(ADDED, "keyId", "alias/aws/ssm"),
        finds=[f"ssm-value-class/key on {ADDED}"],
    ),
]

PARAMETERS = [*EXPORTS, *PATHS, *VALUES]
