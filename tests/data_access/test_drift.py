"""What repositories send, what the model declares and what IAM allows are one and the same."""

import pytest

from tablewright.models.catalog import CATALOG
from tests.support import drift, drift_access
from tests.support.repository_scenarios import driven, named_by, repositories, repositories_of

every_workload = pytest.mark.parametrize("name", CATALOG)
every_method = pytest.mark.parametrize(
    ("name", "method"),
    [
        pytest.param(model.name, method, id=method)
        for model in CATALOG.values()
        for method in named_by(repositories_of(model))
    ],
)


@every_method
def test_a_method_sends_exactly_the_patterns_that_it_names(name, method):
    assert drift.of_method(driven(name), method) == []


@every_method
def test_a_request_is_allowed_to_those_who_hold_its_pattern_and_to_nobody_else(name, method):
    assert drift_access.of_access(driven(name), method) == []


@every_workload
def test_every_pattern_is_performed_by_a_method(name):
    assert drift.of_patterns(driven(name)) == []


@every_workload
def test_nothing_is_sent_outside_of_public_methods(name):
    assert drift.of_strays(driven(name)) == []


def test_every_repository_is_of_a_workload_of_the_catalog():
    assert {cls.model for cls in repositories()} <= set(CATALOG.values())
