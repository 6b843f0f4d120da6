"""What repositories are tried on: moto always, dynoxide where it is, AWS where it is asked for.

`dynoxide` is found on PATH (npm: `dynoxide`), or named by `TABLEWRIGHT_DYNOXIDE`. With
`TABLEWRIGHT_TEST_ON_AWS=1` tables called `tablewright-test-…` are made in the account of the usual
credentials, emptied after each test and deleted at the end.
"""

import os
import shutil
import socket
import subprocess
import time
import uuid
from contextlib import contextmanager
from functools import cache

import boto3
from botocore.config import Config
from moto import mock_aws

from tablewright.data_access.transport import fast_path
from tests.support.moto_tables import create_tables

DYNOXIDE = os.environ.get("TABLEWRIGHT_DYNOXIDE") or shutil.which("dynoxide")
ON_AWS = os.environ.get("TABLEWRIGHT_TEST_ON_AWS") == "1"
ELSEWHERE = [*(["dynoxide"] if DYNOXIDE else []), *(["aws"] if ON_AWS else [])]
AVAILABLE = ["moto", *ELSEWHERE]


class Backend:
    """A client, and a model's tables, which are empty when a test begins."""

    def __init__(self, name, client):
        self.name = name
        self.client = client
        self._tables = {}
        self._specs = {}

    def tables(self, model):
        """Return the physical names of a model's tables, made on first use."""
        if model.name not in self._tables:
            prefix = f"tablewright-test-{uuid.uuid4().hex[:8]}"
            names = create_tables(self.client, model, prefix, audit_trail=False)
            if self.name == "aws":
                for name in names.values():
                    self.client.get_waiter("table_exists").wait(TableName=name)
            self._tables[model.name] = names
            self._specs |= {names[table.name]: table for table in model.tables}
        return self._tables[model.name]

    def items(self, table):
        """Return everything that a table holds."""
        pages = self.client.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
        return [item for page in pages for item in page["Items"]]

    def clear(self):
        """Empty the tables, or delete them where new ones are made at once."""
        if self.name != "aws":
            self.forget()
            return
        for table, spec in self._specs.items():
            for item in self.items(table):
                key = {name: item[name] for name in spec.key.names}
                self.client.delete_item(TableName=table, Key=key)

    def forget(self):
        """Delete every table that was made."""
        for table in self._specs:
            self.client.delete_table(TableName=table)
        self._tables, self._specs = {}, {}


@cache
def client_of(endpoint, *, fast=True):
    """Return a client that checks requests; one in a process, for it takes long to make."""
    fake = (
        {} if endpoint == "aws" else {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    )
    client = boto3.session.Session(**fake).client(
        "dynamodb",
        region_name=os.environ.get("AWS_REGION", "us-east-1"),
        endpoint_url=endpoint if endpoint.startswith("http") else None,
        config=Config(
            retries={"mode": "standard", "total_max_attempts": 1},
            max_pool_connections=32,
            parameter_validation=True,
        ),
    )
    if fast:
        fast_path.install(client)
    return client


@contextmanager
def moto():
    """Give a moto of the test's own, in this process."""
    with mock_aws():
        yield Backend("moto", client_of("moto"))


@contextmanager
def elsewhere(name):
    """Give a backend outside of this process, for the whole run."""
    if name == "aws":
        backend = Backend(name, client_of("aws"))
        yield backend
        backend.forget()
    else:
        with _dynoxide() as endpoint:
            yield Backend(name, client_of(endpoint))


@contextmanager
def _dynoxide():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [DYNOXIDE, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_it_listens(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_until_it_listens(process, port):
    ends = time.monotonic() + 10
    while time.monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("dynoxide does not listen")
