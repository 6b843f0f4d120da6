"""A health check says in time, in one of three words, whether there is a way to the data."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest
from moto import mock_aws

from tablewright.data_access import health as module
from tablewright.data_access.errors import Misconfigured
from tablewright.data_access.health import (
    Health,
    HealthCheck,
    HealthRepository,
    Reason,
    Status,
    check_health,
)
from tablewright.data_access.transport.client import ClientSettings
from tablewright.models.catalog import APPLICATION_TABLE
from tests.support import faults as wire
from tests.support.faults import Faults
from tests.support.moto_tables import create_tables

TABLES = {"application": "any-table"}
PATIENT = {"tables": TABLES, "limit_seconds": 60}
"""For checks that end by themselves, on a machine that is busy."""


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_REGION", "DYNAMODB_TABLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def repository(connect):
    return HealthRepository(connect(APPLICATION_TABLE))


def words(found):
    return found.status.value, found.reason


def test_a_table_that_answers_is_connected_and_read_once_by_its_key(repository, faults, backend):
    found = repository.check_health()
    assert words(found) == ("connected", Reason.ANSWERED)
    assert found.is_connected
    ((operation, body),) = faults.attempts
    assert operation == "GetItem"
    assert body["Key"] == {"PK": {"S": "HEALTH"}, "SK": {"S": "METADATA"}}
    assert body["TableName"] == backend.tables(APPLICATION_TABLE)["application"]


def test_an_item_that_is_there_is_connected_too(repository, backend):
    table = backend.tables(APPLICATION_TABLE)["application"]
    marker = {"PK": {"S": "HEALTH"}, "SK": {"S": "METADATA"}, "entityType": {"S": "other"}}
    backend.client.put_item(TableName=table, Item=marker)
    assert repository.check_health().is_connected


@pytest.mark.parametrize(("seconds", "reason"), [(0.5, Reason.ANSWERED), (0.6, Reason.SLOW)])
def test_an_answer_that_takes_long_is_connected_and_slow(
    repository, faults, clock, seconds, reason
):
    faults.on("GetItem", wire.after(lambda: clock.sleep(seconds)))
    found = repository.check_health()
    assert words(found) == ("connected", reason)
    assert found.latency_milliseconds == pytest.approx(seconds * 1000)


@contextmanager
def in_moto():
    """Give a check of the process's own kind, and faults on its client."""
    with mock_aws():
        check = HealthCheck(**PATIENT)
        client = check._connected()._connection.wire.client
        spec = next(table for table in APPLICATION_TABLE.tables if table.name == "application")
        client.create_table(
            TableName="any-table",
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[
                {"AttributeName": "PK", "KeyType": "HASH"},
                {"AttributeName": "SK", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": "S"} for name in spec.key.names
            ],
        )
        with Faults(client) as faults:
            yield check, faults


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        (None, "connected", Reason.ANSWERED),
        (wire.THROTTLED, "connected", Reason.THROTTLED),
        (wire.TOO_MANY_REQUESTS, "connected", Reason.THROTTLED),
        (wire.TIMED_OUT, "disconnected", Reason.TIMEOUT),
        (wire.CONNECT_TIMED_OUT, "disconnected", Reason.TIMEOUT),
        (wire.NO_CONNECTION, "disconnected", Reason.UNREACHABLE),
        (wire.LOST_CONNECTION, "disconnected", Reason.UNREACHABLE),
        (wire.INTERNAL_ERROR, "disconnected", Reason.SERVER_ERROR),
        (wire.NAMELESS_503, "disconnected", Reason.SERVER_ERROR),
        (wire.MALFORMED, "disconnected", Reason.SERVER_ERROR),
        (wire.NO_TABLE, "error", Reason.NO_TABLE),
        (wire.DENIED, "error", Reason.DENIED),
        (wire.BAD_CREDENTIALS, "error", Reason.CREDENTIALS),
        (wire.error("ExpiredTokenException"), "error", Reason.CREDENTIALS),
        (wire.error("ValidationException"), "error", Reason.OTHER),
        (lambda exchange: exchange.reply(407, b""), "error", Reason.OTHER),
    ],
)
def test_each_fault_is_one_word_after_one_attempt(fault, status, reason):
    with in_moto() as (check, faults):
        faults.always("GetItem", fault)
        found = check()
        assert words(found) == (status, reason)
        assert found.is_connected is (status == "connected")
        assert faults.count("GetItem") == len(faults.attempts) == 1
        assert bool(found.detail) is (fault is not None)


def test_a_check_uses_its_client_again_and_goes_on_when_the_fault_is_over():
    with in_moto() as (check, faults):
        faults.on("GetItem", wire.INTERNAL_ERROR)
        assert [check().status for _ in range(3)] == ["disconnected", "connected", "connected"]
        assert faults.count("GetItem") == 3


