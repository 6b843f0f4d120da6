"""Trial of a stream: every change of a table is read from it, in order, with its images."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tablewright.models import StreamView
from tablewright.operations.patterns.case import NotDeployed

if TYPE_CHECKING:
    from tablewright.operations.patterns.case import Case
    from tablewright.operations.patterns.samples import Item, Placed

_OLD, _NEW = 1, 2
_SECONDS = 5.0
_PAUSE = 0.1
_EVENTS = ("INSERT", "MODIFY", "REMOVE")


def prove_stream(case: Case) -> None:
    """Put, replace and delete an item, and read the three changes."""
    entity = next(e for e in case.model.entities if e.table == case.pattern.table)
    old, new = (case.samples.number(entity, 1, revision=number) for number in (_OLD, _NEW))
    iterators = _iterators(case)
    case.expect(f"the changes {', '.join(_EVENTS)} of one item in the stream, in order")
    case.stage.put([old])
    case.stage.put([new])
    case.stage.clear()
    records = _read(case, iterators, old)
    events = tuple(str(record["eventName"]) for record in records)
    case.demand(events == _EVENTS, f"got {events}")
    case.proved()
    _check_images(case, records, old.item, new.item)


def _iterators(case: Case) -> list[str]:
    """Find the table's stream as a consumer does, and stand at its end."""
    spec = case.table.stream
    view = spec.view if spec else None
    case.expect(f"an enabled stream with view {view}")
    name = case.table_name
    case.emulator.dynamodb.describe_table(TableName=name)
    streams = case.emulator.streams
    described = [
        streams.describe_stream(StreamArn=found["StreamArn"])["StreamDescription"]
        for found in streams.list_streams(TableName=name).get("Streams", [])
    ]
    enabled = [stream for stream in described if stream["StreamStatus"] == "ENABLED"]
    if not enabled and spec and spec.audit_trail_only:
        raise NotDeployed("the table has no stream, because this stack has no audit trail")
    case.demand(enabled, "the table has no enabled stream")
    stream = enabled[-1]
    case.demand(stream["StreamViewType"] == view, f"its view is {stream['StreamViewType']}")
    case.proved()
    return [
        streams.get_shard_iterator(
            StreamArn=stream["StreamArn"], ShardId=shard["ShardId"], ShardIteratorType="LATEST"
        )["ShardIterator"]
        for shard in stream["Shards"]
        if "EndingSequenceNumber" not in shard.get("SequenceNumberRange", {})
    ]


def _read(case: Case, iterators: list[str], placed: Placed) -> list[dict[str, Any]]:
    """Read until all changes of the item have come; others may write to the table meanwhile."""
    records: list[dict[str, Any]] = []
    deadline = time.monotonic() + _SECONDS
    while True:
        for position, iterator in enumerate(iterators):
            answer = case.emulator.streams.get_records(ShardIterator=iterator)
            changes: list[Any] = answer["Records"]
            records += [r for r in changes if r["dynamodb"]["Keys"] == placed.key]
            iterators[position] = answer.get("NextShardIterator") or iterator
        if len(records) >= len(_EVENTS) or time.monotonic() > deadline:
            return records
        time.sleep(_PAUSE)


def _check_images(case: Case, records: list[dict[str, Any]], old: Item, new: Item) -> None:
    """Demand the images that the stream's view declares."""
    view = case.table.stream.view if case.table.stream else None
    case.expect(f"records with what view {view} declares")
    has_new = view in (StreamView.NEW_IMAGE, StreamView.NEW_AND_OLD_IMAGES)
    has_old = view in (StreamView.OLD_IMAGE, StreamView.NEW_AND_OLD_IMAGES)
    expected = [
        (old if has_new else None, None),
        (new if has_new else None, old if has_old else None),
        (None, new if has_old else None),
    ]
    for record, images in zip(records, expected, strict=True):
        change = record["dynamodb"]
        got = (change.get("NewImage"), change.get("OldImage"))
        case.demand(got == images, f"{record['eventName']} has the images {got}")
    case.proved()
