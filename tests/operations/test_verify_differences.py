"""Each change behind the program's back is reported, and nothing else is."""

from __future__ import annotations

import pytest

from tests.operations.test_verify import EVERYTHING
from tests.support import tampering_access, tampering_tables
from tests.support.deployed_stack import deployed
from tests.support.tampering_tables import stranger

CHANGES = [*tampering_tables.CHANGES, *tampering_access.CHANGES]


@pytest.fixture(scope="module")
def problems():
    """Every change at once: one deployment, one verification."""
    with deployed(**EVERYTHING) as stack:
        for change in dict.fromkeys(change for change, _ in CHANGES):
            change(stack.endpoint)
        stranger("eu-files", Project="dropify", Environment="staging-eu")(stack.endpoint)
        report = stack.verify()
    assert not report.ok
    return report.problems


@pytest.mark.parametrize(
    "expected", [expected for _, expected in CHANGES], ids=lambda e: f"{e[0]} {e[1]}"
)
def test_a_change_is_reported(problems, expected):
    resource, name, status, actual = expected
    found = [
        check
        for check in problems
        if check.property == name and (check.resource == resource or resource is None)
    ]
    assert [(check.status, check.actual) for check in found] == [(status, actual)]


def test_nothing_else_is_reported(problems):
    changed = {(resource, name) for _, (resource, name, _, _) in CHANGES}
    others = [
        check
        for check in problems
        if (check.resource, check.property) not in changed and check.property != "policy"
    ]
    assert others == []