def test_its_client_gives_up_within_a_second_and_tries_once():
    given = ClientSettings(read_timeout_seconds=30, connect_timeout_seconds=0.5, attempts=4)
    config = HealthCheck(tables=TABLES, settings=given)._connected()._connection.wire.client.meta
    assert config.config.read_timeout == 1.0
    assert config.config.connect_timeout == 0.5
    assert config.config.retries["total_max_attempts"] == 1


def test_the_table_is_found_as_the_application_finds_it(monkeypatch):
    with mock_aws():
        check = HealthCheck(prefix="dropify-dev", limit_seconds=60)
        create_tables(check._connected()._connection.wire.client, APPLICATION_TABLE, "dropify-dev")
        found = check()
        assert words(found) == ("error", Reason.NO_NAME)
        assert "/dropify-dev/" in found.detail
        monkeypatch.setenv("DYNAMODB_TABLE", "dropify-dev-application")
        assert check().is_connected


def test_without_a_name_it_is_an_error_that_says_where_to_put_one():
    found = check_health(limit_seconds=60)
    assert words(found) == ("error", Reason.NO_NAME)
    assert "DYNAMODB_TABLE" in found.detail


def test_without_credentials_it_is_an_error(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    assert words(check_health(**PATIENT)) == ("error", Reason.CREDENTIALS)


def test_a_profile_that_is_not_there_is_an_error(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "none-such")
    assert words(check_health(**PATIENT)) == ("error", Reason.CREDENTIALS)


@contextmanager
def listening():
    """Give the port of a socket that takes connections and never says a word."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        yield silent.getsockname()[1]


def at_port(port):
    settings = ClientSettings(
        endpoint=f"http://127.0.0.1:{port}", read_timeout_seconds=0.1, connect_timeout_seconds=0.1
    )
    return check_health(**PATIENT, settings=settings)


def test_a_server_that_never_answers_is_disconnected_in_time():
    with listening() as port:
        found = at_port(port)
    assert words(found) == ("disconnected", Reason.TIMEOUT)
    assert found.latency_milliseconds >= 100


def test_a_port_that_is_closed_is_disconnected():
    with listening() as port:
        pass
    assert words(at_port(port)) == ("disconnected", Reason.UNREACHABLE)


def test_a_host_that_is_not_known_is_disconnected(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror("Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert words(check_health(**PATIENT)) == ("disconnected", Reason.UNREACHABLE)


def test_a_proxy_that_never_answers_is_disconnected_in_time(monkeypatch):
    with listening() as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        settings = ClientSettings(read_timeout_seconds=0.1, connect_timeout_seconds=0.1)
        found = check_health(**PATIENT, settings=settings)
    assert found.status is Status.DISCONNECTED


@pytest.fixture
def hanging(monkeypatch):
    """Have whatever makes a client hang, such as the look-up of credentials, until it is set."""
    release = threading.Event()

    def make_client(_settings):
        release.wait(60)
        raise Misconfigured("released")

    monkeypatch.setattr(module, "make_client", make_client)
    yield release
    release.set()


def test_whatever_hangs_the_check_ends_and_starts_no_second_thread(hanging):
    check = HealthCheck(tables=TABLES, limit_seconds=0.05)
    started = time.monotonic()
    first = check()
    assert time.monotonic() - started < 20
    assert words(first) == ("disconnected", Reason.TIMEOUT)
    assert first.latency_milliseconds == 50
    thread = check._running
    assert thread.daemon
    assert "the check before" in check().detail
    assert check._running is thread
    hanging.set()
    thread.join(30)
    check._limit = 30
    assert words(check()) == ("error", Reason.OTHER)


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError("x"), OSError("x")])
def test_nothing_is_ever_raised(monkeypatch, error):
    def broken(_settings):
        raise error

    monkeypatch.setattr(module, "make_client", broken)
    found = check_health(**PATIENT)
    assert words(found) == ("error", Reason.OTHER)
    assert type(error).__name__ in found.detail


def test_where_no_thread_can_be_started_it_is_an_error(monkeypatch):
    def full(_self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", full)
    check = HealthCheck(**PATIENT)
    assert words(check()) == words(check()) == ("error", Reason.OTHER)


def test_a_refusal_names_an_account_in_its_detail_alone():
    with in_moto() as (check, faults):
        told = "User: arn:aws:iam::123456789012:user/x is not authorized"
        faults.always("GetItem", wire.error("AccessDeniedException", told))
        found = check()
    assert "123456789012" in found.detail
    assert "123456789012" not in f"{found.status} {found.reason.value}"


def test_what_is_found_cannot_be_changed():
    found = Health(status=Status.CONNECTED, reason=Reason.ANSWERED)
    with pytest.raises(AttributeError):
        found.status = Status.ERROR
