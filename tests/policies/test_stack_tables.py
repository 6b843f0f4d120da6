"""The tables of a stack are found by URN, by name and by ARN."""

import pytest
from pulumi_policy.proxy import UnknownValueError

from rules.framework.session import Session
from rules.framework.subjects import Stack
from rules.framework.tokens import PARAMETER, TABLE
from rules.iam.arns import matches
from rules.tables.stack_tables import StackTables
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import NO_WAIVERS, stack_resource

ARN = "arn:aws:dynamodb:us-east-1:123456789012:table"
FILES = stack_resource(TABLE, "files", {"name": "files", "arn": f"{ARN}/files"})
USERS = stack_resource(TABLE, "users", {"name": "users", "arn": UNKNOWN})
UNNAMED = stack_resource(TABLE, "unnamed", {"name": UNKNOWN})


def tables_of(*resources):
    stack = Stack.of(resources, Session(NO_WAIVERS))
    return stack, StackTables(stack)


def found(value, *sources):
    """Return the logical name of the table that a parameter with a value is about."""
    depends = {"value": sources}
    parameter = stack_resource(PARAMETER, "parameter", {"value": value}, depends=depends)
    stack, tables = tables_of(FILES, USERS, UNNAMED, parameter)
    table = tables.of(stack.of_type(PARAMETER)[0], "value")
    return table and table.resource.name


@pytest.mark.parametrize(
    ("value", "sources", "name"),
    [
        ("files", [], "files"),
        (f"{ARN}/files", [], "files"),
        (f"{ARN}/users", [], "users"),
        ("files", [USERS], "files"),
        (UNKNOWN, [USERS], "users"),
        ("made-by-aws", [UNNAMED], "unnamed"),
        ("made-by-aws", [], None),
        (f"{ARN}/files/stream/2026", [], None),
        (f"{ARN}/files/index/byOwner", [FILES], None),
        (f"{ARN.replace('us-east-1', 'eu-west-1')}/files", [], None),
        ("", [], None),
        (None, [USERS], None),
    ],
)
def test_a_known_value_decides_and_an_unknown_one_is_linked_by_its_source(value, sources, name):
    assert found(value, *sources) == name


@pytest.mark.parametrize("sources", [[], [FILES, USERS]])
def test_an_unknown_value_of_no_table_or_of_several_is_unknown(sources):
    with pytest.raises(UnknownValueError):
        found(UNKNOWN, *sources)


def test_of_two_tables_of_one_name_the_source_is_meant():
    abroad = stack_resource(TABLE, "abroad", {"name": "files"})
    for source in (FILES, abroad):
        parameter = stack_resource(
            PARAMETER, "parameter", {"value": "files"}, depends={"value": [source]}
        )
        stack, tables = tables_of(FILES, abroad, parameter)
        assert tables.of(stack.of_type(PARAMETER)[0], "value").urn == source.urn


def placed(token, logical, provider=None, **outputs):
    return stack_resource(token, logical, outputs, provider=provider)


@pytest.mark.parametrize(
    ("value", "near", "found"),
    [
        ("files", {"region": "us-east-1"}, "here"),
        ("files", {"region": "eu-west-1"}, "there"),
        ("files", {"provider": {"region": "eu-west-1"}}, "there"),
        ("files", {"region": "ap-south-1"}, None),
        ("files", {"region": "ap-south-1", "provider": {"region": "us-east-1"}}, None),
        (f"{ARN}/files".replace("us-east-1", "eu-west-1"), {"region": "eu-west-1"}, "there"),
        (f"{ARN}/files".replace("us-east-1", "ap-south-1"), {}, None),
    ],
)
def test_of_two_tables_of_one_name_that_of_the_region_is_meant(value, near, found):
    here = placed(TABLE, "here", name="files", region="us-east-1")
    there = placed(TABLE, "there", name="files", provider={"region": "eu-west-1"})
    parameter = placed(PARAMETER, "parameter", value=value, **near)
    for pair in ((here, there), (there, here)):
        stack, tables = tables_of(*pair, parameter)
        table = tables.of(stack.of_type(PARAMETER)[0], "value")
        assert (table and table.resource.name) == found


@pytest.mark.parametrize(
    ("pattern", "text", "holds"),
    [
        ("*", "anything", True),
        ("table/f?les", "table/files", True),
        ("table/[f]iles", "table/files", False),
        ("table/[f]iles", "table/[f]iles", True),
        ("Files", "files", False),
    ],
)
def test_patterns_have_two_wildcards_and_no_more(pattern, text, holds):
    assert matches(pattern, text) is holds
