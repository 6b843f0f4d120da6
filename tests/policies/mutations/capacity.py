"""Mistakes in capacity: what does not scale, and what costs without limit."""

from rules.framework.tokens import (
    SCALING_POLICY,
    SCALING_TARGET,
)
from tests.policies.mutations.cases import (
    KV,
    KV_ALONE,
    SHOP,
    Mutation,
)
from tests.support.mutations import (
    Output,
    add,
    drop,
    put,
    several,
    take,
)


def provisioned(throughput):
    """Bill the table of kv_storage and its index by provisioned capacity."""
    return several(
        put(KV, "billingMode", "PROVISIONED"),
        take(KV, "onDemandThroughput"),
        take(KV, "globalSecondaryIndexes.0.onDemandThroughput"),
        *(put(KV, name, value) for name, value in throughput.items()),
        *(put(KV, f"globalSecondaryIndexes.0.{name}", throughput[name]) for name in throughput),
    )


def target_of(kind, direction):
    return f"{SCALING_TARGET}::kv-{kind}-{direction}"


def scaled(kind, resource):
    """Scale both directions of the table, or of its index."""
    changes = []
    for direction in ("Read", "Write"):
        target = target_of(kind, direction)
        about = {
            "serviceNamespace": "dynamodb",
            "scalableDimension": f"dynamodb:{kind}:{direction}CapacityUnits",
        }
        policy = target.replace(SCALING_TARGET, SCALING_POLICY)
        tracking = {"policyType": "TargetTrackingScaling", "name": f"kv-{kind}-{direction}"}
        changes += [
            add(target, {**about, "resourceId": resource, "minCapacity": 5, "maxCapacity": 100}),
            add(policy, {**about, **tracking, "resourceId": Output(target, "resourceId")}),
        ]
    return several(*changes)


KV_TABLE = "table/dropify-prod-kv-storage-data"
SCALED = several(
    provisioned({"readCapacity": 5, "writeCapacity": 5}),
    scaled("table", KV_TABLE),
    scaled("index", f"{KV_TABLE}/index/GSI1"),
)

CAPACITY = [
    Mutation(
        does="capacity is provisioned and nothing scales it",
        change=provisioned({"readCapacity": 5, "writeCapacity": 5}),
        finds=[f"ddb-capacity-scales/{kind}-target on {KV}" for kind in ("table", "index")] * 2,
        stack=KV_ALONE,
    ),
    Mutation(
        does="the billing mode is left to AWS's default",
        change=several(provisioned({}), take(KV, "billingMode")),
        finds=[f"ddb-capacity-scales/{kind}-target on {KV}" for kind in ("table", "index")] * 2,
        stack=KV_ALONE,
    ),
    Mutation(
        does="the index of a scaled table is forgotten",
        change=several(
            provisioned({"readCapacity": 5, "writeCapacity": 5}), scaled("table", KV_TABLE)
        ),
        finds=[f"ddb-capacity-scales/index-target on {KV}"] * 2,
        stack=KV_ALONE,
    ),
    Mutation(
        does="a scaling target has no scaling policy",
        given=SCALED,
        change=drop(target_of("table", "Read").replace(SCALING_TARGET, SCALING_POLICY)),
        finds=[f"ddb-capacity-scales/table-policy on {KV}"],
        stack=KV_ALONE,
    ),
    Mutation(
        does="a scaling target has no room",
        given=SCALED,
        change=put(target_of("index", "Write"), "maxCapacity", 5),
        finds=[f"ddb-capacity-scales/fixed-target on {target_of('index', 'Write')}"],
        stack=KV_ALONE,
    ),
]

COSTS = [
    Mutation(
        does="an on-demand maximum is over the ceiling",
        change=put(SHOP, "onDemandThroughput.maxReadRequestUnits", 50_000),
        finds=[f"ddb-cost-ceiling/read-maximum on {SHOP}"],
    ),
    Mutation(
        does="an on-demand maximum is taken away",
        change=put(SHOP, "onDemandThroughput.maxWriteRequestUnits", -1),
        finds=[f"ddb-cost-ceiling/maximum-missing on {SHOP}"],
    ),
    Mutation(
        does="an index has no on-demand maximum",
        change=take(SHOP, "globalSecondaryIndexes.0.onDemandThroughput"),
        finds=[f"ddb-cost-ceiling/index-maximum-missing on {SHOP}"],
    ),
    Mutation(
        does="a table is kept warm for more than the ceiling",
        change=put(
            SHOP, "warmThroughput", {"readUnitsPerSecond": 12_000, "writeUnitsPerSecond": 40_000}
        ),
        finds=[f"ddb-cost-ceiling/write-warm on {SHOP}"],
    ),
]

THROUGHPUT = [*CAPACITY, *COSTS]
