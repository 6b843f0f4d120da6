"""A table's name is found where the stack leaves it, and a missing one says where to put it."""

import boto3
import pytest
from moto import mock_aws

from tablewright.data_access.errors import Misconfigured
from tablewright.data_access.table_names import TableNames
from tablewright.models.catalog import CATALOG

QUOTAS = CATALOG["usage_quotas"].table("user-quotas")
VARIABLE = "USER_QUOTAS_TABLE_NAME"


@pytest.fixture
def ssm(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = boto3.session.Session().client("ssm", region_name="us-east-1")
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
