"""What an error of the wire names, and which answers are taken for none."""

import pytest

from tablewright.data_access.errors import Misconfigured, ServiceUnavailable, UnknownOutcome
from tests.support.scripted_client import refused, send

NO_TABLE = refused("ResourceNotFoundException")
DENIED = refused("AccessDeniedException")
PUT = {"Put": {"TableName": "files", "Item": {}}}
CHECK = {"ConditionCheck": {"TableName": "users", "Key": {}}}
TWO = [PUT, CHECK, PUT]


@pytest.mark.parametrize("trouble", [NO_TABLE, DENIED], ids=str)
@pytest.mark.parametrize(
    ("operation", "request_", "places"),
    [
        ("get_item", {"TableName": "files"}, "table 'files'"),
        ("query", {"TableName": "files", "IndexName": "byId"}, r"table 'files' \(index 'byId'\)"),
        (
            "transact_write_items",
            {"TransactItems": [PUT, CHECK, PUT]},
            "table 'files', table 'users'",
        ),
        ("batch_get_item", {"RequestItems": {"files": {}}}, "table 'files'"),
    ],
)
def test_an_error_of_the_surroundings_names_the_tables(trouble, operation, request_, places):
    error, *_ = send(operation, trouble, **request_)
    assert type(error) is Misconfigured
    with pytest.raises(Misconfigured, match=f"asked of {places}$"):
        raise error


@pytest.mark.parametrize(
    ("operation", "request_", "whole"),
    [
        ("query", {}, {"Items": []}),
        ("batch_get_item", {}, {"Responses": {}}),
        ("get_parameter", {}, {"Parameter": {}}),
        ("update_item", {"ReturnValues": "ALL_NEW"}, {"Attributes": {}}),
    ],
)
def test_an_object_that_is_no_answer_of_dynamodb_counts_as_none(operation, request_, whole):
    result, client, _ = send(operation, {"hello": "world"}, whole, **request_)
    assert result == whole
    assert len(client.requests) == 2
    error, *_ = send(operation, {}, **request_)
    assert type(error) is (UnknownOutcome if operation == "update_item" else ServiceUnavailable)
