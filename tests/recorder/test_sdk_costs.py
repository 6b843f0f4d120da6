import gc

import pulumi
import pytest
from pulumi.runtime import rpc

from tablewright.recorder import record, sdk_costs

UNKNOWN = pulumi.output.Unknown()
ROUND: list = [1]
ROUND.append(ROUND)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        7,
        {},
        [],
        UNKNOWN,
        [UNKNOWN],
        [[1], {"a": [UNKNOWN]}],
        {"a": {"b": [1, "c"]}},
        (UNKNOWN,),
        {UNKNOWN: 1},
        ROUND,
        [ROUND, UNKNOWN],
    ],
)
def test_the_lighter_search_finds_what_the_search_of_the_sdk_finds(value):
    assert sdk_costs.contains_unknowns(value) is rpc.contains_unknowns(value)


def test_a_run_has_the_costs_reduced_and_puts_everything_back():
    search = rpc.contains_unknowns
    assert search is not sdk_costs.contains_unknowns
    seen = []
    run = {"project": "p", "stack": "s", "configuration": {}}
    record(lambda: seen.append((gc.isenabled(), rpc.contains_unknowns)), **run)
    assert seen == [(False, sdk_costs.contains_unknowns)]
    assert (gc.isenabled(), rpc.contains_unknowns) == (True, search)


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with sdk_costs.reduced():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
