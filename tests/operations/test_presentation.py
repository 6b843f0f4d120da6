"""What is printed is whole and in the same order, whatever the window and the run."""

from io import StringIO

import pytest
from rich.console import Console

from tablewright.operations import presentation
from tablewright.operations.progress import step
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
