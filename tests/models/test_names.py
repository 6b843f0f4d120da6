"""The names that a model gives: what the program, a shell and SSM take."""

from __future__ import annotations

import pytest

from tablewright.models import ModelError
from tablewright.models.patterns import get
from tests.support import small_models
from tests.support.small_models import ORDER


def test_no_consumer_is_called_like_the_verifier_of_each_store():
    message = (
        r"^model 'orders': consumer 'verifier' is reserved for the verifier of each store; "
        r"rename it$"
    )
    with pytest.raises(ModelError, match=message):
        small_models.model(get("get_order", ORDER, "api", "verifier"))


def test_a_consumer_may_be_called_nearly_like_the_verifier():
    assert (
        "verifier_of_orders"
        in small_models.model(get("get_order", ORDER, "verifier_of_orders")).consumers
    )


@pytest.mark.parametrize("name", ["NOTES_TABLE_NAME", "_notes", "n0tes", "AWSOME_TABLE"])
def test_a_name_that_a_shell_can_export_is_taken(name):
    assert small_models.table(environment_variable=name).environment_variable == name


@pytest.mark.parametrize("name", ["notes-table", "0_NOTES", "NOTES TABLE", "NOTES\n", "NOTIZÄ", ""])
def test_an_environment_variable_that_no_shell_can_export_is_refused(name):
    with pytest.raises(ModelError) as refused:
        small_models.table(environment_variable=name)
    assert str(refused.value) == (
        f"table 'orders': environment variable {name!r} is no name that a shell can export; "
        "use letters, digits and '_', no digit first"
    )


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_ORDERS"])
def test_an_environment_variable_of_aws_is_refused(name):
    message = (
        rf"^table 'orders': environment variable '{name}' begins with 'AWS_', which the SDKs of "
        r"AWS read for themselves; let it begin otherwise$"
    )
    with pytest.raises(ModelError, match=message):
        small_models.table(environment_variable=name)


@pytest.mark.parametrize("group", ["tables", "cost-tracking", "v1.2_B", "shop/orders"])
def test_a_group_that_ssm_takes_is_taken(group):
    assert small_models.table(group=group).group == group


@pytest.mark.parametrize(
    "group", ["", "my tables", "/tables", "tables/", "a//b", "tables\n", "größe"]
)
def test_a_group_that_ssm_does_not_take_is_refused(group):
    with pytest.raises(ModelError) as refused:
        small_models.table(group=group)
    assert str(refused.value) == (
        f"table 'orders': group {group!r} is part of an SSM path, which takes letters, digits, "
        "'_', '-' and '.' between single slashes; rename it"
    )
