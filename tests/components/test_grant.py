"""Grants for programs without access patterns."""

import pytest

from components import Grant
from tablewright.models import ModelError
from tablewright.models.catalog import KV_STORAGE
from tests.support.component_samples import store_args

TABLE = KV_STORAGE.tables[0]
ARNS = store_args(KV_STORAGE).plan_access().arns


def actions(access):
    statements = Grant(consumer="tool", access=access).statements(TABLE, ARNS)
    return {
        (action, "index" if "/index/" in resource else "table")
        for entry in statements
        for action in entry.actions
        for resource in entry.resources
    }


READ = {
    ("dynamodb:BatchGetItem", "table"),
    ("dynamodb:GetItem", "table"),
    ("dynamodb:Query", "table"),
    ("dynamodb:Query", "index"),
}
WRITE = {
    ("dynamodb:BatchWriteItem", "table"),
    ("dynamodb:ConditionCheckItem", "table"),
    ("dynamodb:DeleteItem", "table"),
    ("dynamodb:PutItem", "table"),
    ("dynamodb:UpdateItem", "table"),
}


def test_read_is_without_scans_and_streams():
    assert actions("read") == READ


def test_read_write_never_touches_the_table_itself():
    assert actions("read_write") == READ | WRITE


def test_a_single_action_is_that_action():
    assert actions("dynamodb:PutItem") == {("dynamodb:PutItem", "table")}
    assert actions("dynamodb:Query") == {("dynamodb:Query", "table"), ("dynamodb:Query", "index")}


@pytest.mark.parametrize("access", ["write", "dynamodb:*", "dynamodb:DeleteTable", "GetItem"])
def test_anything_else_is_refused(access):
    with pytest.raises(ModelError, match="is no single item action; use one of dynamodb:"):
        actions(access)


@pytest.mark.parametrize(
    ("access", "writes"),
    [
        ("read", False),
        ("dynamodb:Query", False),
        ("dynamodb:Scan", False),
        ("read_write", True),
        ("dynamodb:DeleteItem", True),
    ],
)
def test_a_grant_knows_whether_it_writes(access, writes):
    assert Grant(consumer="tool", access=access).writes is writes


@pytest.mark.parametrize(
    ("access", "operations"),
    [
        ("read", {"BatchGetItem", "GetItem", "Query", "TransactGetItems"}),
        ("dynamodb:ConditionCheckItem", {"TransactWriteItems"}),
        ("dynamodb:PutItem", {"PutItem"}),
    ],
)
def test_a_grant_names_the_operations_to_watch(access, operations):
    assert set(Grant(consumer="tool", access=access).operations) == operations


def test_read_write_operations_fit_one_alarm():
    assert len(Grant(consumer="tool", access="read_write").operations) == 9


def test_a_grant_without_tables_reaches_all_and_one_with_tables_only_those():
    assert Grant(consumer="tool", access="read").reaches("anything")
    some = Grant(consumer="tool", access="read", tables=("users",))
    assert some.reaches("users")
    assert not some.reaches("files")
