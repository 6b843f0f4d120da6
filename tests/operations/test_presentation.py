"""What is printed is whole and in the same order, whatever the window and the run."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tablewright.models.catalog import FILE_SHARING
from tablewright.operations import presentation
from tablewright.operations.patterns import PatternReport, PatternResult, PatternStatus
from tablewright.operations.progress import step
from tablewright.operations.stacks import ProjectStack
from tablewright.recorder import Recording, Registration

STACK = "urn:pulumi:local::shop::pulumi:pulumi:Stack::shop-local"
LONG = "/shop-local/tables/" + "a-very-long-name-" * 8 + "end"


@pytest.fixture
def narrow():
    return Console(file=StringIO(), width=40, no_color=True)


def resource(type_, name, parent, inputs=None):
    return Registration(
        urn=f"urn:pulumi:local::shop::{type_}::{name}",
        type=type_,
        name=name,
        id=None,
        custom=type_.startswith("aws:"),
        parent=parent,
        inputs=inputs or {},
    )


def recording(*below):
    root = resource("pulumi:pulumi:Stack", "shop-local", None)
    return Recording(project="shop", stack="local", registrations=(root, *below), exports={})


def tree(*below):
    return [*presentation.resource_tree(recording(*below))]


def store_with(*children):
    store = resource("tablewright:index:DataStore", "shop", STACK)
    return (store, *(resource(*child, store.urn) for child in children))


def test_every_resource_is_a_line_below_its_parent():
    store = resource("tablewright:index:DataStore", "shop", STACK)
    table = resource("tablewright:index:Table", "shop-orders", store.urn)
    orders = resource(
        "aws:dynamodb/table:Table", "orders", table.urn, {"name": "o", "hashKey": "PK"}
    )
    topic = resource("aws:sns/topic:Topic", "alarms", STACK)
    assert tree(store, table, orders, topic) == [
        "[bold]shop-local[/bold]",
        "├── [bold]DataStore[/bold] shop",
        "│   └── [bold]Table[/bold] shop-orders",
        "│       └── Table [cyan]o[/cyan] [dim](key PK)[/dim]",
        "└── Topic [cyan]alarms[/cyan]",
    ]


def test_the_tree_has_the_same_order_however_the_resources_came():
    children = [
        ("aws:iam/policy:Policy", "b"),
        ("aws:ssm/parameter:Parameter", "c"),
        ("aws:iam/policy:Policy", "a"),
    ]
    assert tree(*store_with(*children)) == tree(*store_with(*reversed(children)))


def test_a_narrow_window_cuts_no_line_of_the_tree(narrow):
    parameter = resource("aws:ssm/parameter:Parameter", "long", STACK, {"name": LONG})
    presentation.print_tree(narrow, recording(parameter))
    assert f"└── Parameter {LONG}\n" in narrow.file.getvalue()


def test_a_narrow_window_wraps_no_line_of_a_step(narrow):
    with step(narrow, "Verify") as current:
        current.result = LONG
    assert LONG in narrow.file.getvalue()
    assert narrow.file.getvalue().count("\n") == 1


def outcome(pattern, status):
    return PatternResult(
        model=FILE_SHARING.name,
        pattern=pattern.name,
        operation=pattern.operation,
        target="",
        status=status,
        checks=(),
        seconds=0.0,
    )


@pytest.fixture
def summary():
    settings = ProjectStack(Path(__file__).parents[2], "local").settings

    def of(status_of, *, ok=True):
        results = (outcome(pattern, status_of(pattern)) for pattern in FILE_SHARING.patterns)
        report = PatternReport(tuple(results))
        return presentation.summary(replace(settings, models=(FILE_SHARING,)), report, ok=ok)

    return of


def test_the_summary_counts_every_pattern_where_all_are_deployed(summary):
    patterns, consumers = len(FILE_SHARING.patterns), len(FILE_SHARING.consumers)
    told = summary(lambda _: PatternStatus.PASSED)
    assert f"1 stores, 3 tables, 3 indexes, {patterns} access patterns, {consumers} cons" in told
    assert "proved" in told


def test_the_summary_leaves_out_what_is_not_deployed(summary):
    def status(pattern):
        audit = pattern.consumers == ("audit",)
        return PatternStatus.NOT_DEPLOYED if audit else PatternStatus.PASSED

    patterns, audit = len(FILE_SHARING.patterns), len(FILE_SHARING.patterns_of("audit"))
    consumers = len(FILE_SHARING.consumers) - 1
    listed = f"{patterns - audit} access patterns ({audit} not deployed), {consumers} consumers"
    assert audit
    assert listed in summary(status)


def test_the_summary_counts_a_pattern_that_failed_and_says_that_not_all_is_proved(summary):
    told = summary(lambda _: PatternStatus.FAILED, ok=False)
    assert f"{len(FILE_SHARING.patterns)} access patterns," in told
    assert "NOT as declared" in told
