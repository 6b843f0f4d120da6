"""Mistakes in replicas, and in who owns them and indexes."""

from rules.framework.tokens import (
    GLOBAL_SECONDARY_INDEX,
    TABLE_REPLICA,
)
from tests.policies.mutations.cases import (
    INDEX_ALARM,
    KEY,
    REPLICATED,
    SHOP,
    TAGS,
    Mutation,
)
from tests.support.mutations import (
    Output,
    add,
    copy,
    option,
    put,
    several,
    take,
)

REPLICA = f"{TABLE_REPLICA}::shop-eu"


def standalone_replica(**inputs):
    """Add a replica of the shop as a resource of its own."""
    safe = {"pointInTimeRecovery": True, "deletionProtectionEnabled": True, "tags": TAGS}
    of = {
        "globalTableArn": Output(SHOP, "arn"),
        "region": "eu-central-1",
        "kmsKeyArn": KEY.replace("us-east-1", "eu-central-1"),
    }
    return add(REPLICA, {**of, **safe, **inputs}, protect=True)


REPLICAS = [
    # What a replica lacks and its table has is both: the replica is unsafe, and the two differ.
    Mutation(
        does="a replica has no point-in-time recovery",
        change=put(SHOP, "replicas.0.pointInTimeRecovery", value=False),
        finds=[f"ddb-pitr-enabled/replica on {SHOP}", f"ddb-replica-parity/recovery on {SHOP}"],
        stack=REPLICATED,
    ),
    Mutation(
        does="a replica has no deletion protection",
        change=take(SHOP, "replicas.0.deletionProtectionEnabled"),
        finds=[
            f"ddb-deletion-protection/replica on {SHOP}",
            f"ddb-replica-parity/protection on {SHOP}",
        ],
        stack=REPLICATED,
    ),
    Mutation(
        does="a replica is encrypted with AWS's key",
        change=take(SHOP, "replicas.0.kmsKeyArn"),
        finds=[f"ddb-replica-parity/key on {SHOP}"],
        stack=REPLICATED,
    ),
    Mutation(
        does="tags do not reach a replica",
        change=put(SHOP, "replicas.0.propagateTags", value=False),
        finds=[f"ddb-replica-parity/tags on {SHOP}"],
        stack=REPLICATED,
    ),
    Mutation(
        does="a replica of its own has no tags",
        given=standalone_replica(),
        change=take(REPLICA, "tags"),
        finds=[f"ddb-replica-parity/tags on {REPLICA}"],
    ),
    Mutation(
        does="a replica of its own has no key",
        given=standalone_replica(),
        change=take(REPLICA, "kmsKeyArn"),
        finds=[f"ddb-gsi-single-owner/replica-weaker on {REPLICA}"],
    ),
    Mutation(
        does="a replica of its own is not protected",
        given=standalone_replica(),
        change=option(REPLICA, protect=False),
        finds=[f"ddb-pulumi-protect/replica on {REPLICA}"],
    ),
    Mutation(
        does="changes of the replicas are ignored",
        change=option(SHOP, ignore_changes=("replicas",)),
        finds=[f"ddb-ignore-changes-masks-safety/replicas on {SHOP}"],
        stack=REPLICATED,
    ),
]

OWNED_INDEX = f"{GLOBAL_SECONDARY_INDEX}::shop-by-order"
OWNERS = [
    Mutation(
        does="a table has indexes inline and beside it",
        change=several(
            add(
                OWNED_INDEX,
                {
                    "indexName": "byOrder",
                    "tableName": "dropify-prod-shop",
                    "keySchemas": [
                        {"attributeName": "orderId", "attributeType": "S", "keyType": "HASH"}
                    ],
                    "projection": {"projectionType": "KEYS_ONLY"},
                    "onDemandThroughput": {
                        "maxReadRequestUnits": 1_000,
                        "maxWriteRequestUnits": 1_000,
                    },
                },
            ),
            copy(INDEX_ALARM, "shop-shop/byOrder-write-throttle", {"GSI2": "byOrder"}),
            copy(
                INDEX_ALARM,
                "shop-shop/byOrder-read-throttle",
                {"GSI2": "byOrder", "WriteThrottle": "ReadThrottle", "write-thr": "read-thr"},
            ),
        ),
        finds=[f"ddb-gsi-single-owner/indexes on {SHOP}"],
    ),
    Mutation(
        does="a table has replicas inline and beside it",
        change=standalone_replica(),
        finds=[f"ddb-gsi-single-owner/replicas on {SHOP}"],
        stack=REPLICATED,
    ),
]

OWNED = [*REPLICAS, *OWNERS]
