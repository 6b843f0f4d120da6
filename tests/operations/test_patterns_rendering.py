"""People see what became of every access pattern, and each cause of failures once."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from tablewright.operations.patterns import (
    PatternReport,
    PatternResult,
    PatternStatus,
    render,
    render_failures,
    run_patterns,
)
from tests.support.moto_tables import create_table
from tests.support.order_patterns import MODEL, ORDERS

PASSED = PatternResult(
    model="orders",
    pattern="get_order",
    operation="GetItem",
    target="table 'dropify-local-orders-of-a-shop-with-a-long-name'",
    status=PatternStatus.PASSED,
    checks=("one",),
    seconds=0.1,
)
GONE = replace(
    PASSED,
    status=PatternStatus.FAILED,
    problem="model 'orders': access pattern 'get_order': expected an item; not found",
    cause="table 't' is not there",
)


def printed(listing, *, width=80, terminal=False):
    file = StringIO()
    Console(file=file, width=width, force_terminal=terminal, color_system=None).print(listing)
    return file.getvalue().splitlines()


def gone(count):
    return tuple(replace(GONE, pattern=f"p_{number}") for number in range(count))


def test_an_access_pattern_is_one_whole_line_where_a_table_has_no_place():
    line = f"orders  get_order  GetItem on {PASSED.target}"
    absent = replace(PASSED, status=PatternStatus.NOT_DEPLOYED, problem="off", cause="off")
    assert printed(render(PatternReport((PASSED, absent)))) == [
        f"passed        {line}",
        f"not deployed  {line}",
        "1 pattern not deployed: off (get_order)",
    ]


def test_a_wide_terminal_shows_a_table_and_the_causes_below():
    *table, cause = printed(render(PatternReport((PASSED, *gone(2)))), width=120, terminal=True)
    assert cause == "2 patterns failed: table 't' is not there (p_0, p_1)"
    assert table[0].startswith("┏")
    assert "…" not in "".join(table)
    assert PASSED.target[:20] in "".join(table)


@pytest.mark.parametrize(
    ("results", "line"),
    [
        ((GONE,), f"failed: {GONE.problem}"),
        (
            (PASSED, *gone(5)),
            "5 patterns failed: table 't' is not there (p_0, p_1, p_2, p_3, p_4)",
        ),
        (
            gone(6),
            "6 patterns failed: table 't' is not there (p_0, p_1, p_2, p_3, p_4, …)",
        ),
    ],
)
def test_patterns_that_fail_for_one_cause_are_one_line(results, line):
    assert printed(render_failures(PatternReport(results))) == [line]


def test_another_cause_is_another_line():
    other = replace(GONE, problem="model 'orders': another", cause="another")
    assert printed(render_failures(PatternReport((*gone(2), other)))) == [
        "2 patterns failed: table 't' is not there (p_0, p_1)",
        "failed: model 'orders': another",
    ]


def test_the_cause_is_not_in_json():
    assert set(GONE.as_dict()) == {
        "model",
        "pattern",
        "operation",
        "target",
        "status",
        "checks",
        "seconds",
        "problem",
    }


def test_every_pattern_of_a_table_that_is_not_there_has_that_cause(dynamodb, streams, prefix):
    names = {"orders": f"{prefix}-gone"}
    report = run_patterns(MODEL, names, dynamodb=dynamodb, streams=streams)
    assert {result.cause for result in report.results} == {f"table '{prefix}-gone' is not there"}
    [line] = printed(render_failures(report))
    assert line.startswith(f"{len(report.results)} patterns failed: table '{prefix}-gone' is not")


def test_a_table_that_is_there_is_not_the_cause(dynamodb, streams, prefix):
    name = f"{prefix}-orders"
    create_table(dynamodb, replace(ORDERS, indexes=ORDERS.indexes[1:]), name)
    report = run_patterns(
        MODEL, {"orders": name}, dynamodb=dynamodb, streams=streams, only=["newest_by_status"]
    )
    assert report.results[0].cause in report.results[0].problem
    assert "byStatus" in report.results[0].cause
