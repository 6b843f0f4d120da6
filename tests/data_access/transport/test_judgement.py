"""Every answer that is no result has one meaning, also one that DynamoDB did not write."""

import boto3
import pytest
from botocore import exceptions as sdk

from tablewright.data_access.errors import InvalidInput, Misconfigured
from tablewright.data_access.transport import fast_path
from tablewright.data_access.transport.failures import Again, Cancelled, ConditionFailed, TryAgain
from tablewright.data_access.transport.judgement import judge

MODELLED = {
    "ConditionalCheckFailedException": ConditionFailed,
    "IdempotentParameterMismatchException": InvalidInput,
    "InternalServerError": Again.UNANSWERED,
    "ItemCollectionSizeLimitExceededException": InvalidInput,
    "ProvisionedThroughputExceededException": Again.THROTTLED,
    "ReplicatedWriteConflictException": Again.CONFLICT,
    "RequestLimitExceeded": Again.THROTTLED,
    "ResourceNotFoundException": Misconfigured,
    "ThrottlingException": Again.THROTTLED,
    "TransactionCanceledException": Cancelled,
    "TransactionConflictException": Again.CONFLICT,
    "TransactionInProgressException": Again.CONFLICT,
}
REASONS = {
    "ConditionalCheckFailed": Cancelled,
    "ItemCollectionSizeLimitExceeded": InvalidInput,
    "ProvisionedThroughputExceeded": Again.THROTTLED,
    "ThrottlingError": Again.THROTTLED,
    "TransactionConflict": Again.CONFLICT,
    "ValidationError": InvalidInput,
}


def meaning(code, status=400, operation="PutItem", **fields):
    response = {
        "Error": {"Code": code, "Message": "by script"},
        "ResponseMetadata": {"HTTPStatusCode": status},
        **fields,
    }
    error = judge(sdk.ClientError(response, operation), "put_item", writes=True)
    return error.why if isinstance(error, TryAgain) else type(error)


def test_every_error_that_the_model_of_a_data_operation_names_is_decided_here():
    client = boto3.client("dynamodb", region_name="us-east-1")
    operations = map(client.meta.service_model.operation_model, fast_path.OPERATIONS)
    names = {shape.name for operation in operations for shape in operation.error_shapes}
    assert names == set(MODELLED)


@pytest.mark.parametrize("code", MODELLED)
def test_an_error_of_the_model_means_what_was_decided(code):
    reasons = [{"Code": "ConditionalCheckFailed"}]
    assert meaning(code, CancellationReasons=reasons) is MODELLED[code]


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_of_a_cancelled_transaction_means_what_was_decided(code):
    reasons = [{"Code": "None"}, {"Code": code}]
    cancelled = meaning("TransactionCanceledException", CancellationReasons=reasons)
    assert cancelled is REASONS[code]


@pytest.mark.parametrize(
    ("status", "means"),
    [
        (302, Misconfigured),
        (403, Misconfigured),
        (404, Misconfigured),
        (407, Misconfigured),
        (408, Again.UNANSWERED),
        (413, InvalidInput),
        (429, Again.THROTTLED),
        (500, Again.UNANSWERED),
        (502, Again.UNANSWERED),
        (503, Again.UNANSWERED),
        (504, Again.UNANSWERED),
    ],
)
def test_an_answer_that_names_no_error_is_judged_by_its_status(status, means):
    # botocore names such an error by its status.
    assert meaning(str(status), status) is means


@pytest.mark.parametrize(
    ("code", "status", "means"),
    [
        ("AccessDenied", 403, Misconfigured),
        ("ExpiredToken", 400, Misconfigured),
        ("UnauthorizedException", 401, Misconfigured),
        ("Throttling", 400, Again.UNAVAILABLE),
        ("ServiceUnavailable", 503, Again.UNAVAILABLE),
    ],
)
@pytest.mark.parametrize(
    "operation", ["AssumeRole", "AssumeRoleWithWebIdentity", "GetRoleCredentials", "CreateToken"]
)
def test_where_no_credentials_are_given_nothing_was_sent(operation, code, status, means):
    assert meaning(code, status, operation) is means
