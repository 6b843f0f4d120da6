"""What the provider's table takes, as pure functions of a TableSpec, a profile and options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from tablewright.models import ModelError, StreamView, limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_aws import dynamodb

    from tablewright.environment import Profile, Settings
    from tablewright.models import Index, Key, TableSpec, WarmThroughput

Arguments = TypeVar("Arguments", bound="Mapping[str, Any]")


@dataclass(frozen=True, kw_only=True)
class TableOptions:
    """What a stack adds to all of its tables; the defaults add nothing.

    Maxima are on-demand request units a second, for the table and each of its indexes.
    `replica_keys` maps a replica's region to its customer-managed key.
    """

    enable_audit_trail: bool = False
    customer_managed_key_arn: str | None = None
    table_class: str | None = None
    max_read_request_units: int | None = None
    max_write_request_units: int | None = None
    replica_regions: tuple[str, ...] = ()
    replica_keys: Mapping[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Take what a stack's configuration says."""
        return cls(
            enable_audit_trail=settings.enable_audit_trail,
            customer_managed_key_arn=settings.customer_managed_key_arn,
            table_class=settings.table_class,
            max_read_request_units=settings.max_read_request_units,
            max_write_request_units=settings.max_write_request_units,
            replica_regions=settings.replica_regions,
            replica_keys={
                region: settings.replica_key_arn(region) for region in settings.replica_regions
            },
        )

    def stream_view(self, spec: TableSpec) -> StreamView | None:
        """Return what the table's stream holds; replicas need one with both images.

        Raises ModelError where a declared stream cannot serve replicas.
        """
        declared = spec.stream.view if spec.stream else None
        if self.replica_regions:
            if declared not in (None, StreamView.NEW_AND_OLD_IMAGES):
                raise ModelError(
                    f"table {spec.name!r}: its stream view is {declared}, but replicas need "
                    "NEW_AND_OLD_IMAGES; change the stream, or leave out replicaRegions"
                )
            return StreamView.NEW_AND_OLD_IMAGES
        return declared if spec.has_stream(audit_trail=self.enable_audit_trail) else None


def attributes(spec: TableSpec) -> list[dynamodb.TableAttributeArgsDict]:
    """Define every key attribute, and no other: AWS refuses definitions without a use."""
    return [{"name": a.name, "type": str(a.type)} for a in spec.attributes]


def _key_schemas(key: Key) -> list[dynamodb.TableGlobalSecondaryIndexKeySchemaArgsDict]:
    parts = (("HASH", key.partition), ("RANGE", key.sort))
    return [
        {"attribute_name": attribute.name, "key_type": kind}
        for kind, attributes in parts
        for attribute in attributes
    ]


def global_indexes(
    spec: TableSpec, options: TableOptions
) -> list[dynamodb.TableGlobalSecondaryIndexArgsDict]:
    """Describe the global secondary indexes by key schemas, as the provider wants them now."""
    return [_global_index(index, options) for index in spec.global_indexes]


def _global_index(
    index: Index, options: TableOptions
) -> dynamodb.TableGlobalSecondaryIndexArgsDict:
    arguments: dynamodb.TableGlobalSecondaryIndexArgsDict = {
        "name": index.name,
        "key_schemas": _key_schemas(index.key),
        "projection_type": str(index.projection.kind),
        "non_key_attributes": list(index.projection.attributes) or None,
        "on_demand_throughput": maxima(options),
        "warm_throughput": warm_throughput(index.warm_throughput),
    }
    return _given(arguments)


def local_indexes(spec: TableSpec) -> list[dynamodb.TableLocalSecondaryIndexArgsDict]:
    """Describe the local secondary indexes, which share the table's partition key."""
    return [_local_index(index) for index in spec.local_indexes]


def _local_index(index: Index) -> dynamodb.TableLocalSecondaryIndexArgsDict:
    arguments: dynamodb.TableLocalSecondaryIndexArgsDict = {
        "name": index.name,
        "range_key": index.key.sort[0].name,
        "projection_type": str(index.projection.kind),
        "non_key_attributes": list(index.projection.attributes) or None,
    }
    return _given(arguments)


def ttl(spec: TableSpec) -> dynamodb.TableTtlArgsDict | None:
    """Expire items by the TTL attribute, where there is one."""
    return {"attribute_name": spec.ttl_attribute, "enabled": True} if spec.ttl_attribute else None


def recovery(table: str, profile: Profile) -> dynamodb.TablePointInTimeRecoveryArgsDict:
    """Recover to any second of the profile's PITR window, or not at all."""
    days = profile.point_in_time_recovery_days
    if not days:
        return {"enabled": False}
    limits.check_pitr_window(f"table {table!r}", days)
    return {"enabled": True, "recovery_period_in_days": days}


def encryption(options: TableOptions) -> dynamodb.TableServerSideEncryptionArgsDict:
    """Encrypt with the AWS-managed key, or with the stack's own."""
    arguments: dynamodb.TableServerSideEncryptionArgsDict = {
        "enabled": True,
        "kms_key_arn": options.customer_managed_key_arn,
    }
    return _given(arguments)


def maxima(options: TableOptions) -> dynamodb.TableOnDemandThroughputArgsDict | None:
    """Bound what an on-demand table or index may cost, where the stack says so."""
    read, write = options.max_read_request_units, options.max_write_request_units
    if read is None and write is None:
        return None
    arguments: dynamodb.TableOnDemandThroughputArgsDict = {
        "max_read_request_units": read,
        "max_write_request_units": write,
    }
    return _given(arguments)


def warm_throughput(
    throughput: WarmThroughput | None,
) -> dynamodb.TableWarmThroughputArgsDict | None:
    """Ask for throughput that is there at once, where the model says so."""
    if throughput is None:
        return None
    return {
        "read_units_per_second": throughput.read_units,
        "write_units_per_second": throughput.write_units,
    }


def replica(region: str, profile: Profile, options: TableOptions) -> dynamodb.TableReplicaArgsDict:
    """Copy the table to another region, kept as the table is kept."""
    arguments: dynamodb.TableReplicaArgsDict = {
        "region_name": region,
        "point_in_time_recovery": bool(profile.point_in_time_recovery_days),
        "deletion_protection_enabled": profile.retain,
        "kms_key_arn": options.replica_keys.get(region),
        "propagate_tags": True,
    }
    return _given(arguments)


def _given(arguments: Arguments) -> Arguments:
    """Leave out what is None: the SDK sends it as null, which policies do not take for unset."""
    return cast(
        "Arguments", {name: value for name, value in arguments.items() if value is not None}
    )
