"""A request succeeds, is repeated while that helps, or ends in the error that says what to do."""

import pytest
from botocore import exceptions as sdk

from tablewright.data_access.errors import (
    DataAccessError,
    InvalidInput,
    ItemTooLarge,
    Misconfigured,
    ServiceUnavailable,
    Throttled,
    TransactionConflicted,
    UnknownOutcome,
)
from tablewright.data_access.transport.failures import Cancelled, ConditionFailed
from tablewright.data_access.transport.fast_path import MALFORMED
from tests.support.scripted_client import cancelled, refused, send

ITEM = {"PK": {"S": "a"}}
URL = {"endpoint_url": "https://dynamodb.example.com"}


THROTTLED = refused("ThrottlingException")
CONFLICT = refused("TransactionConflictException")
BUSY = cancelled("None", "TransactionConflict")
BROKEN = refused("InternalServerError", status=500)
NAMELESS = refused("", status=503)  # what answers in place of DynamoDB names no error of its own
AWAY = sdk.EndpointConnectionError(**URL)
SLOW = sdk.ReadTimeoutError(**URL)
DROPPED = sdk.ConnectionClosedError(**URL)
NONSENSE = {MALFORMED: True}


@pytest.mark.parametrize("operation", ["get_item", "put_item"])
@pytest.mark.parametrize("trouble", [THROTTLED, CONFLICT, BUSY, AWAY], ids=str)
def test_what_was_surely_not_done_is_sent_again_unchanged(operation, trouble):
    result, client, clock = send(
        operation, trouble, trouble, {"Item": ITEM}, Key=ITEM, ClientRequestToken="t"
    )
    assert result == {"Item": ITEM}
    assert client.requests == [(operation, {"Key": ITEM, "ClientRequestToken": "t"})] * 3
    assert len(clock.slept) == 2


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (THROTTLED, Throttled),
        (cancelled("ThrottlingError", "None"), Throttled),
        (CONFLICT, TransactionConflicted),
        (BUSY, TransactionConflicted),
        (AWAY, ServiceUnavailable),
    ],
)
def test_at_the_deadline_the_error_says_that_nothing_was_written(trouble, kind):
    error, client, clock = send("transact_write_items", trouble)
    assert type(error) is kind
    assert "nothing was written" in str(error)
    assert f"tried {len(client.requests)} times until the deadline" in str(error)
    assert error.__cause__ is trouble
    assert clock.elapsed < 5


@pytest.mark.parametrize("trouble", [BROKEN, NAMELESS, SLOW, DROPPED, NONSENSE], ids=str)
def test_a_read_without_answer_is_repeated(trouble):
    result, client, _ = send("query", trouble, {"Items": []})
    assert result == {"Items": []}
    assert len(client.requests) == 2
    error, *_ = send("query", trouble)
    assert type(error) is ServiceUnavailable


@pytest.mark.parametrize("trouble", [BROKEN, NAMELESS, SLOW, DROPPED, NONSENSE], ids=str)
def test_a_write_without_answer_is_repeated_unchanged(trouble):
    result, client, _ = send("update_item", trouble, {}, Key=ITEM)
    assert result == {}
    assert client.requests == [("update_item", {"Key": ITEM})] * 2


@pytest.mark.parametrize("trouble", [BROKEN, NAMELESS, SLOW, DROPPED, NONSENSE], ids=str)
def test_a_write_that_is_never_answered_may_have_happened(trouble):
    error, client, clock = send("update_item", trouble)
    assert type(error) is UnknownOutcome
    assert "same operation id" in str(error)
    assert len(client.requests) > 2
    assert clock.elapsed < 5


@pytest.mark.parametrize("after", [THROTTLED, CONFLICT, AWAY, refused("AccessDeniedException")])
def test_what_follows_a_write_without_answer_does_not_say_that_nothing_was_written(after):
    error, *_ = send("put_item", BROKEN, after)
    assert type(error) is UnknownOutcome


@pytest.mark.parametrize("trouble", [BROKEN, SLOW])
def test_a_condition_that_fails_after_a_write_without_answer_shows_the_item_it_met(trouble):
    own = refused("ConditionalCheckFailedException", Item=ITEM)
    error, *_ = send("put_item", trouble, own)
    assert isinstance(error, ConditionFailed)
    assert error.item == ITEM


def test_a_failed_condition_carries_the_item_that_it_met():
    error, *_ = send("put_item", refused("ConditionalCheckFailedException", Item=ITEM))
    assert isinstance(error, ConditionFailed)
    assert error.item == ITEM
    error, *_ = send("put_item", refused("ConditionalCheckFailedException"))
    assert error.item is None


def test_a_cancelled_transaction_tells_which_condition_failed_and_what_it_met():
    trouble = cancelled("None", "ConditionalCheckFailed", Item=ITEM)
    error, client, _ = send("transact_write_items", trouble)
    assert isinstance(error, Cancelled)
    assert [error.failed(0), error.failed(1)] == [False, True]
    assert [error.item(0), error.item(1)] == [None, ITEM]
    assert len(client.requests) == 1


@pytest.mark.parametrize("busy", ["TransactionConflict", "ThrottlingError"])
def test_a_condition_that_fails_beside_an_item_that_was_not_looked_at_decides_nothing(busy):
    undecided = cancelled(busy, "ConditionalCheckFailed")
    own = cancelled("ConditionalCheckFailed", "ConditionalCheckFailed", Item=ITEM)
    error, client, _ = send("transact_write_items", undecided, own)
    assert isinstance(error, Cancelled)
    assert error.item(1) == ITEM
    assert len(client.requests) == 2


@pytest.mark.parametrize(
    ("trouble", "kind", "told"),
    [
        (refused("ResourceNotFoundException"), Misconfigured, "no such table or index"),
        (refused("AccessDeniedException", "not authorized"), Misconfigured, "lack a permission"),
        (refused("ExpiredTokenException"), Misconfigured, "have expired"),
        (refused("UnrecognizedClientException"), Misconfigured, "credentials are no good"),
        (
            refused("ValidationException", "The table does not have the specified index: X"),
            Misconfigured,
            "deploy the index",
        ),
        (sdk.NoCredentialsError(), Misconfigured, "see credentials, region and endpoint"),
        (RuntimeError("credentials are still expired"), Misconfigured, "still expired; see cred"),
        (ValueError("no legal header"), Misconfigured, "no legal header; see credentials"),
        (refused("ValidationException", "Item size has exceeded"), ItemTooLarge, "Item size"),
        (refused("ValidationException", "Invalid KeyCondition"), InvalidInput, "Invalid KeyC"),
        (cancelled("None", "ValidationError"), InvalidInput, "ValidationError"),
        (sdk.ParamValidationError(report="bad"), InvalidInput, "malformed"),
        (refused("IdempotentParameterMismatchException"), InvalidInput, "Idempotent"),
    ],
    ids=str,
)
def test_what_no_repeat_can_mend_is_told_at_once(trouble, kind, told):
    error, client, clock = send("put_item", trouble)
    assert type(error) is kind
    assert isinstance(error, DataAccessError)
    assert told in str(error)
    assert error.__cause__ is trouble
    assert (len(client.requests), clock.slept) == (1, [])
