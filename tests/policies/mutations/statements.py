"""Mistakes in a statement of an access policy, whatever else the stack has."""

from tests.policies.mutations.cases import (
    ACCOUNT,
    DESTRUCTION,
    EVENTS,
    FULFILMENT,
    SHOP,
    SHOP_ARN,
    STOREFRONT,
    WHOLE_TABLE,
    Mutation,
)
from tests.support.mutated_access import allow, grant, statement
from tests.support.mutations import several

OF_EVERY_SERVICE = [
    *DESTRUCTION,
    f"iam-no-destructive-in-app-role/parameters on {STOREFRONT}",
    f"iam-no-destructive-in-app-role/keys on {STOREFRONT}",
    *WHOLE_TABLE,
]
WILDCARDS = [
    Mutation(
        # Everything is two wildcards, and holds all that is destructive, scans, or uses keys.
        does="an access policy allows everything",
        change=grant(STOREFRONT, "Temporary", "*", "*"),
        finds=[
            f"iam-no-admin/admin on {STOREFRONT}",
            f"iam-no-wildcard-action/every-service on {STOREFRONT}",
            f"iam-no-wildcard-resource/everything on {STOREFRONT}",
            *OF_EVERY_SERVICE,
            *(
                f"iam-structure/{of} on {STOREFRONT}"
                for of in ("kms-key", "kms-via-service", "pass-role", "pass-role-service")
            ),
        ],
    ),
    Mutation(
        # The same by another element, but for IAM, which is left out.
        does="an access policy allows all but IAM",
        change=grant(STOREFRONT, "Temporary", None, "*", NotAction="iam:*"),
        finds=[
            f"iam-no-admin/not-action on {STOREFRONT}",
            f"iam-no-wildcard-resource/everything on {STOREFRONT}",
            *OF_EVERY_SERVICE,
            *(
                f"iam-structure/{of} on {STOREFRONT}"
                for of in ("kms-key", "kms-via-service", "not-action")
            ),
        ],
    ),
    Mutation(
        does="an action ends in a wildcard",
        change=statement(FULFILMENT, "ShopGSI2GSI1", Action=["dynamodb:Quer*"]),
        finds=[f"iam-no-wildcard-action/some-actions on {FULFILMENT}"],
    ),
    Mutation(
        does="actions are written as a prefix",
        change=grant(STOREFRONT, "Batches", "dynamodb:BatchGet*", SHOP_ARN),
        finds=[f"iam-no-wildcard-action/some-actions on {STOREFRONT}"],
    ),
    Mutation(
        does="every index of a table may be queried",
        change=statement(STOREFRONT, "ShopGSI1", Resource=f"{SHOP_ARN}/index/*"),
        finds=[f"iam-no-wildcard-resource/index on {STOREFRONT}"],
    ),
    Mutation(
        does="tables are named by how they begin",
        change=statement(STOREFRONT, "ShopTable", Resource=f"{SHOP_ARN}*"),
        finds=[f"iam-no-wildcard-resource/table on {STOREFRONT}"],
    ),
    Mutation(
        does="a table is named in every region",
        change=statement(STOREFRONT, "ShopTable", Resource=SHOP_ARN.replace("us-east-1", "*")),
        finds=[f"iam-no-wildcard-resource/region on {STOREFRONT}"],
    ),
    Mutation(
        does="a table is named in every account",
        change=statement(STOREFRONT, "ShopTable", Resource=SHOP_ARN.replace(ACCOUNT, "*")),
        finds=[f"iam-no-wildcard-resource/account on {STOREFRONT}"],
    ),
    Mutation(
        does="an action joins those that accept `*` alone",
        change=allow(EVENTS, "ListStreams", "dynamodb:GetRecords"),
        finds=[f"iam-no-wildcard-resource/everything on {EVENTS}"],
    ),
]

