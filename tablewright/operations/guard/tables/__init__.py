"""What a change of a table would do to its data, its indexes, its recovery and its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.scene import Arguments, Harmless, judged_by_arguments
from tablewright.operations.guard.tables import (
    attributes,
    capacity,
    indexes,
    loss,
    recovery,
    replicas,
    streams,
    ttl,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.finding import Finding
    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene

ARGUMENTS: Final[Arguments] = {
    "attributes": attributes.judge,
    "billingMode": capacity.judge_billing_mode,
    "deletionProtectionEnabled": recovery.judge_deletion_protection,
    "globalSecondaryIndexes": indexes.judge,
    "globalTableWitness": replicas.judge_witness,
    "hashKey": loss.judge_replacing("hashKey"),
    "importTable": Harmless("it counts only when a table is made"),
    "localSecondaryIndexes": loss.judge_local_indexes,
    "name": loss.judge_name,
    "onDemandThroughput": capacity.judge_maxima,
    "pointInTimeRecovery": recovery.judge_point_in_time_recovery,
    "rangeKey": loss.judge_replacing("rangeKey"),
    "readCapacity": Harmless("capacity is changed in place"),
    "region": loss.judge_region,
    "replicas": replicas.judge,
    "restoreBackupArn": Harmless("it counts only when a table is made"),
    "restoreDateTime": Harmless("it counts only when a table is made"),
    "restoreSourceName": Harmless("it counts only when a table is made"),
    "restoreSourceTableArn": Harmless("it counts only when a table is made"),
    "restoreToLatestTime": Harmless("it counts only when a table is made"),
    "serverSideEncryption": recovery.judge_encryption,
    "streamEnabled": streams.judge,
    "streamViewType": streams.judge,
    "tableClass": Harmless("AWS moves the table in the background; only the price changes"),
    "tags": Harmless("tags hold no data"),
    "tagsAll": Harmless("tags hold no data"),
    "ttl": ttl.judge,
    "warmThroughput": capacity.judge_warm_throughput,
    "writeCapacity": Harmless("capacity is changed in place"),
}
"""Every argument of the provider's table."""


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge what would become of a table."""
    if change.removed:
        yield from loss.judge_removed(change, scene)
    elif change.replaced:
        yield from loss.judge_replaced(change, scene)
    elif change.old is None or change.operation.creates:
        yield from loss.judge_created(change, scene)
    else:
        yield from recovery.judge_options(change)
        yield from dict.fromkeys(judged_by_arguments(change, scene, ARGUMENTS))
