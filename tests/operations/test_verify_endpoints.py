"""What an endpoint refuses, leaves out or never says is a clear result or a clear error."""

from __future__ import annotations

import json

import pytest
from botocore.awsrequest import AWSResponse

from tablewright.operations.endpoint import Endpoint, EndpointUnreachable
from tablewright.operations.errors import OperationError
from tablewright.operations.verify import Status, verify
from tablewright.operations.verify.comparison import Comparison
from tablewright.operations.verify.optional import check_optional
from tablewright.operations.verify.stack import Stack
from tests.support.configurations import settings
from tests.support.moto_tables import create_tables


def refuse(endpoint, service, operation, code):
    """Answer one operation of a client with an error, before anything is sent."""

    def respond(request, **_):
        body = json.dumps({"__type": code, "message": f"not allowed to {operation}"})
        return AWSResponse(request.url, 400, {}, _Raw(body.encode()))

    client = getattr(endpoint, service)
    name = client.meta.service_model.service_name
    client.meta.events.register(f"before-send.{name}.{operation}", respond)


class _Raw:
    """The body of a canned answer."""

    def __init__(self, body):
        self._body = body

    def stream(self, **_):
        yield self._body


@pytest.fixture
def endpoint(moto):
    return Endpoint(moto.url, "us-east-1")


def test_an_endpoint_where_nothing_answers_is_an_error_that_names_it():
    with pytest.raises(EndpointUnreachable, match=r"nothing answers at http://127.0.0.1:9 "):
        verify(settings(), Endpoint("http://127.0.0.1:9", "us-east-1"))


def test_an_address_that_is_none_is_an_error():
    with pytest.raises(OperationError, match="write http://host:port"):
        verify(settings(), Endpoint("nonsense", "us-east-1"))


def test_no_region_is_an_error_that_says_where_to_set_it(monkeypatch):
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(OperationError, match="set aws:region"):
        _ = Endpoint(None).dynamodb


def test_a_profile_that_is_not_there_is_an_error(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(OperationError, match=r"\(nobody\) could not be found; check the AWS conf"):
        _ = Endpoint(None, "us-east-1").dynamodb


def test_no_credentials_are_an_error_without_a_traceback(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    with pytest.raises(
        OperationError, match=r"Unable to locate cr.*; set AWS_PROFILE or run `aws sso"
    ):
        verify(settings(), Endpoint(None, "us-east-1"))


def test_refused_credentials_are_an_error_that_says_how_to_get_others(endpoint):
    refuse(endpoint, "dynamodb", "DescribeTable", "UnrecognizedClientException")
    with pytest.raises(OperationError, match=r"refuses the credentials .*; set AWS_PROFILE or"):
        verify(settings(), endpoint)


def test_a_missing_permission_is_noted_where_it_matters(endpoint):
    create_tables(endpoint.dynamodb, settings().models[0], "dropify-dev")
    refuse(endpoint, "dynamodb", "DescribeTimeToLive", "AccessDeniedException")
    refuse(endpoint, "dynamodb", "ListTagsOfResource", "AccessDeniedException")
    report = verify(settings(), endpoint)
    unreadable = [
        (check.resource, check.property)
        for check in report.checks
        if check.status is Status.UNREADABLE
    ]
    assert ("table dropify-dev-files", "time to live") in unreadable
    assert ("table dropify-dev-files", "tags") in unreadable
    assert not report.ok
    assert "not allowed to DescribeTimeToLive" in str(report.as_dict())


def test_a_stack_that_is_not_deployed_is_missing_and_no_error(moto):
    report = verify(settings(project="elsewhere"), Endpoint(moto.url, "us-east-1"))
    assert {check.status for check in report.checks} == {Status.MISSING}
    assert not report.ok


def optional(table, **changes):
    """Compare a described table with a stack that has these configuration keys."""
    chosen = settings(**changes)
    stack = Stack(settings=chosen, partition="aws", account="1", region="us-east-1")
    into = Comparison("an endpoint")
    check_optional("table t", stack, chosen.models[0].tables[0], table, into)
    return {check.property: (check.status, check.actual) for check in into.checks}


CLASS, MAXIMA, REPLICAS = "table class", "on-demand maxima (read, write)", "replicas"
DECLARED = {
    "tableClass": "STANDARD_INFREQUENT_ACCESS",
    "maxReadRequestUnits": 1000,
    "replicaRegions": ["eu-west-1"],
}


def test_a_field_that_no_answer_of_the_endpoint_has_is_not_reported():
    found = optional({}, **DECLARED)
    assert {status for status, _ in found.values()} == {Status.NOT_REPORTED}


def test_a_field_that_is_left_out_by_an_endpoint_that_tells_all_is_missing():
    found = optional({"TableId": "1"}, **DECLARED)
    assert {status for status, _ in found.values()} == {Status.MISSING}


def test_a_field_that_is_left_out_where_nothing_is_declared_is_never_equal():
    found = optional({"TableId": "1"})
    assert {status for status, _ in found.values()} == {Status.NOT_REPORTED}


def test_reported_fields_are_compared():
    table = {
        "TableClassSummary": {"TableClass": "STANDARD"},
        "OnDemandThroughput": {"MaxReadRequestUnits": 1000, "MaxWriteRequestUnits": -1},
        "Replicas": [{"RegionName": "eu-west-2"}],
    }
    assert optional(table, **DECLARED) == {
        CLASS: (Status.DIFFERENT, "STANDARD"),
        MAXIMA: (Status.EQUAL, [1000, None]),
        REPLICAS: (Status.DIFFERENT, ["eu-west-2"]),
    }
