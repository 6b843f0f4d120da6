"""One moto server for all tests of a module, and its clients."""

from __future__ import annotations

from itertools import count

import pytest

from tablewright.operations.patterns import run_patterns
from tests.support.moto_tables import create_table, serving

_PREFIXES = (f"stack{number}" for number in count())


@pytest.fixture(scope="module")
def moto():
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def dynamodb(moto):
    return moto.client("dynamodb")


@pytest.fixture(scope="module")
def streams(moto):
    return moto.client("dynamodbstreams")


@pytest.fixture
def prefix():
    return next(_PREFIXES)


@pytest.fixture
def run(dynamodb, streams):
    """Runs a model on the tables of another declaration, and returns the results by pattern."""

    def execute(model, *only, deployed=None, audit_trail=True):
        prefix = next(_PREFIXES)
        names = {table.name: f"{prefix}-{table.name}" for table in model.tables}
        for table in deployed if deployed is not None else model.tables:
            create_table(dynamodb, table, names[table.name], audit_trail=audit_trail)
        report = run_patterns(model, names, dynamodb=dynamodb, streams=streams, only=only)
        return {result.pattern: result for result in report.results}

    return execute
