"""Tables that somebody made by hand, and what `tablewright adopt` says of them."""

from __future__ import annotations

import json
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner, Result

from tablewright.models.catalog import CATALOG
from tablewright.operations.command_line import app
from tablewright.recorder.urns import make_urn
from tests.support.moto_tables import Moto, create_table, serving
from tests.support.recording import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = "tablewright"
TAGS = {
    "Project": "dropify",
    "Environment": "dev",
    "Owner": "platform-team",
    "CostCenter": "development",
    "ManagedBy": "pulumi",
}


@contextmanager
def empty_account() -> Iterator[Moto]:
    """Serve moto without the tables of other tests, which share its memory in one process."""
    with serving() as server:
        request = urllib.request.Request(f"{server.url}/moto-api/reset", method="POST")  # noqa: S310 -- of this machine
        urllib.request.urlopen(request).close()  # noqa: S310 -- as above
        yield server


def adopt(endpoint: str, *arguments: str, stack: str = "dev") -> Result:
    """Call the command on this project's own stack."""
    command = ["adopt", "--root", str(ROOT), "--stack", stack, "--endpoint", endpoint]
    return CliRunner().invoke(app, [*command, *arguments])


def adopted(endpoint: str, *arguments: str, stack: str = "dev") -> tuple[int, dict[str, Any]]:
    """Call the command for machines; return its exit code and what it says."""
    ended = adopt(endpoint, *arguments, "--json", stack=stack)
    assert ended.stdout, ended.stderr
    return ended.exit_code, json.loads(ended.stdout)


def spec_of(table: str) -> tuple[Any, Any]:
    """Return the model and the declaration of a table of the catalog."""
    return next((m, t) for m in CATALOG.values() for t in m.tables if t.name == table)


def make(dynamodb: Any, table: str, name: str = "", **changes: Any) -> str:
    """Make a table as the stack `dev` declares it, under its name or another; return the name."""
    model, spec = spec_of(table)
    name = name or f"dropify-dev-{table}"
    create_table(dynamodb, changes.get("spec", spec), name, audit_trail=False)
    arn = dynamodb.describe_table(TableName=name)["Table"]["TableArn"]
    tags = {**TAGS, "DataModel": model.name}
    dynamodb.tag_resource(
        ResourceArn=arn, Tags=[{"Key": key, "Value": value} for key, value in tags.items()]
    )
    return name


def urns_of(import_file: dict[str, Any], stack: str = "dev") -> dict[str, dict[str, Any]]:
    """Return the entries of an import file by the URNs that the engine gives them."""
    made: dict[str, str] = {}
    found = {}
    for entry in import_file["resources"]:
        parent = made[entry["parent"]] if "parent" in entry else ""
        urn = make_urn(stack, PROJECT, parent, entry["type"], entry["logicalName"])
        made[entry["name"]] = urn
        found[urn] = entry
    return found


def state_of(*urns_and_names: tuple[str, str], protect: bool = False) -> str:
    """Write the export of a stack that has these tables."""
    resources = [
        {
            "urn": urn,
            "type": "aws:dynamodb/table:Table",
            "custom": True,
            "id": name,
            "inputs": {"name": name},
            "outputs": {"name": name},
            "protect": protect,
        }
        for urn, name in urns_and_names
    ]
    stores = {urn: store for urn, _ in urns_and_names if (store := _store_of(urn))}
    resources += [
        {"urn": urn, "type": "tablewright:index:DataStore", "custom": False}
        for urn in dict.fromkeys(stores.values())
    ]
    return json.dumps({"version": 3, "deployment": {"resources": resources}})


def _store_of(urn: str) -> str:
    """Return the URN of the store that a table is in, where its name is the program's."""
    before, chain, _ = urn.partition("tablewright:index:DataStore$")
    return f"{before}tablewright:index:DataStore::file-sharing" if chain else ""
