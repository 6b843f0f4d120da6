"""The runbook on restoring names every setting that the components give a table."""

from __future__ import annotations

import ast
import re
import shlex

from botocore import xform_name
from botocore.session import get_session

from tests.support.recording import ROOT

PAGE = (ROOT / "docs" / "restore.md").read_text()


def arguments_of_the_table():
    """Return the arguments that the component gives the provider's table, by the engine's names."""
    tree = ast.parse((ROOT / "components" / "table.py").read_text())
    (call,) = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "aws.dynamodb.Table"
    ]
    return {camel(keyword.arg) for keyword in call.keywords} - {"opts"}


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def rows():
    _, table = PAGE.split("| argument of the table |")
    lines = table.split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_list_of_settings_is_what_the_component_sets():
    listed = [name for row in rows() for name in re.findall(r"`(\w+)`", row[0])]
    assert len(set(listed)) == len(listed)
    assert set(listed) == arguments_of_the_table()


def test_what_a_restore_loses_is_put_back_by_a_deployment():
    lost = {name for row in rows() if row[1].startswith("lost") for name in _names(row)}
    assert {"tags", "ttl", "pointInTimeRecovery", "streamEnabled"} <= lost
    assert all("make up" in row[2] for row in rows() if row[1].startswith("lost"))


def _names(row):
    return re.findall(r"`(\w+)`", row[0])


def test_every_page_that_a_fact_is_from_is_listed():
    body, listed = PAGE.split("## Pages")
    cited = set(re.findall(r"\[([A-Za-z ]+)\](?!\()", body))
    assert cited
    for name in cited:
        assert re.search(rf"\b{re.escape(name)}\b", listed), name


def commands_of_aws():
    """Give every `aws dynamodb` command of the page as its words."""
    found = re.findall(r"aws dynamodb ([^\n`#]+)", PAGE.replace("\\\n", " "))
    return [shlex.split(re.sub(r"<[^>]*>", "x", command)) for command in found]


def test_every_aws_command_of_the_page_exists_with_its_options():
    service = get_session().get_service_model("dynamodb")
    operations = {xform_name(name, "-"): name for name in service.operation_names}
    waiters = get_session().get_waiter_model("dynamodb").waiter_names
    commands = commands_of_aws()
    assert len(commands) >= 10
    for first, *rest in commands:
        if first == "wait":
            assert rest[0] in {xform_name(name, "-") for name in waiters}
            continue
        members = service.operation_model(operations[first]).input_shape.members
        known = {xform_name(name, "-") for name in members}
        options = {word[2:].removeprefix("no-") for word in rest if word.startswith("--")}
        assert options <= known, first
