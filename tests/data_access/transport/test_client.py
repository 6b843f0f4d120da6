"""The client gives up soon, says who it is in few words, and parses fast where that is safe."""

import pytest
from botocore import endpoint
from botocore.exceptions import ClientError
from botocore.retries import quota

from tablewright.data_access.errors import Misconfigured
from tablewright.data_access.transport import client as module
from tablewright.data_access.transport import fast_path
from tablewright.data_access.transport.client import ClientSettings, make_client, make_ssm_client


@pytest.fixture(autouse=True)
def credentials(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)


def sent_by(client):
    """Return the request that a client would have sent."""
    sent = []

    def answer(request, **_):
        sent.append(request)
        return fast_path.canned(request, 200, b'{"Item": {"PK": {"B": "AA=="}}}')

    client.meta.events.register("before-send.dynamodb.GetItem", answer)
    reply = client.get_item(TableName="t", Key={"PK": {"S": "a"}})
    return sent[0], reply["Item"]["PK"]["B"]


def test_it_tries_once_and_gives_up_soon():
    config = make_client().meta.config
    assert (config.connect_timeout, config.read_timeout) == (1.0, 3.0)
    assert config.retries["mode"] == "standard"
    assert config.retries["total_max_attempts"] == 1


@pytest.mark.parametrize(
    ("variables", "given", "region"),
    [
        ({}, None, "us-east-1"),
        ({"AWS_DEFAULT_REGION": "eu-west-1"}, None, "eu-west-1"),
        ({"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": "eu-west-2"}, None, "eu-west-2"),
        ({"AWS_REGION": "eu-west-2"}, "eu-west-3", "eu-west-3"),
    ],
)
def test_the_region_is_an_argument_or_what_lambda_sets(monkeypatch, variables, given, region):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert make_client(ClientSettings(region=given)).meta.region_name == region


def test_responses_are_parsed_fast_unless_that_is_switched_off():
    # Binary values stay base64 text on the fast path alone.
    assert sent_by(make_client())[1] == "AA=="
    assert sent_by(make_client(ClientSettings(fast=False)))[1] == b"\x00"


def test_where_the_fast_path_does_not_work_botocore_parses(monkeypatch):
    monkeypatch.setattr(module, "_fast_path_works", lambda: False)
    assert sent_by(make_client())[1] == b"\x00"


def test_it_names_itself_in_few_words():
    request, _ = sent_by(make_client())
    assert request.headers["User-Agent"].startswith(b"tablewright")
    usual, _ = sent_by(make_client(ClientSettings(names_itself=False)))
    assert usual.headers["User-Agent"].startswith(b"Boto3/")
    assert 3 * len(request.headers["User-Agent"]) < len(usual.headers["User-Agent"])


def test_requests_are_checked_where_that_is_asked_for():
    checking = make_client(ClientSettings(checks_requests=True))
    with pytest.raises(Exception, match="Unknown parameter"):
        checking.get_item(TableName="t", Key={}, Nonsense=1)


def test_a_client_that_botocore_parses_for_takes_no_nonsense_for_nothing():
    client = make_client(ClientSettings(fast=False))
    client.meta.events.register(
        "before-send.dynamodb.GetItem",
        lambda request, **_: fast_path.canned(request, 200, b"<html>"),
    )
    reply = client.get_item(TableName="t", Key={"PK": {"S": "a"}})
    assert reply[fast_path.MALFORMED] is True


@pytest.mark.parametrize(
    ("variable", "value"),
    [("AWS_PROFILE", "none-such"), ("AWS_REGION", "a b")],
)
def test_surroundings_in_which_no_client_can_be_made_are_told(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(Misconfigured, match="no client can be made"):
        make_client(ClientSettings(fast=False))


def test_an_endpoint_that_is_none_is_told():
    with pytest.raises(Misconfigured, match="Invalid endpoint"):
        make_client(ClientSettings(endpoint="nonsense"))


@pytest.mark.parametrize("make", [make_client, make_ssm_client])
@pytest.mark.parametrize("attempts", [0, "many"])
def test_settings_that_botocore_refuses_are_told(make, attempts):
    with pytest.raises(Misconfigured, match="no client can be made"):
        make(ClientSettings(attempts=attempts))


@pytest.mark.parametrize("status", [400, 429, 500, 503])
def test_botocore_neither_pauses_nor_keeps_a_quota_of_attempts(monkeypatch, status):
    def used(*_, **__):
        raise AssertionError("botocore would repeat")

    monkeypatch.setattr(endpoint.time, "sleep", used)
    monkeypatch.setattr(quota.RetryQuota, "acquire", used)
    client, sent = make_client(), []
    body = b'{"__type": "x#ProvisionedThroughputExceededException"}' if status == 400 else b""

    def answer(request, **_):
        sent.append(request.headers["amz-sdk-request"])
        return fast_path.canned(request, status, body)

    client.meta.events.register("before-send.dynamodb.GetItem", answer)
    for _ in range(200):  # a quota of 500 would be used up
        with pytest.raises(ClientError):
            client.get_item(TableName="t", Key={"PK": {"S": "a"}})
    assert sent == [b"attempt=1; max=1"] * 200
