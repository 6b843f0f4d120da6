"""Where the Pulumi CLI is needed: what happens without one, and a small project to run it on."""

import os
import shutil
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIRED_VARIABLE = "TABLEWRIGHT_REQUIRE_ENGINE"

PROGRAM = """
import json

import pulumi
import pulumi_aws as aws

settings = pulumi.Config()
key = settings.require("key")
days = settings.get_int("days")
recovery = {"enabled": True, "recovery_period_in_days": days} if days else None


class Store(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("tiny:index:Store", name)
        child = pulumi.ResourceOptions(parent=self)
        table = aws.dynamodb.Table(
            "files",
            name="tiny-files",
            billing_mode="PAY_PER_REQUEST",
            hash_key=key,
            attributes=[{"name": key, "type": "S"}],
            point_in_time_recovery=recovery,
            tags={"Owner": settings.require("owner")},
            opts=child,
        )
        aws.ssm.Parameter(
            "files-name", name="/tiny/files", type="String", value=table.name, opts=child
        )
        account = aws.get_caller_identity().account_id
        statement = {
            "Effect": "Allow",
            "Action": ["dynamodb:GetItem"],
            "Resource": [f"arn:aws:dynamodb:eu-west-1:{account}:table/tiny-files"],
        }
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        aws.iam.Policy("api", name="tiny-api", policy=document, opts=child)
        self.arn = table.arn
        self.register_outputs({"arn": table.arn})


pulumi.export("arn", Store("store").arn)
"""

STACK_FILE = """
config:
  aws:region: eu-west-1
  tiny:key: userId
  tiny:owner: x
"""


def refuse_to_run_without_the_cli():
    """Skip with the reason; fail instead where the CLI is promised (the GitHub workflow)."""
    if shutil.which("pulumi"):
        return
    reason = "the Pulumi CLI is not on PATH (https://www.pulumi.com/docs/install/)"
    if os.environ.get(REQUIRED_VARIABLE) == "1":
        pytest.fail(f"{reason}, and {REQUIRED_VARIABLE}=1 asks for it")
    pytest.skip(reason)


def write_project(folder, program=PROGRAM):
    """Write a project that runs in this interpreter's own virtual environment."""
    (folder / "__main__.py").write_text(textwrap.dedent(program))
    (folder / "Pulumi.yaml").write_text(
        f"name: tiny\nruntime:\n  name: python\n  options:\n    virtualenv: {sys.prefix}\n"
    )
    (folder / "Pulumi.local.yaml").write_text(STACK_FILE)
    return folder


def link_local_stack(folder):
    """Make a project folder of this project's own program, beside whatever runs in the checkout."""
    for name in ("__main__.py", "Pulumi.yaml", "Pulumi.local.yaml"):
        shutil.copy(ROOT / name, folder)
    for name in ("components", "tablewright"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def contents(folder):
    """The text of every file in the project's folder itself."""
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}
