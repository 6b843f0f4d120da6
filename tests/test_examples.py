"""Every example runs against the local stack, as a reader would run it."""

import os
import subprocess
import sys

import pytest

from tablewright.environment import Settings
from tablewright.models.catalog import CATALOG
from tests.support.deployed_stack import deployed
from tests.support.recording import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
PRINTED = {
    "application_table": ["Ada Lovelace", "2 sessions have not expired", "health: connected"],
    "file_sharing": [
        "a.txt: 400 bytes are left",
        "claim-1: granted\nclaim-1: granted\nclaim-2: granted\nclaim-3: exhausted",
        "deleted: 1000 bytes are left",
    ],
    "kv_storage": [
        "the API key finds ada@example.com",
        f"item-1*: {', '.join(f'item-{number}' for number in range(10, 20))}",
        "usage: 25 requests",
    ],
    "shop": ["ordered for 13.50", "now shipped"],
    "usage_quotas": [
        "3 requests are left",
        "a login cannot be finished twice",
        "session found: True",
        "suspended in team-a: True",
    ],
}


@pytest.fixture(scope="module")
def surroundings():
    """What the shell lines of `make up KEEP=1` set."""
    with deployed(stores=list(CATALOG)) as stack:
        yield {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "AWS_ENDPOINT_URL": stack.endpoint.url,
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            **_table_names(stack.settings),
        }


def _table_names(settings: Settings):
    return {
        table.environment_variable: settings.label.table(table.name)
        for model in CATALOG.values()
        for table in model.tables
    }


def test_every_model_has_an_example():
    assert {example.stem for example in EXAMPLES} == set(CATALOG) == set(PRINTED)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs_twice_against_one_stack(example, surroundings):
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, str(example)],
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert run.returncode == 0, run.stderr
        for said in PRINTED[example.stem]:
            assert said in run.stdout
