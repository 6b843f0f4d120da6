"""The import file and the commands bring tables under exactly the URNs of the program."""

from __future__ import annotations

import json

import pytest

from tablewright.operations.stacks import ProjectStack
from tests.operations.test_verify_endpoints import refuse
from tests.support.adoption import adopt, adopted, empty_account, make, state_of, urns_of
from tests.support.recording import ROOT

TABLE = "aws:dynamodb/table:Table"
STORE = "tablewright:index:DataStore"
COMPONENT = "tablewright:index:Table"
TABLES = ("users", "files", "shop", "oidc-state")
CHAIN = f"{STORE}${COMPONENT}${TABLE}"
USERS = f"urn:pulumi:dev::tablewright::{CHAIN}::file-sharing-users"
ELSEWHERE = "urn:pulumi:old::legacy"
MOVED = f"{ELSEWHERE}::{CHAIN}::file-sharing-users"
OPTS = (
    'DataStore("file-sharing", …, opts=pulumi.ResourceOptions(aliases='
    '["urn:pulumi:dev::tablewright::{}"]))'
)


@pytest.fixture(scope="module")
def moto():
    with empty_account() as server:
        dynamodb = server.client("dynamodb")
        for table in TABLES:
            make(dynamodb, table)
        yield server


@pytest.fixture(scope="module")
def program():
    return ProjectStack(ROOT, "dev").preview()


def test_the_import_file_has_the_urns_types_and_parents_that_the_program_registers(moto, program):
    entries = urns_of(adopted(moto.url)[1]["importFile"])
    tables = {urn: e for urn, e in entries.items() if e["type"] == TABLE}
    assert {e["id"] for e in tables.values()} == {f"dropify-dev-{table}" for table in TABLES}
    for urn, entry in entries.items():
        registration = program.by_urn(urn)
        assert entry["type"] == registration.type
        assert entry.get("component", False) is not registration.custom
        if registration.custom:
            assert entry["id"] == registration.inputs["name"]


def test_the_parents_of_an_entry_come_before_it_once_each(moto):
    resources = adopted(moto.url)[1]["importFile"]["resources"]
    names = [entry["name"] for entry in resources]
    assert len(set(names)) == len(names)
    for place, entry in enumerate(resources):
        assert "parent" not in entry or entry["parent"] in names[:place]


def test_every_table_asks_for_the_provider_of_the_program(moto):
    resources = adopted(moto.url)[1]["importFile"]["resources"]
    versions = {e.get("version") for e in resources if e["type"] == TABLE}
    assert len(versions) == 1
    assert versions.pop().startswith("7.")


def test_the_import_file_is_written_where_it_is_asked_for(moto, tmp_path):
    file = tmp_path / "import.json"
    ended = adopt(moto.url, "--import-file", str(file))
    assert ended.exit_code == 0
    assert json.loads(file.read_text())["resources"]
    assert f"pulumi import --stack dev --file {file} --protect" in ended.stdout
    assert '"resources"' not in ended.stdout


def test_the_steps_come_in_the_order_in_which_they_are_safe(moto):
    said = adopt(moto.url).stdout
    assert '"resources"' in said
    order = [
        "pulumi import --stack dev --file adopt-dev.json --protect --generate-code=false",
        f"pulumi state unprotect --stack dev '{USERS}'",
        "make preview STACK=dev",
        "make up STACK=dev",
        "make verify STACK=dev",
        ".venv/bin/tablewright drift --stack dev",
    ]
    places = [said.index(line) for line in order]
    assert places == sorted(places)


def test_where_the_profile_protects_the_import_stays_protected(moto):
    dynamodb = moto.client("dynamodb")
    make(dynamodb, "users", "dropify-prod-users")
    said = adopt(moto.url, stack="prod").stdout
    assert "pulumi import --stack prod" in said
    assert "unprotect" not in said


