"""A method names the patterns that it performs; a star is the name of any entity."""

import pytest

from tablewright.data_access.application_table import ApplicationTable
from tablewright.data_access.repository.performs import patterns_in, performed_by, performs
from tablewright.models.catalog import APPLICATION_TABLE
from tests.support.own_records import INVOICES


@performs("one", "two.step")
def performing():
    pass


def test_what_a_method_names_is_found_again():
    assert performed_by(performing) == ("one", "two.step")
    assert performed_by(len) is None


@pytest.mark.parametrize(
    ("named", "model", "meant"),
    [
        (("put.*",), APPLICATION_TABLE, ("put.user_profile", "put.session")),
        (("list_by_index.*",), APPLICATION_TABLE, ("list_by_index.session",)),
        (("get.*", "put.*", "get.*"), INVOICES, ("get.invoice", "put.invoice")),
        (("check_health",), APPLICATION_TABLE, ("check_health",)),
        (("scan.*",), APPLICATION_TABLE, ("scan.*",)),
        (("put_many.invoice", "put_many.*"), INVOICES, ("put_many.invoice",)),
    ],
)
def test_a_star_stands_for_every_entity_that_has_such_a_pattern(named, model, meant):
    assert patterns_in(model, named) == meant


@pytest.mark.parametrize("model", [APPLICATION_TABLE, INVOICES], ids=lambda model: model.name)
def test_the_application_table_performs_every_pattern_of_its_kinds(model):
    methods = [performed_by(method) for method in vars(ApplicationTable).values()]
    named = tuple(name for names in methods if names for name in names)
    of_kinds = {pattern.name for pattern in model.patterns} - {"check_health"}
    assert set(patterns_in(model, named)) == of_kinds
