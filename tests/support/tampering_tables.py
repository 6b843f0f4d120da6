"""Changes to deployed tables behind the program's back, and the problem that each makes."""

from __future__ import annotations

from tablewright.operations.verify import Status

PREFIX = "dropify-staging"
ACCOUNT = "123456789012"


def table_arn(name):
    return f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/{PREFIX}-{name}"


def update(name, **changes):
    return lambda to: to.dynamodb.update_table(TableName=f"{PREFIX}-{name}", **changes)


def index(name, key, projection="ALL"):
    return {
        "IndexName": name,
        "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
        "Projection": {"ProjectionType": projection},
    }


def add_index(name, added):
    def add(to):
        table = to.dynamodb.describe_table(TableName=f"{PREFIX}-{name}")["Table"]
        to.dynamodb.update_table(
            TableName=f"{PREFIX}-{name}",
            AttributeDefinitions=table["AttributeDefinitions"],
            GlobalSecondaryIndexUpdates=[{"Create": added}],
        )

    return add


def rebuild_index(to):
    update(
        "user-quotas", GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "TierLookupIndex"}}]
    )(to)
    add_index("user-quotas", index("TierLookupIndex", "GSI1SK", "KEYS_ONLY"))(to)


def stranger(name, **tags):
    def create(to):
        to.dynamodb.create_table(
            TableName=f"{PREFIX}-{name}",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
            Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
        )

    return create


# What is done, and the one problem that must come of it: resource, property, status, deployed.
CHANGES = [
    (
        update("files", GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "fileIdIndex"}}]),
        ("table dropify-staging-files index fileIdIndex", "existence", Status.MISSING, None),
    ),
    (
        add_index("directory", index("backwards", "SK")),
        (
            "table dropify-staging-directory index backwards",
            "existence",
            Status.DIFFERENT,
            "there, but no model declares it",
        ),
    ),
    (
        rebuild_index,
        (
            "table dropify-staging-user-quotas index TierLookupIndex",
            "key schema",
            Status.DIFFERENT,
            ["GSI1SK HASH"],
        ),
    ),
    (
        rebuild_index,
        (
            "table dropify-staging-user-quotas index TierLookupIndex",
            "projection",
            Status.DIFFERENT,
            ["KEYS_ONLY"],
        ),
    ),
    (
        update("application", DeletionProtectionEnabled=True),
        ("table dropify-staging-application", "deletion protection", Status.DIFFERENT, True),
    ),
    (
        update(
            "sessions-metadata",
            BillingMode="PROVISIONED",
            ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
        ),
        (
            "table dropify-staging-sessions-metadata",
            "billing mode",
            Status.DIFFERENT,
            "PROVISIONED",
        ),
    ),
    (
        lambda to: to.dynamodb.update_continuous_backups(
            TableName=f"{PREFIX}-users",
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False},
        ),
        ("table dropify-staging-users", "point-in-time recovery", Status.DIFFERENT, "off"),
    ),
    (
        lambda to: to.dynamodb.update_continuous_backups(
            TableName=f"{PREFIX}-share-links",
            PointInTimeRecoverySpecification={
                "PointInTimeRecoveryEnabled": True,
                "RecoveryPeriodInDays": 3,
            },
        ),
        ("table dropify-staging-share-links", "recovery window in days", Status.DIFFERENT, 3),
    ),
    (
        lambda to: to.dynamodb.update_time_to_live(
            TableName=f"{PREFIX}-shop",
            TimeToLiveSpecification={"Enabled": False, "AttributeName": "expiresAt"},
        ),
        ("table dropify-staging-shop", "time to live", Status.DIFFERENT, "off"),
    ),
    (
        lambda to: to.dynamodb.update_time_to_live(
            TableName=f"{PREFIX}-application",
            TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"},
        ),
        ("table dropify-staging-application", "time to live", Status.DIFFERENT, "expires"),
    ),
    (
        lambda to: to.dynamodb.untag_resource(
            ResourceArn=table_arn("kv-storage-data"), TagKeys=["Owner", "CostCenter", "Team"]
        ),
        (
            "table dropify-staging-kv-storage-data",
            "tags",
            Status.DIFFERENT,
            {
                "Project": "dropify",
                "Environment": "staging",
                "ManagedBy": "pulumi",
                "DataModel": "kv_storage",
            },
        ),
    ),
    (
        lambda to: to.dynamodb.delete_table(TableName=f"{PREFIX}-oidc-state"),
        ("table dropify-staging-oidc-state", "existence", Status.MISSING, None),
    ),
    (
        stranger("forgotten"),
        (
            "table dropify-staging-forgotten",
            "existence",
            Status.DIFFERENT,
            "there, but no model declares it",
        ),
    ),
]
