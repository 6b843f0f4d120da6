"""A table's name is found where the stack leaves it, and a missing one says where to put it."""

import boto3
import pytest
from moto import mock_aws

from tablewright.data_access.errors import Misconfigured, ServiceUnavailable, Throttled
from tablewright.data_access.table_names import TableNames
from tablewright.data_access.transport.client import ClientSettings, make_ssm_client
from tablewright.data_access.transport.timing import Patience
from tablewright.models.catalog import CATALOG
from tests.support import faults as wire
from tests.support.clocks import SteppingClock

QUOTAS = CATALOG["usage_quotas"].table("user-quotas")
VARIABLE = "USER_QUOTAS_TABLE_NAME"


@pytest.fixture
def ssm(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = make_ssm_client(ClientSettings(region="us-east-1"))
        client.put_parameter(
            Name="/dropify-dev/quota/user-quotas-table-name", Value="exported", Type="String"
        )
        yield client


@pytest.mark.parametrize(
    ("given", "environment", "name"),
    [
        ("given", {VARIABLE: "variable"}, "given"),
        (None, {VARIABLE: "variable"}, "variable"),
        (None, {VARIABLE: ""}, "exported"),
        (None, {}, "exported"),
    ],
)
def test_an_argument_goes_before_the_environment_and_that_before_ssm(ssm, given, environment, name):
    given = {"user-quotas": given} if given else {}
    names = TableNames(given=given, prefix="dropify-dev", variables=environment, ssm=ssm)
    assert names.name(QUOTAS) == name


def test_a_name_is_looked_up_once(ssm):
    names = TableNames(prefix="dropify-dev", variables={}, ssm=ssm)
    first = names.name(QUOTAS)
    ssm.delete_parameter(Name="/dropify-dev/quota/user-quotas-table-name")
    assert names.name(QUOTAS) == first


def test_without_a_name_the_error_says_what_to_set():
    with pytest.raises(Misconfigured, match=f"'user-quotas': no name; set {VARIABLE}"):
        TableNames(variables={}).name(QUOTAS)


def test_a_parameter_that_cannot_be_read_is_named(ssm):
    with pytest.raises(Misconfigured, match="'/other/quota/user-quotas-table-name' cannot be read"):
        TableNames(variables={}, prefix="other", ssm=ssm).name(QUOTAS)


def test_ssm_is_asked_again_where_many_processes_start_at_once(ssm):
    clock = SteppingClock()
    names = TableNames(
        prefix="dropify-dev",
        variables={},
        ssm=ssm,
        patience=Patience(clock=clock, chance=lambda: 1),
    )
    with wire.Faults(ssm) as faults:
        faults.on("GetParameter", wire.TOO_MANY_REQUESTS, wire.INTERNAL_ERROR, wire.TIMED_OUT)
        assert names.name(QUOTAS) == "exported"
    assert faults.count("GetParameter") == 4
    assert len(clock.slept) == 3


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (wire.TOO_MANY_REQUESTS, Throttled),
        (wire.INTERNAL_ERROR, ServiceUnavailable),
        (wire.NO_CONNECTION, ServiceUnavailable),
        (wire.DENIED, Misconfigured),
    ],
)
def test_where_ssm_does_not_tell_the_error_is_what_it_is(ssm, fault, kind):
    patience = Patience(clock=SteppingClock())
    names = TableNames(prefix="dropify-dev", variables={}, ssm=ssm, patience=patience)
    with wire.Faults(ssm) as faults:
        faults.always("GetParameter", fault)
        with pytest.raises(kind, match="'/dropify-dev/quota/user-quotas-table-name'") as refused:
            names.name(QUOTAS)
    assert "DynamoDB" not in str(refused.value)


def test_ssm_is_asked_in_the_region_of_the_tables(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        boto3.client("ssm", region_name="eu-west-1").put_parameter(
            Name="/dropify-dev/quota/user-quotas-table-name", Value="far", Type="String"
        )
        there = ClientSettings(region="eu-west-1")
        names = TableNames(prefix="dropify-dev", variables={}, settings=there)
        assert names.name(QUOTAS) == "far"
