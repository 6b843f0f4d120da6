"""Mistakes in what access policies grant of the stack, and to whom."""

import json

from rules.framework.tokens import (
    ROLE,
    ROLE_POLICY,
    USER_POLICY_ATTACHMENT,
)
from tests.policies.mutations.cases import (
    ACCOUNT,
    DESTRUCTION,
    EVENTS,
    FULFILMENT,
    KEY,
    KV_ALONE,
    SHOP,
    SHOP_ARN,
    STOREFRONT,
    TAGS,
    WEB,
    WHOLE_TABLE,
    Mutation,
)
from tests.support.mutated_access import allow, grant, statement
from tests.support.mutations import (
    Output,
    add,
    put,
    rename,
)

KV_API = "aws:iam/policy:Policy::kv-storage-access-api"
OTHER_TABLE = SHOP_ARN.replace("prod", "staging")

GRANTS = [
    Mutation(
        does="the api may scan",
        change=allow(KV_API, "KvStorageDataTable", "dynamodb:Scan"),
        finds=[f"iam-scan-declared/scan on {KV_API}"],
        stack=KV_ALONE,
    ),
    Mutation(
        does="a consumer may use PartiQL",
        change=allow(STOREFRONT, "ShopTable", "dynamodb:PartiQLSelect"),
        finds=[f"iam-scan-declared/partiql on {STOREFRONT}"],
    ),
    Mutation(
        does="an access policy names the table of another environment",
        change=statement(STOREFRONT, "ShopTable", Resource=OTHER_TABLE),
        finds=[f"iam-grants-match-stack/table on {STOREFRONT}"],
    ),
    Mutation(
        does="an access policy names an index that was renamed",
        change=statement(STOREFRONT, "ShopGSI1", Resource=f"{SHOP_ARN}/index/byCustomer"),
        finds=[f"iam-grants-match-stack/index on {STOREFRONT}"],
    ),
    Mutation(
        does="an access policy names the parameter of another environment",
        change=rename("parameter/dropify-prod", "parameter/dropify-dev", only=FULFILMENT),
        finds=[f"iam-grants-match-stack/parameter on {FULFILMENT}"] * 4,
    ),
    Mutation(
        does="an access policy names a region without the table",
        change=statement(
            STOREFRONT, "ShopTable", Resource=SHOP_ARN.replace("us-east-1", "eu-west-1")
        ),
        finds=[f"iam-grants-match-stack/region on {STOREFRONT}"],
        at_preview=[],  # the region is first told by the ARN that AWS makes
    ),
    Mutation(
        does="a consumer may delete its table",
        change=allow(STOREFRONT, "ShopTable", "dynamodb:DeleteTable"),
        finds=[f"iam-no-destructive-in-app-role/tables on {STOREFRONT}"],
    ),
    Mutation(
        does="a consumer may let others in",
        change=allow(STOREFRONT, "ShopTable", "dynamodb:PutResourcePolicy"),
        finds=[f"iam-no-destructive-in-app-role/permissions on {STOREFRONT}"],
    ),
    Mutation(
        does="a consumer may change its parameters",
        change=allow(STOREFRONT, "Parameters", "ssm:PutParameter"),
        finds=[f"iam-no-destructive-in-app-role/parameters on {STOREFRONT}"],
    ),
]


THE_ROLE = f"{ROLE}::web"


def role(principal, **elements):
    """Add a role that a principal may assume."""
    trust = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **elements}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    return add(THE_ROLE, {"name": "web", "assumeRolePolicy": document, "tags": TAGS})


def inline(actions, resource):
    granted = {"Effect": "Allow", "Action": actions, "Resource": resource}
    document = json.dumps({"Version": "2012-10-17", "Statement": [granted]})
    return add(f"{ROLE_POLICY}::web", {"role": "web", "policy": document})


STRUCTURE = [
    Mutation(
        does="a key may be used outside DynamoDB",
        change=statement(STOREFRONT, "CustomerManagedKey", Condition=None),
        finds=[f"iam-structure/kms-via-service on {STOREFRONT}"],
    ),
    Mutation(
        # `*` is a wildcard of its own, and no key's ARN.
        does="every key may decrypt",
        change=statement(EVENTS, "CustomerManagedKey", Action=["kms:Decrypt"], Resource="*"),
        finds=[
            f"iam-no-wildcard-resource/everything on {EVENTS}",
            f"iam-structure/kms-key on {EVENTS}",
        ],
    ),
    Mutation(
        # Decrypt accepts no alias, so it grants nothing; where one is meant, it names no key.
        does="a key is named by its alias",
        change=statement(
            STOREFRONT, "CustomerManagedKey", Resource=KEY.partition(":key/")[0] + ":alias/tables"
        ),
        finds=[
            f"iam-action-fits-resource/wrong-resource on {STOREFRONT}",
            f"iam-structure/kms-key on {STOREFRONT}",
        ],
    ),
    Mutation(
        does="AWS's full access is attached",
        change=put(WEB, "policyArn", "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"),
        finds=[f"iam-structure/aws-managed on {WEB}"],
    ),
    Mutation(
        # Whatever is made of the output; nothing of it is known before the table exists.
        does="what is attached is made of a table's ARN",
        change=put(WEB, "policyArn", Output(SHOP, "arn")),
        finds=[],
        at_preview=[f"iam-grants-match-stack/unknown-attachment on {WEB}"],
    ),
    Mutation(
        does="access is granted inline",
        change=inline("dynamodb:GetItem", SHOP_ARN),
        finds=[f"iam-structure/inline on {ROLE_POLICY}::web"],
    ),
    Mutation(
        does="access is attached to a user",
        change=add(
            f"{USER_POLICY_ATTACHMENT}::ops",
            {"user": "ops", "policyArn": Output(STOREFRONT, "arn")},
        ),
        finds=[f"iam-structure/user on {USER_POLICY_ATTACHMENT}::ops"],
    ),
    Mutation(
        # What is left names no action, and is destructive, and reads whole tables.
        does="all but deleting is allowed",
        change=statement(STOREFRONT, "ShopTable", Action=None, NotAction=["dynamodb:DeleteTable"]),
        finds=[f"iam-structure/not-action on {STOREFRONT}", *DESTRUCTION, *WHOLE_TABLE],
    ),
    Mutation(
        does="every table but one may be read",
        change=grant(
            STOREFRONT, "Others", "dynamodb:GetItem", None, NotResource=f"{SHOP_ARN}-orders"
        ),
        finds=[f"iam-structure/not-resource on {STOREFRONT}"],
    ),
    Mutation(
        does="any role may be passed",
        change=grant(STOREFRONT, "PassRole", "iam:PassRole", "arn:aws:iam::123456789012:role/web"),
        finds=[f"iam-structure/pass-role-service on {STOREFRONT}"],
    ),
    Mutation(
        does="a role trusts a whole account",
        change=role({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}),
        finds=[f"iam-structure/trust-account on {THE_ROLE}"],
    ),
    Mutation(
        does="a role trusts a service on anybody's behalf",
        given=role(
            {"Service": "lambda.amazonaws.com"},
            Condition={"StringEquals": {"aws:SourceAccount": ACCOUNT}},
        ),
        change=rename("aws:SourceAccount", "aws:RequestedRegion", only=THE_ROLE),
        finds=[f"iam-structure/trust-service on {THE_ROLE}"],
    ),
]

ACCESS = [*GRANTS, *STRUCTURE]
