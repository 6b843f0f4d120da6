"""Mistakes in the keys of tables and indexes, TTL among them."""

from tests.policies.mutations.cases import (
    FULFILMENT,
    INDEX_ALARM,
    KV,
    KV_ALONE,
    SHOP,
    Mutation,
)
from tests.support.mutated_access import revoke
from tests.support.mutations import (
    append,
    copy,
    drop,
    put,
    rename,
    several,
    take,
)

GSI3 = {
    "name": "GSI3",
    "keySchemas": [{"attributeName": "GSI3PK", "keyType": "HASH"}],
    "projectionType": "ALL",
    "onDemandThroughput": {"maxReadRequestUnits": 1_000, "maxWriteRequestUnits": 1_000},
}
UNWATCHED_INDEX = several(
    append(SHOP, "globalSecondaryIndexes", GSI3),
    append(SHOP, "attributes", {"name": "GSI3PK", "type": "S"}),
)
THIRD_INDEX = several(
    UNWATCHED_INDEX,
    copy(INDEX_ALARM, "shop-shop/GSI3-write-throttle", {"GSI2": "GSI3"}),
    copy(
        INDEX_ALARM,
        "shop-shop/GSI3-read-throttle",
        {"GSI2": "GSI3", "WriteThrottle": "ReadThrottle", "write-throttle": "read-throttle"},
    ),
)


def key_of_second(*attributes):
    """Give the second index of the shop another key, and forget the attributes that it had."""
    kinds = ("HASH", "RANGE")
    parts = [
        {"attributeName": name, "keyType": kind}
        for name, kind in zip(attributes, kinds, strict=False)
    ]
    return several(
        put(SHOP, "globalSecondaryIndexes.1.keySchemas", parts),
        take(SHOP, "attributes.5"),
        take(SHOP, "attributes.4"),
    )


KEYED = [
    Mutation(
        does="an attribute that no key has is defined",
        change=append(SHOP, "attributes", {"name": "status", "type": "S"}),
        finds=[f"ddb-attribute-definitions-exact/unused on {SHOP}"],
    ),
    Mutation(
        does="the sort key of an index is not defined",
        change=take(SHOP, "attributes.5"),
        finds=[f"ddb-attribute-definitions-exact/missing on {SHOP}"],
    ),
    Mutation(
        does="a key has the type of a date",
        change=put(SHOP, "attributes.3.type", "D"),
        finds=[f"ddb-attribute-definitions-exact/type on {SHOP}"],
    ),
    Mutation(
        does="an index is dropped and its attributes stay",
        change=several(
            take(KV, "globalSecondaryIndexes.0"),
            *(
                drop(
                    f"aws:cloudwatch/metricAlarm:MetricAlarm::kv-storage-kv-storage-data/GSI1-{of}"
                )
                for of in ("read-throttle", "write-throttle")
            ),
            *(
                revoke(f"aws:iam/policy:Policy::kv-storage-access-{consumer}", "KvStorageDataGSI1")
                for consumer in ("api", "admin")
            ),
        ),
        finds=[f"ddb-attribute-definitions-exact/unused on {KV}"] * 2,
        stack=KV_ALONE,
    ),
    Mutation(
        does="TTL is on the sort key",
        change=put(SHOP, "ttl.attributeName", "SK"),
        finds=[f"ddb-ttl-sane/table-key on {SHOP}", f"ddb-ttl-sane/type on {SHOP}"],
    ),
    Mutation(
        does="TTL is on the sort key of an index, a number",
        change=several(
            put(SHOP, "ttl.attributeName", "GSI2SK"), put(SHOP, "attributes.5.type", "N")
        ),
        finds=[f"ddb-ttl-sane/index-key on {SHOP}"],
    ),
    Mutation(
        does="TTL names an attribute and is not enabled",
        change=put(SHOP, "ttl.enabled", value=False),
        finds=[f"ddb-ttl-sane/not-enabled on {SHOP}"],
    ),
    Mutation(
        does="TTL is enabled without attribute",
        change=put(SHOP, "ttl", {"enabled": True}),
        finds=[f"ddb-ttl-sane/no-attribute on {SHOP}"],
    ),
    Mutation(
        does="every index copies whole items",
        given=THIRD_INDEX,
        change=several(
            put(SHOP, "globalSecondaryIndexes.1.projectionType", "ALL"),
            take(SHOP, "globalSecondaryIndexes.1.nonKeyAttributes"),
        ),
        finds=[f"ddb-gsi-projection-budget/many on {SHOP}"],
    ),
    Mutation(
        does="an index projects more attributes than AWS takes",
        change=put(
            SHOP,
            "globalSecondaryIndexes.1.nonKeyAttributes",
            [f"attribute{number}" for number in range(101)],
        ),
        finds=[f"ddb-gsi-projection-budget/attributes on {SHOP}"],
    ),
    Mutation(
        does="two indexes have one key",
        change=key_of_second("GSI1PK", "GSI1SK"),
        finds=[f"ddb-gsi-redundant/equal on {SHOP}"],
    ),
    Mutation(
        does="the key of an index begins another's",
        change=key_of_second("GSI1PK"),
        finds=[f"ddb-gsi-redundant/prefix on {SHOP}"],
    ),
    Mutation(
        does="an index repeats the table's key",
        change=key_of_second("PK", "SK"),
        finds=[f"ddb-gsi-redundant/table on {SHOP}"],
    ),
    Mutation(
        does="an index is partitioned by a status",
        change=rename("^GSI2PK$", "orderStatus", only=SHOP),
        finds=[f"ddb-low-cardinality-key/index on {SHOP}"],
    ),
    Mutation(
        does="the table is partitioned by the country",
        change=rename("^PK$", "country", only=SHOP),
        finds=[f"ddb-low-cardinality-key/table on {SHOP}"],
    ),
    Mutation(
        # Its alarms watch nothing then, and its readers are refused.
        does="an index is renamed and nothing follows",
        change=put(SHOP, "globalSecondaryIndexes.1.name", "byStatus"),
        finds=[
            f"alarms-cover-prod/index-read-throttle on {SHOP}",
            f"alarms-cover-prod/index-write-throttle on {SHOP}",
            f"iam-grants-match-stack/index on {FULFILMENT}",
        ],
    ),
]
