"""What repositories send, what the model declares and what IAM allows are one and the same."""

import pytest

from tablewright.models.catalog import CATALOG
from tests.support import drift, drift_access
from tests.support.repository_scenarios import driven, named_by, repositories, repositories_of

NOT_YET = {"application_table"}
"""Workloads whose repositories or scenarios are not all here."""

every_workload = pytest.mark.parametrize("name", sorted(set(CATALOG) - NOT_YET))
every_method = pytest.mark.parametrize(
    ("name", "method"),
    [
        pytest.param(model.name, method, id=method)
        for model in CATALOG.values()
        if model.name not in NOT_YET
        for method in named_by(repositories_of(model))
    ],
)


def problems_of(name):
    workload = driven(name)
    by_method = [
        problem
        for method in workload.named
        for check in (drift.of_method, drift_access.of_access)
        for problem in check(workload, method)
    ]
    return [*by_method, *drift.of_patterns(workload), *drift.of_strays(workload)]


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


@pytest.mark.parametrize("name", sorted(NOT_YET))
def test_a_workload_that_is_complete_is_tested(name):
    assert problems_of(name), f"take {name!r} out of NOT_YET"