FITTING = [
    Mutation(
        does="an item is read by an index",
        change=allow(STOREFRONT, "ShopGSI1", "dynamodb:GetItem"),
        finds=[f"iam-action-fits-resource/wrong-resource on {STOREFRONT}"],
    ),
    Mutation(
        does="an action is misspelt",
        change=allow(STOREFRONT, "ShopTable", "dynamodb:GetItems"),
        finds=[f"iam-action-fits-resource/unknown-action on {STOREFRONT}"],
    ),
    Mutation(
        does="a condition is on a key that requests do not carry",
        change=statement(
            STOREFRONT, "Parameters", Condition={"Bool": {"dynamodb:FullTableScan": "false"}}
        ),
        finds=[f"iam-action-fits-resource/condition-key on {STOREFRONT}"],
    ),
    Mutation(
        # So nothing reads the stream.
        does="the stream is read by the table's ARN",
        change=statement(EVENTS, "ShopStream", Resource=SHOP_ARN),
        finds=[
            f"ddb-stream-has-consumer/no-consumer on {SHOP}",
            f"iam-action-fits-resource/wrong-resource on {EVENTS}",
        ],
    ),
]

OWN_KEYS = {
    "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["CUSTOMER#${aws:PrincipalTag/customer}"]},
    "Null": {"dynamodb:LeadingKeys": "false"},
}
GUARDED = several(
    statement(STOREFRONT, "ShopTable", Condition=OWN_KEYS),
    statement(STOREFRONT, "ShopGSI1", Condition=OWN_KEYS),
)
UNGUARDED = {name: OWN_KEYS[name] for name in OWN_KEYS if name != "Null"}
LEADING_KEYS = [
    Mutation(
        does="a condition on partition keys loses its Null guard",
        given=GUARDED,
        change=statement(STOREFRONT, "ShopTable", Condition=UNGUARDED),
        finds=[f"iam-leading-keys-guard/null-guard on {STOREFRONT}"],
    ),
    Mutation(
        does="a condition on partition keys asks one of them only",
        given=GUARDED,
        change=statement(
            STOREFRONT,
            "ShopTable",
            Condition={
                "ForAnyValue:StringLike": OWN_KEYS["ForAllValues:StringLike"],
                "Null": OWN_KEYS["Null"],
            },
        ),
        finds=[f"iam-leading-keys-guard/operator on {STOREFRONT}"],
    ),
    Mutation(
        does="another statement reads the table past the condition",
        given=GUARDED,
        change=grant(STOREFRONT, "Support", "dynamodb:GetItem", SHOP_ARN),
        finds=[f"iam-leading-keys-guard/unguarded-beside on {STOREFRONT}"],
    ),
    Mutation(
        does="a condition on partition keys is left out for an index",
        given=GUARDED,
        change=statement(STOREFRONT, "ShopGSI1", Condition=None),
        finds=[f"iam-leading-keys-guard/unguarded-beside on {STOREFRONT}"],
    ),
    Mutation(
        does="partition keys are told by whom they are not of",
        given=GUARDED,
        change=statement(
            STOREFRONT,
            "ShopTable",
            Condition={
                "ForAllValues:StringNotLike": {"dynamodb:LeadingKeys": ["STAFF#*"]},
                "Null": OWN_KEYS["Null"],
            },
        ),
        finds=[f"iam-leading-keys-guard/negated on {STOREFRONT}"],
    ),
    Mutation(
        does="a tenant may scan",
        given=GUARDED,
        change=allow(STOREFRONT, "ShopTable", "dynamodb:Scan"),
        finds=[
            # A scan is undeclared, is not held to the condition, and never carries its key.
            f"iam-action-fits-resource/condition-key on {STOREFRONT}",
            f"iam-leading-keys-guard/scan on {STOREFRONT}",
            f"iam-scan-declared/scan on {STOREFRONT}",
        ],
    ),
]

STATEMENTS = [*WILDCARDS, *FITTING, *LEADING_KEYS]
