"""Runs the access patterns of a model on an emulator, one after the other."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from tablewright.models import Operation
from tablewright.operations.endpoint import UNREACHABLE, EndpointUnreachable, is_aws
from tablewright.operations.errors import OperationError
from tablewright.operations.patterns.case import Case, Emulator, NotDeployed
from tablewright.operations.patterns.queries import prove_query
from tablewright.operations.patterns.reads import (
    prove_batch_get,
    prove_describe,
    prove_get,
    prove_scan,
)
from tablewright.operations.patterns.result import (
    Disproved,
    PatternReport,
    PatternResult,
    PatternStatus,
)
from tablewright.operations.patterns.shape import check_shape
from tablewright.operations.patterns.streams import prove_stream
from tablewright.operations.patterns.transactions import prove_transaction
from tablewright.operations.patterns.writes import prove_batch_write, prove_write

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

    from tablewright.models import AccessPattern, DataModel

_NOT_FOUND = "ResourceNotFoundException"
_TRIALS: Mapping[Operation, Callable[[Case], None]] = {
    Operation.GET_ITEM: prove_get,
    Operation.BATCH_GET_ITEM: prove_batch_get,
    Operation.QUERY: prove_query,
    Operation.PUT_ITEM: prove_write,
    Operation.UPDATE_ITEM: prove_write,
    Operation.DELETE_ITEM: prove_write,
    Operation.BATCH_WRITE_ITEM: prove_batch_write,
    Operation.TRANSACT_WRITE_ITEMS: prove_transaction,
    Operation.READ_STREAM: prove_stream,
    Operation.SCAN: prove_scan,
    Operation.DESCRIBE_TABLE: prove_describe,
}


def run_patterns(
    model: DataModel,
    tables: Mapping[str, str],
    *,
    dynamodb: DynamoDBClient,
    streams: DynamoDBStreamsClient,
    progress: Callable[[PatternResult], None] = lambda _: None,
    only: Collection[str] = (),
) -> PatternReport:
    """Execute the model's access patterns, or `only` some, on sample items; remove these again.

    `tables` maps each table of the model to its physical name. Sample keys meet no others, but
    for an entity whose key has no field: an item under that key is overwritten and removed.
    Raises OperationError for an endpoint of AWS, EndpointUnreachable where nothing answers.
    """
    _refuse_aws(dynamodb.meta.endpoint_url)
    emulator = Emulator(dynamodb, streams, tables)
    results: dict[str, PatternResult] = {}
    chosen = {model.pattern(name) for name in only} or set(model.patterns)
    for position, pattern in _transactions_first(model):
        if pattern not in chosen:
            continue
        result = _run(Case(model, pattern, emulator, f"sample{position:03}"))
        progress(result)
        results[pattern.name] = result
    in_order = (results.get(pattern.name) for pattern in model.patterns)
    return PatternReport(tuple(result for result in in_order if result))


def _transactions_first(model: DataModel) -> list[tuple[int, AccessPattern]]:
    """Sort numbered patterns: for each part of a transaction moto copies a table's whole stream."""
    transaction = Operation.TRANSACT_WRITE_ITEMS
    return sorted(enumerate(model.patterns), key=lambda entry: entry[1].operation != transaction)


def _refuse_aws(url: str) -> None:
    if is_aws(url):
        raise OperationError(
            f"{url} is AWS, and executing access patterns writes and deletes items; name the "
            "endpoint of an emulator"
        )


def _run(case: Case) -> PatternResult:
    start = time.perf_counter()
    problem = cause = None
    try:
        status = _try(case)
    except NotDeployed as reason:
        status, problem, cause = PatternStatus.NOT_DEPLOYED, str(reason), str(reason)
    except (Disproved, ClientError, BotoCoreError) as error:
        if isinstance(error, UNREACHABLE):
            url = case.emulator.dynamodb.meta.endpoint_url
            raise EndpointUnreachable(url, error) from error
        status, problem = PatternStatus.FAILED, _problem(case, error)
        cause = _cause(case, error)
    return PatternResult(
        model=case.model.name,
        pattern=case.pattern.name,
        operation=str(case.pattern.operation),
        target=case.target,
        status=status,
        checks=tuple(case.checks),
        seconds=time.perf_counter() - start,
        problem=problem,
        cause=cause,
    )


def _try(case: Case) -> PatternStatus:
    try:
        _TRIALS[case.pattern.operation](case)
        check_shape(case)
    except BaseException:
        # What failed first is what the reader must see.
        with suppress(Disproved, ClientError, BotoCoreError):
            case.stage.clear()
        raise
    case.stage.clear()
    return PatternStatus.PASSED


def _problem(case: Case, error: Exception) -> str:
    pattern = case.pattern
    return (
        f"model {case.model.name!r}: access pattern {pattern.name!r} ({pattern.operation} on "
        f"{case.target}): {_happened(case, error)}"
    )


def _cause(case: Case, error: Exception) -> str:
    """Say what went wrong in words that are the same for every pattern that it befalls."""
    if isinstance(error, ClientError) and error.response["Error"]["Code"] == _NOT_FOUND:
        with suppress(ClientError, BotoCoreError):
            if name := case.missing_table():
                return f"table {name!r} is not there"
    return _happened(case, error)


def _happened(case: Case, error: Exception) -> str:
    return f"expected {case.expectation}; {error}"
