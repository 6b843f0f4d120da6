"""The names that a model gives: what the program, a shell and SSM take."""

from __future__ import annotations

import pytest

from tablewright.models import DataModel, Entity, ModelError
from tablewright.models.patterns import get
from tests.support import small_models
from tests.support.small_models import ORDER

NOTE = Entity("note", "orders", {"PK": "USER#<userId>", "SK": "NOTE#<noteId>"})


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


def named(name):
    return DataModel(
        name=name,
        tables=(small_models.table(indexes=()),),
        entities=(NOTE,),
        patterns=(get("get_note", NOTE, "api"),),
    )


NOT_LOWER_CASE = [
    ("my-notebook", "my_notebook"),
    ("myNotebook", "my_notebook"),
    ("MyNotebook", "my_notebook"),
    ("NOTEBOOK", "notebook"),
    ("notes/all", "notes_all"),
    ("2nd notebook\n", "nd_notebook"),
    ("größe", "gr_e"),
]


@pytest.mark.parametrize("name", ["notebook", "my_notebook", "notes2"])
def test_a_lower_case_identifier_names_a_model(name):
    assert named(name).name == name


@pytest.mark.parametrize(("name", "instead"), NOT_LOWER_CASE)
def test_a_model_of_another_name_is_told_how_to_be_called(name, instead):
    with pytest.raises(ModelError) as refused:
        named(name)
    assert str(refused.value) == (
        f"model {name!r}: its name is no lower-case identifier (a letter, then letters, digits "
        f"and '_'); call it {instead!r}"
    )


@pytest.mark.parametrize(("name", "instead"), NOT_LOWER_CASE)
def test_a_consumer_of_another_name_is_told_how_to_be_called(name, instead):
    with pytest.raises(ModelError) as refused:
        small_models.model(get("get_order", ORDER, name))
    assert str(refused.value) == (
        f"model 'orders': consumer {name!r}: its name is no lower-case identifier (a letter, then "
        f"letters, digits and '_'); call it {instead!r}"
    )


def test_a_name_without_any_letter_is_told_what_to_write():
    with pytest.raises(ModelError, match=r"^model '--': its name is no .*; call it 'notebook'$"):
        named("--")


@pytest.mark.parametrize("name", ["", " \n"])
def test_an_entity_and_a_pattern_have_a_name(name):
    with pytest.raises(ModelError, match=r"^table 'orders': an entity has no name; give it one$"):
        Entity(name, "orders", {"PK": "HEALTH"})
    with pytest.raises(ModelError, match=r"^an access pattern has no name; give it one$"):
        get(name, ORDER, "api")
