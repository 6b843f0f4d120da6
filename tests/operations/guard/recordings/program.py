"""A small prod-like stack; VARIANT selects one change."""

import json, os
import pulumi, pulumi_aws as aws

V = os.environ.get("VARIANT", "base")
D = aws.dynamodb
ACC, REG = "123456789012", "eu-north-1"


def gsi(name, hash_, range_=None, projection="ALL", non_key=None):
    keys = [D.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name=hash_, key_type="HASH")]
    if range_:
        keys.append(
            D.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name=range_, key_type="RANGE")
        )
    return D.TableGlobalSecondaryIndexArgs(
        name=name, key_schemas=keys, projection_type=projection, non_key_attributes=non_key
    )


class Store(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("tablewright:index:DataStore", name, None, opts)
        child = lambda **k: pulumi.ResourceOptions(parent=self, **k)
        tables = {}

        def table(
            key,
            attrs,
            hash_key,
            range_key=None,
            gsis=(),
            ttl=None,
            stream=None,
            protect=False,
            name=None,
            **extra,
        ):
            logical = "links" if (V == "logical-name-changed" and key == "share-links") else key
            opts = child(protect=protect, retain_on_delete=protect)
            args = dict(
                name=name or f"dropify-prod-{key}",
                billing_mode="PAY_PER_REQUEST",
                hash_key=hash_key,
                range_key=range_key,
                attributes=[D.TableAttributeArgs(name=n, type=t) for n, t in attrs],
                global_secondary_indexes=sorted(gsis, key=lambda g: g.name),
                point_in_time_recovery=D.TablePointInTimeRecoveryArgs(
                    enabled=True, recovery_period_in_days=35
                ),
                server_side_encryption=D.TableServerSideEncryptionArgs(enabled=True),
                deletion_protection_enabled=protect,
                tags={"Environment": "prod", "Project": "dropify"},
            )
            if ttl:
                args["ttl"] = D.TableTtlArgs(attribute_name=ttl, enabled=True)
            if stream:
                args.update(stream_enabled=True, stream_view_type=stream)
            args.update(extra)
            tables[key] = D.Table(logical, **args, opts=opts)

        file_attrs = [
            ("userId", "S"),
            ("sortKey", "S"),
            ("fileId", "S"),
            ("fileSize", "S" if V == "key-attribute-type-changed" else "N"),
        ]
        file_gsis = [gsi("fileIdIndex", "fileId"), gsi("userFileSizeIndex", "userId", "fileSize")]
        if V == "index-projection-changed":
            file_gsis[0] = gsi("fileIdIndex", "fileId", projection="KEYS_ONLY")
        if V == "index-renamed":
            file_gsis[0] = gsi("byFileId", "fileId")
        if V == "index-key-changed":
            file_gsis[0] = gsi("fileIdIndex", "fileId", "userId")
        if V == "index-removed":
            file_gsis.pop()
            file_attrs = file_attrs[:3]
        if V == "index-added":
            file_attrs.append(("mimeType", "S"))
            file_gsis.append(gsi("userMimeTypeIndex", "userId", "mimeType"))
        files_extra = {}
        if V == "recovery-turned-off":
            files_extra["point_in_time_recovery"] = D.TablePointInTimeRecoveryArgs(enabled=False)
        if V == "recovery-window-shortened":
            files_extra["point_in_time_recovery"] = D.TablePointInTimeRecoveryArgs(
                enabled=True, recovery_period_in_days=7
            )
        if V == "deletion-protection-turned-off":
            files_extra["deletion_protection_enabled"] = False
        if V == "local-index-added":
            files_extra["local_secondary_indexes"] = [
                D.TableLocalSecondaryIndexArgs(
                    name="byMime", range_key="mimeType", projection_type="ALL"
                )
            ]
            file_attrs.append(("mimeType", "S"))
        if V == "tags-only":
            files_extra["tags"] = {"Environment": "prod", "Project": "dropify", "CostCenter": "42"}
        if V == "provisioned-capacity":
            files_extra.update(billing_mode="PROVISIONED", read_capacity=5, write_capacity=5)
        if V == "protected-key-changed":
            file_attrs[0] = ("ownerId", "S")
            file_gsis[1] = gsi("userFileSizeIndex", "ownerId", "fileSize")
        table(
            "files",
            file_attrs,
            "ownerId" if V == "protected-key-changed" else "userId",
            "sortKey",
            file_gsis,
            protect=V != "protect-removed",
            **(
                {
                    **files_extra,
                    **({"deletion_protection_enabled": True} if V == "protect-removed" else {}),
                }
            ),
        )
        link_attrs = [("linkId", "S"), ("fileId", "S"), ("createdAt", "S")]
        link = dict(ttl="expiresAt")
        if V == "ttl-attribute-changed":
            link["ttl"] = "ttl"
        if V == "table-key-changed":
            link_attrs[0] = ("shareId", "S")
        if V == "table-renamed":
            link["name"] = "dropify-prod-shares"
        if V != "table-removed":
            table(
                "share-links",
                link_attrs,
                "shareId" if V == "table-key-changed" else "linkId",
                None,
                [
                    gsi(
                        "fileIdIndex",
                        "fileId",
                        "createdAt",
                        **({"projection": "INCLUDE", "non_key": ["isActive", "expiresAt"]}),
                    )
                ],
                **link,
            )
        table(
            "users",
            [("userId", "S")],
            "userId",
            stream="NEW_IMAGE" if V == "stream-view-changed" else "NEW_AND_OLD_IMAGES",
        )
        for key, t in tables.items():
            if not (V == "parameter-removed" and key == "users"):
                path = (
                    f"/dropify-prod/tables/{key}-table-name"
                    if not (V == "parameter-renamed" and key == "users")
                    else "/dropify-prod/accounts/users-table-name"
                )
                aws.ssm.Parameter(
                    f"{key}-table-name", name=path, type="String", value=t.name, opts=child()
                )
        arn = lambda n: f"arn:aws:dynamodb:{REG}:{ACC}:table/dropify-prod-{n}"
        statements = [
            {
                "Sid": "FilesTable",
                "Effect": "Allow",
                "Action": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
                "Resource": [arn("files")],
            },
            {
                "Sid": "FilesIndexes",
                "Effect": "Allow",
                "Action": ["dynamodb:Query"],
                "Resource": [
                    arn("files") + "/index/fileIdIndex",
                    arn("files") + "/index/userFileSizeIndex",
                ],
            },
        ]
        if V == "permission-removed":
            statements[1]["Resource"].pop()
        aws.iam.Policy(
            "api-access",
            name="dropify-prod-api",
            policy=json.dumps({"Version": "2012-10-17", "Statement": statements}),
            opts=child(),
        )
        if V != "alarm-removed":
            aws.cloudwatch.MetricAlarm(
                "files-read-throttle",
                name="dropify-prod-files-read-throttle",
                namespace="AWS/DynamoDB",
                metric_name="ReadThrottleEvents",
                dimensions={"TableName": "dropify-prod-files"},
                statistic="Sum",
                period=60,
                evaluation_periods=1,
                threshold=1,
                comparison_operator="GreaterThanOrEqualToThreshold",
                opts=child(),
            )
        self.outputs = {k: t.name for k, t in tables.items()}
        self.register_outputs(self.outputs)


store = Store("file-sharing")
pulumi.export("table_names", store.outputs)
