import subprocess
import time

import pulumi_aws
import pytest

from tablewright.local.plugin import lay_stand_in
from tablewright.local.schema import computed_names, input_names, provider_version

TABLE = "aws:dynamodb/table:Table"


def test_the_stand_in_lies_where_the_engine_looks_under_the_version_it_asks_for(tmp_path):
    script = lay_stand_in(tmp_path)
    folder = f"resource-aws-v{pulumi_aws._utilities.get_version()}"
    assert script == tmp_path / "plugins" / folder / "pulumi-resource-aws"
    assert provider_version() == pulumi_aws._utilities.get_version()


def test_a_stand_in_of_another_version_is_removed(tmp_path):
    old = tmp_path / "plugins" / "resource-aws-v99.0.0"
    old.mkdir(parents=True)
    (tmp_path / "plugins" / "resource-aws-v99.0.0.lastused").touch()
    script = lay_stand_in(tmp_path)
    assert [path.name for path in script.parent.parent.iterdir()] == [script.parent.name]


def test_the_stand_in_starts_anywhere_and_tells_its_port(tmp_path):
    script = lay_stand_in(tmp_path / "with 'odd' name")
    process = subprocess.Popen(
        [script, "127.0.0.1:1"], cwd=tmp_path, env={}, stdout=subprocess.PIPE, text=True
    )
    started = time.monotonic()
    try:
        assert int(process.stdout.readline()) > 0
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    ("name", "taken", "computed"),
    [("hashKey", True, False), ("globalSecondaryIndexes", True, False), ("arn", False, True)],
)
def test_properties_are_told_apart_as_the_installed_sdk_does(name, taken, computed):
    assert (name in input_names(TABLE), name in computed_names(TABLE)) == (taken, computed)