@pytest.mark.parametrize(
    ("urn", "way", "line"),
    [
        (USERS, "already there", "dropify-dev-users is in the state under its URN."),
        (
            MOVED,
            "state move",
            f"pulumi state move --source old --dest dev {ELSEWHERE}::{STORE}::file-sharing\n",
        ),
        (
            f"{ELSEWHERE}::{TABLE}::users",
            "state delete, then import",
            f"pulumi state delete --stack old {ELSEWHERE}::{TABLE}::users",
        ),
        (
            f"urn:pulumi:dev::tablewright::{CHAIN}::sharing-users",
            "alias",
            OPTS.format(f"{STORE}::sharing"),
        ),
        (
            f"urn:pulumi:dev::tablewright::app:index:Backend${CHAIN}::file-sharing-users",
            "alias",
            OPTS.format(f"app:index:Backend${STORE}::file-sharing"),
        ),
        (
            f"urn:pulumi:dev::tablewright::{TABLE}::users",
            "state delete, then import",
            f"pulumi state delete --stack dev urn:pulumi:dev::tablewright::{TABLE}::users",
        ),
    ],
)
def test_a_table_that_a_state_has_comes_from_there_first(moto, tmp_path, urn, way, line):
    state = tmp_path / "state.json"
    state.write_text(state_of((urn, "dropify-dev-users")))
    _, report = adopted(moto.url, "--state", str(state))
    (known,) = report["known"]
    assert (known["urn"], known["way"]) == (urn, way)
    entries = urns_of(report["importFile"])
    assert (USERS in entries) is (way == "state delete, then import")
    said = adopt(moto.url, "--state", str(state)).stdout.replace("'", "")
    assert line in said
    if way != "already there":
        assert said.index(line) < said.index("pulumi import")


def test_a_table_that_cannot_be_adopted_stays_where_it_is(moto, tmp_path):
    make(moto.client("dynamodb"), "users", "People")
    state = tmp_path / "state.json"
    state.write_text(state_of((MOVED, "People")))
    file = tmp_path / "import.json"
    options = ("--from-names", "users=People", "--state", str(state), "--import-file", str(file))
    ended = adopt(moto.url, *options)
    assert ended.exit_code == 1
    assert "People as file-sharing-users: not adoptable" in ended.stdout
    assert f"{file} is not written: no table is to be imported." in ended.stdout
    assert not file.exists()
    assert "pulumi state move" not in ended.stdout
    assert "make up STACK" not in ended.stdout


def test_a_protected_entry_is_forgotten_by_force(moto, tmp_path):
    state = tmp_path / "state.json"
    state.write_text(state_of((f"{ELSEWHERE}::{TABLE}::users", "dropify-dev-users"), protect=True))
    said = adopt(moto.url, "--state", str(state)).stdout
    assert "pulumi state delete --stack old --force" in said


@pytest.mark.parametrize("text", ["", "[]", '{"deployment": 1}'])
def test_a_state_that_is_none_is_refused(moto, tmp_path, text):
    state = tmp_path / "state.json"
    state.write_text(text)
    ended = adopt(moto.url, "--state", str(state))
    assert ended.exit_code == 2
    assert str(state) in ended.stderr


def test_a_look_where_none_of_the_tables_is_ends_with_2(moto):
    ended = adopt(moto.url, stack="staging")
    assert ended.exit_code == 2
    assert "account 123456789012, region us-east-1: `make up` makes them" in ended.stderr
    assert "--from-names" in ended.stderr


@pytest.mark.parametrize("operation", ["DescribeTable", "DescribeTimeToLive"])
def test_a_table_that_may_not_be_read_ends_with_2_and_names_the_permissions(
    moto, monkeypatch, operation
):
    from tablewright.operations.commands import adoption

    genuine = adoption.endpoint_of

    def refusing(*arguments):
        endpoint = genuine(*arguments)
        refuse(endpoint, "dynamodb", operation, "AccessDeniedException")
        return endpoint

    monkeypatch.setattr(adoption, "endpoint_of", refusing)
    ended = adopt(moto.url)
    assert ended.exit_code == 2
    assert "cannot be read" in ended.stderr
    assert "DescribeContinuousBackups and ListTagsOfResource" in ended.stderr


def test_a_store_is_moved_once_whatever_it_holds(moto, tmp_path):
    state = tmp_path / "state.json"
    files = MOVED.replace("file-sharing-users", "file-sharing-files")
    state.write_text(state_of((MOVED, "dropify-dev-users"), (files, "dropify-dev-files")))
    said = adopt(moto.url, "--state", str(state)).stdout
    assert said.count("pulumi state move") == 1


def test_a_table_whose_store_the_state_has_not_is_forgotten_and_imported(moto, tmp_path):
    state = tmp_path / "state.json"
    whole = json.loads(state_of((MOVED, "dropify-dev-users")))
    table = [r for r in whole["deployment"]["resources"] if r["custom"]]
    state.write_text(json.dumps({"deployment": {"resources": table}}))
    _, report = adopted(moto.url, "--state", str(state))
    assert [known["way"] for known in report["known"]] == ["state delete, then import"]
