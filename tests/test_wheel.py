"""The wheel: what it holds, and a team's own model built with nothing but it."""

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path
from textwrap import dedent

import pulumi
import pytest

ROOT = Path(__file__).parents[1]
SITE_PACKAGES = str(Path(pulumi.__file__).parents[1])
OWN_PROGRAM = dedent(
    """
    import json

    import pulumi
    from pulumi.runtime import mocks

    from tablewright.components import AwsScope, DataStore, DataStoreArgs
    from tablewright.environment import PROFILES, Environment, Label
    from tablewright.models import DataModel, Entity, Index, Key, TableSpec
    from tablewright.models.patterns import create, equals, get, query

    NOTE = Entity(
        "note", "notes", {"PK": "NOTE#<noteId>", "GSI1PK": "AUTHOR#<author>"}, attributes=("text",)
    )
    NOTES = DataModel(
        name="notes",
        tables=(
            TableSpec(
                name="notes",
                key=Key.of("PK"),
                indexes=(Index(name="byAuthor", key=Key.of("GSI1PK")),),
                environment_variable="NOTES_TABLE_NAME",
            ),
        ),
        entities=(NOTE,),
        patterns=(
            create("write_note", NOTE, "app"),
            get("read_note", NOTE, "app"),
            query(
                "notes_of_author",
                NOTE,
                "app",
                index="byAuthor",
                key=(equals("GSI1PK", "AUTHOR#<author>"),),
            ),
        ),
    )
    registered, variables = [], {}


    class Mocks(mocks.Mocks):
        def new_resource(self, args):
            registered.append(args.typ)
            return f"{args.name}-id", {**args.inputs, "arn": f"arn:{args.name}"}

        def call(self, args):
            return {}


    pulumi.runtime.set_mocks(Mocks())


    @pulumi.runtime.test
    def build():
        label = Label(project="acme", environment="dev")
        store = DataStore(
            "notes",
            DataStoreArgs(
                model=NOTES,
                label=label,
                profile=PROFILES[Environment.DEV],
                scope=AwsScope(partition="aws", region="eu-west-1", account="123456789012"),
                tags=label.tags(owner="team-notes", cost_center="7"),
            ),
        )
        return store.environment_variables.apply(variables.update)


    build()
    print(json.dumps({"variables": variables, "registered": registered}))
    """
)
REGISTERED = {
    "aws:dynamodb/table:Table": 1,
    "aws:iam/policy:Policy": 2,
    "aws:ssm/parameter:Parameter": 4,
    "tablewright:index:ConsumerPolicies": 1,
    "tablewright:index:DataStore": 1,
    "tablewright:index:Table": 1,
    "tablewright:index:TableExports": 1,
}


def run(*command, cwd, **environment):
    """Run a command; give its output, or fail with all it said."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    reply = subprocess.run(
        command,
        cwd=cwd,
        env=variables | environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert reply.returncode == 0, reply.stdout + reply.stderr
    return reply.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """Build the wheel from a copy, so that nothing is left in the project."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("tablewright", "components"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    out = tmp_path_factory.mktemp("wheel")
    build = "import setuptools.build_meta as b, sys; b.build_wheel(sys.argv[1])"
    run(sys.executable, "-c", build, str(out), cwd=source)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def files(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """Install the wheel alone in an empty environment; its dependencies stay where they are."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    offline = ("--no-index", "--no-deps", "--no-warn-script-location", "--no-compile")
    run(
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)),
        *("install", *offline, str(wheel)),
        cwd=home,
    )
    return python


def test_the_wheel_installs_one_name_and_no_other(files):
    tops = {name.split("/")[0] for name in files}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"tablewright"}


def test_the_wheel_holds_every_module_of_the_library_and_of_the_components(files):
    expected = {
        *(file.relative_to(ROOT).as_posix() for file in (ROOT / "tablewright").rglob("*.py")),
        *(f"tablewright/components/{file.name}" for file in (ROOT / "components").glob("*.py")),
    }
    assert {name for name in files if name.endswith(".py")} == expected


def test_the_wheel_says_that_it_is_typed_and_how_it_is_licensed(wheel, files):
    assert "tablewright/py.typed" in files
    (metadata,) = (name for name in files if name.endswith(".dist-info/METADATA"))
    with zipfile.ZipFile(wheel) as archive:
        told = message_from_bytes(archive.read(metadata))
    assert told["License-Expression"] == "Apache-2.0"
    assert told["Requires-Python"] == ">=3.11"
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in files)


def test_a_team_builds_its_own_model_with_nothing_but_the_wheel(installed, tmp_path):
    (tmp_path / "__main__.py").write_text(OWN_PROGRAM)
    told = run(str(installed), "__main__.py", cwd=tmp_path, PYTHONPATH=SITE_PACKAGES)
    result = json.loads(told)
    assert result["variables"] == {
        "NOTES_TABLE_NAME": "acme-dev-notes",
        "AWS_REGION": "eu-west-1",
    }
    assert {type_: result["registered"].count(type_) for type_ in REGISTERED} == REGISTERED
    assert set(result["registered"]) == set(REGISTERED)


def test_the_wheel_and_not_the_checkout_is_what_was_tried(installed, tmp_path):
    where = "import tablewright.components as c; print(c.__file__)"
    told = run(str(installed), "-c", where, cwd=tmp_path, PYTHONPATH=SITE_PACKAGES)
    assert Path(told.strip()).is_relative_to(installed.parents[1])


def test_the_command_line_program_answers(installed, tmp_path):
    program = installed.parent / "tablewright"
    told = run(str(program), "--help", cwd=tmp_path, PYTHONPATH=SITE_PACKAGES, COLUMNS="200")
    for command in ("up", "preview", "down", "verify", "patterns"):
        assert f" {command} " in told
