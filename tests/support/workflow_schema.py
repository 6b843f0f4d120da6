"""What this project's workflows may be made of: a small and strict part of GitHub's syntax.

After "Workflow syntax for GitHub Actions" and "Metadata syntax for GitHub Actions". Files are read
with every scalar as text, so that `on` is a key and `3.10` a version.
"""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
TRUTH = {"enum": ["true", "false"]}
TEXTS = {"type": "object", "additionalProperties": TEXT}
NUMBER = {"type": "string", "pattern": r"^[0-9]+$"}
ACCESS = {"enum": ["read", "write", "none"]}
SCOPES = (
    "actions",
    "checks",
    "contents",
    "deployments",
    "id-token",
    "issues",
    "pull-requests",
    "security-events",
    "statuses",
)


def closed(must: tuple[str, ...] = (), /, **properties: Any) -> dict[str, Any]:
    """Describe an object with these properties and no others; `_` stands for `-` in names."""
    return {
        "type": "object",
        "required": list(must),
        "properties": {name.replace("_", "-"): schema for name, schema in properties.items()},
        "additionalProperties": False,
    }


PERMISSIONS = {
    "type": "object",
    "properties": dict.fromkeys(SCOPES, ACCESS),
    "additionalProperties": False,
}
CONCURRENCY = closed(("group", "cancel-in-progress"), group=TEXT, cancel_in_progress=TRUTH)
STEP = {
    "type": "object",
    "oneOf": [{"required": ["uses"]}, {"required": ["run", "name"]}],
    "properties": {
        "env": TEXTS,
        "id": {"type": "string", "pattern": r"^[a-z][a-z0-9-]*$"},
        "if": TEXT,
        "name": TEXT,
        "run": TEXT,
        "shell": {"const": "bash"},
        "uses": {
            "type": "string",
            "pattern": r"^(\./\.github/actions/[a-z-]+|[A-Za-z0-9-]+(/[A-Za-z0-9-]+)+@v[0-9]+)$",
        },
        "with": TEXTS,
    },
    "additionalProperties": False,
}
STEPS = {"type": "array", "minItems": 1, "items": STEP}
NEEDS = {"type": "string"}
RUNNING_JOB = {
    "type": "object",
    "required": ["runs-on", "timeout-minutes", "permissions", "steps"],
    "properties": {
        "concurrency": CONCURRENCY,
        "environment": TEXT,
        "if": TEXT,
        "needs": NEEDS,
        "permissions": PERMISSIONS,
        "runs-on": {"const": "ubuntu-latest"},
        "steps": STEPS,
        "strategy": closed(
            ("matrix", "fail-fast"),
            fail_fast=TRUTH,
            matrix={"type": "object", "additionalProperties": {"type": "array", "items": TEXT}},
        ),
        "timeout-minutes": NUMBER,
    },
    "additionalProperties": False,
}
CALLING_JOB = {
    "type": "object",
    "required": ["uses", "permissions"],
    "properties": {
        "if": TEXT,
        "needs": NEEDS,
        "permissions": PERMISSIONS,
        "secrets": TEXTS,
        "uses": {"type": "string", "pattern": r"^\./\.github/workflows/[a-z-]+\.yml$"},
        "with": TEXTS,
    },
    "additionalProperties": False,
}
JOB = {"if": {"required": ["uses"]}, "then": CALLING_JOB, "else": RUNNING_JOB}
INPUT = closed(
    ("description", "required", "type"),
    description=TEXT,
    required=TRUTH,
    type={"enum": ["string", "boolean", "number"]},
)
NOTHING = {"const": ""}
ON = closed(
    pull_request=NOTHING,
    push=closed(("branches",), branches={"type": "array", "items": TEXT}),
    schedule={"type": "array", "items": closed(("cron",), cron=TEXT)},
    workflow_call={
        "anyOf": [
            NOTHING,
            closed(
                inputs={"type": "object", "additionalProperties": INPUT},
                secrets={"type": "object", "additionalProperties": closed(required=TRUTH)},
            ),
        ]
    },
    workflow_dispatch=NOTHING,
)
ON["properties"] = {name.replace("-", "_"): schema for name, schema in ON["properties"].items()}
WORKFLOW = {
    "type": "object",
    "required": ["name", "on", "permissions", "jobs"],
    "properties": {
        "concurrency": CONCURRENCY,
        "jobs": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": r"^[a-z][a-z0-9-]*$"},
            "additionalProperties": JOB,
        },
        "name": TEXT,
        "on": ON,
        "permissions": PERMISSIONS,
    },
    "additionalProperties": False,
}
ACTION = closed(
    ("name", "description", "runs"),
    name=TEXT,
    description=TEXT,
    inputs={"type": "object", "additionalProperties": closed(description=TEXT, default=TEXT)},
    outputs={"type": "object", "additionalProperties": closed(description=TEXT, value=TEXT)},
    runs=closed(("using", "steps"), using={"const": "composite"}, steps=STEPS),
)
