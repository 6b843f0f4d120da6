"""The folder `components` can become a Pulumi package: its schema, and how a host loads it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pulumi
import pytest
from pulumi.provider.experimental.component import ComponentProvider

from components import FileSharingStore, SingleTableStore
from tests.support.component_samples import PLAIN
from tests.support.recording import ROOT, TABLE, record_component

REQUIRED = ["accountId", "costCenter", "environment", "owner", "project", "region"]
SHARED_INPUTS = {
    *REQUIRED,
    "alarmTopicArn",
    "alarms",
    "customerManagedKeyArn",
    "enableAuditTrail",
    "extraTags",
    "partition",
    "pointInTimeRecoveryDays",
    "retain",
    "roleNames",
    "weakeningReason",
}
INPUTS = {
    "FileSharingStore": SHARED_INPUTS,
    "SingleTableStore": SHARED_INPUTS
    | {"indexCount", "readers", "tableName", "ttlAttribute", "writers"},
}
OUTPUTS = {
    "environmentVariables",
    "indexNames",
    "policyArns",
    "streamArns",
    "tableArns",
    "tableNames",
}
HOST = dedent(
    """
    import importlib
    import sys
    from pathlib import Path

    from pulumi.provider.experimental.component import ComponentProvider

    folder = Path(__file__).parent
    sys.path.insert(0, str(folder.parent))
    package = importlib.import_module(folder.name)
    stores = [package.FileSharingStore, package.SingleTableStore]
    print(ComponentProvider(stores, "tablewright", version="0.1.0").schema)
    """
)


@pytest.fixture(scope="module")
def provider():
    return ComponentProvider([FileSharingStore, SingleTableStore], "tablewright", version="0.1.0")


@pytest.fixture(scope="module")
def schema(provider):
    return json.loads(provider.schema)


def resource_of(schema, name):
    return schema["resources"][f"tablewright:index:{name}"]


@pytest.mark.parametrize("name", INPUTS)
def test_the_schema_has_the_plain_arguments(schema, name):
    resource = resource_of(schema, name)
    assert resource["isComponent"] is True
    assert set(resource["inputProperties"]) == INPUTS[name]
    assert resource["requiredInputs"] == REQUIRED
    assert set(resource["properties"]) == OUTPUTS


def test_what_decides_names_and_documents_is_known_before_anything_runs(schema):
    inputs = resource_of(schema, "SingleTableStore")["inputProperties"]
    not_plain = {name for name, told in inputs.items() if not told.get("plain")}
    assert not_plain == {"alarmTopicArn"}
    assert inputs["indexCount"]["type"] == "integer"
    assert inputs["retain"]["type"] == "boolean"
    assert inputs["readers"]["items"]["type"] == "string"


def test_a_resource_of_the_package_becomes_the_component(provider):
    """What arrives from another language: camelCase names, and every number a float."""
    definition = provider._component_defs["SingleTableStore"]
    sent = {
        **{definition_name(definition, key): value for key, value in PLAIN.items()},
        "tableName": "app-data",
        "indexCount": 2.0,
        "pointInTimeRecoveryDays": 3.0,
        "weakeningReason": "Load test data of ticket 1234",
    }

    def build():
        provider.construct("app", "tablewright:index:SingleTableStore", sent)

    table = record_component(build).only(TABLE).inputs
    assert table["name"] == "dropify-prod-app-data"
    assert len(table["globalSecondaryIndexes"]) == 2
    assert table["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 3}


def definition_name(definition, key):
    (name,) = (name for name, own in definition.inputs_mapping.items() if own == key)
    return name


def test_a_missing_input_is_named(provider):
    def build():
        provider.construct("app", "tablewright:index:FileSharingStore", {"project": "dropify"})

    with pytest.raises(pulumi.InputPropertyError, match="Missing required input 'environment'"):
        record_component(build)


def test_the_folder_alone_is_enough_where_the_library_is_installed(schema, tmp_path):
    """A host runs the folder, which is then all that is on the path beside what is installed."""
    folder = tmp_path / "packages" / "stores"
    shutil.copytree(ROOT / "components", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "__main__.py").write_text(HOST)
    installed = tmp_path / "installed"
    installed.mkdir()
    (installed / "tablewright").symlink_to(ROOT / "tablewright")
    path = os.pathsep.join([str(installed), str(Path(pulumi.__file__).parents[1])])
    told = subprocess.run(
        [sys.executable, str(folder)],
        cwd=tmp_path,
        env={"PYTHONPATH": path},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert json.loads(told) == schema
