"""Mistakes in backups, streams, and the policies of tables."""

import json

from rules.framework.tokens import (
    BACKUP_SELECTION,
    EVENT_SOURCE_MAPPING,
    TABLE_RESOURCE_POLICY,
)
from tests.policies.mutations.cases import (
    EVENTS,
    KV,
    KV_ALONE,
    NAME_EXPORT,
    SHOP,
    SHOP_ARN,
    STREAM_EXPORT,
    TAGS,
    Mutation,
)
from tests.support.mutated_access import revoke
from tests.support.mutations import (
    Output,
    add,
    drop,
    put,
    several,
    take,
)

SELECTION = f"{BACKUP_SELECTION}::tables"
BY_ARN = add(SELECTION, {"planId": "plan", "resources": [Output(SHOP, "arn")]})
BY_TAG = add(
    SELECTION,
    {
        "planId": "plan",
        "selectionTags": [{"type": "STRINGEQUALS", "key": "DataModel", "value": "shop"}],
        "resources": ["arn:aws:dynamodb:*:*:table/*"],
    },
)
BACKUPS = [
    Mutation(
        does="the backup selection is dropped",
        given=BY_ARN,
        change=drop(SELECTION),
        finds=[f"ddb-backup-plan/table on {SHOP}"],
    ),
    Mutation(
        does="the backup selection leaves out the table",
        given=BY_TAG,
        change=put(SELECTION, "notResources", [SHOP_ARN]),
        finds=[f"ddb-backup-plan/table on {SHOP}"],
    ),
    Mutation(
        does="the tag by which backups are selected changes",
        given=BY_TAG,
        change=put(SHOP, "tags.DataModel", "commerce"),
        finds=[f"ddb-backup-plan/table on {SHOP}"],
    ),
]

MAPPING = f"{EVENT_SOURCE_MAPPING}::projector"
BY_MAPPING = several(
    revoke(EVENTS, "ShopStream", "ListStreams"),
    add(MAPPING, {"functionName": "projector", "eventSourceArn": Output(SHOP, "streamArn")}),
)
STREAMS = [
    Mutation(
        does="the only consumer of a stream may not read it any more",
        change=revoke(EVENTS, "ShopStream", "ListStreams"),
        finds=[f"ddb-stream-has-consumer/no-consumer on {SHOP}"],
    ),
    Mutation(
        does="the only consumer of a stream is switched off",
        given=BY_MAPPING,
        change=put(MAPPING, "enabled", value=False),
        finds=[f"ddb-stream-has-consumer/no-consumer on {SHOP}"],
    ),
    Mutation(
        # Its export and its consumer's access are left over.
        does="a stream is switched off and what needs it stays",
        change=several(put(SHOP, "streamEnabled", value=False), take(SHOP, "streamViewType")),
        finds=[
            f"iam-grants-match-stack/stream on {EVENTS}",
            f"ssm-export-complete/stale on {STREAM_EXPORT}",
        ],
    ),
    Mutation(
        does="a stream is switched on, exported, and never read",
        change=several(
            put(KV, "streamViewType", "NEW_IMAGE"),
            put(KV, "streamEnabled", value=True),
            add(
                f"{NAME_EXPORT.partition('::')[0]}::kv-storage-exports-stream-arn",
                {
                    "name": "/dropify-prod/tables/kv-storage-data-stream-arn",
                    "type": "String",
                    "value": Output(KV, "streamArn"),
                    "tags": TAGS,
                },
            ),
        ),
        finds=[f"ddb-stream-has-consumer/no-consumer on {KV}"],
        stack=KV_ALONE,
    ),
]

LET_IN = f"{TABLE_RESOURCE_POLICY}::shop-let-in"


def let_in(principal):
    """Let somebody read the shop by a policy of the table itself."""
    statement = {
        "Sid": "Partner",
        "Effect": "Allow",
        "Principal": principal,
        "Action": "dynamodb:GetItem",
        "Resource": SHOP_ARN,
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return add(LET_IN, {"resourceArn": Output(SHOP, "arn"), "policy": json.dumps(document)})


RESOURCE_POLICIES = [
    Mutation(
        does="a table lets in everybody",
        change=let_in("*"),
        finds=[f"ddb-resource-policy-scoped/wildcard on {LET_IN}"],
    ),
    Mutation(
        does="a table lets in another account",
        change=let_in({"AWS": "arn:aws:iam::999988887777:role/reader"}),
        finds=[f"ddb-resource-policy-scoped/foreign-account on {LET_IN}"],
        # Without the setting `account`, the own one is read from an ARN that AWS has yet to make.
        at_preview=[f"ddb-resource-policy-scoped/can't run on {LET_IN}"],
    ),
]

BESIDE_TABLES = [*BACKUPS, *STREAMS, *RESOURCE_POLICIES]
