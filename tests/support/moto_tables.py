"""Tables as a TableSpec declares them, made in moto without any component."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
from moto.server import ThreadedMotoServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.models import DataModel, Index, Key, TableSpec


class Moto:
    """The clients of one moto server."""

    def __init__(self, url: str) -> None:
        self.url = url

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )


@contextmanager
def serving() -> Iterator[Moto]:
    """Serve an empty moto on a free port of this machine."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield Moto(f"http://{host}:{port}")
    finally:
        server.stop()


def create_table(dynamodb: Any, spec: TableSpec, name: str, *, audit_trail: bool = True) -> None:
    """Create the table with its indexes, stream and TTL attribute."""
    parameters: dict[str, Any] = {}
    if spec.global_indexes:
        parameters["GlobalSecondaryIndexes"] = [_index(index) for index in spec.global_indexes]
    if spec.local_indexes:
        parameters["LocalSecondaryIndexes"] = [_index(index) for index in spec.local_indexes]
    if spec.has_stream(audit_trail=audit_trail):
        view = str(spec.stream.view)
        parameters["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": view}
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_key_schema(spec.key),
        AttributeDefinitions=[
            {"AttributeName": attribute.name, "AttributeType": str(attribute.type)}
            for attribute in spec.attributes
        ],
        **parameters,
    )
    if spec.ttl_attribute:
        dynamodb.update_time_to_live(
            TableName=name,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": spec.ttl_attribute},
        )


def create_tables(
    dynamodb: Any, model: DataModel, prefix: str, *, audit_trail: bool = True
) -> dict[str, str]:
    """Create every table of a model; return their physical names."""
    names = {table.name: f"{prefix}-{table.name}" for table in model.tables}
    for table in model.tables:
        create_table(dynamodb, table, names[table.name], audit_trail=audit_trail)
    return names


def _key_schema(key: Key) -> list[dict[str, str]]:
    return [
        *({"AttributeName": a.name, "KeyType": "HASH"} for a in key.partition),
        *({"AttributeName": a.name, "KeyType": "RANGE"} for a in key.sort),
    ]


def _index(index: Index) -> dict[str, Any]:
    projection: dict[str, Any] = {"ProjectionType": str(index.projection.kind)}
    if index.projection.attributes:
        projection["NonKeyAttributes"] = list(index.projection.attributes)
    return {
        "IndexName": index.name,
        "KeySchema": _key_schema(index.key),
        "Projection": projection,
    }
