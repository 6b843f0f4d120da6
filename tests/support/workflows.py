"""What is wrong with a GitHub workflow of this project, as far as its text tells."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import jsonschema
import yaml

from tests.support.documented_commands import mistakes_in
from tests.support.recording import ROOT
from tests.support.workflow_schema import ACTION, WORKFLOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_SECRET = re.compile(r"\bsecrets\.([A-Z_]+)")
_NAMES = {
    "steps": re.compile(r"\bsteps\.([a-z0-9-]+)\."),
    "needs": re.compile(r"\bneeds\.([a-z0-9-]+)\."),
    "matrix": re.compile(r"\bmatrix\.([a-z0-9-]+)"),
    "inputs": re.compile(r"\binputs\.([a-z0-9-]+)"),
}
_PUBLISHED = re.compile(r"^[a-z]+\.(md|txt)$")


def read(path: Path) -> Any:
    """Read a file with every scalar as text."""
    return yaml.load(path.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 -- it makes text alone


def said_by_actionlint(path: Path) -> str:
    """Return what actionlint objects to; nothing where it is not on PATH."""
    actionlint = shutil.which("actionlint")
    if actionlint is None:
        return ""
    checked = subprocess.run(
        [actionlint, "-shellcheck=", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return checked.stdout + checked.stderr


def problems(document: Any) -> list[str]:
    """Return everything that is wrong with a workflow, or with an action of this project."""
    composite = isinstance(document, dict) and "runs" in document
    schema = jsonschema.Draft202012Validator(ACTION if composite else WORKFLOW)
    found = [f"{'.'.join(map(str, e.path))}: {e.message}" for e in schema.iter_errors(document)]
    if found:
        return found
    if composite:
        return list(_of_steps(document["runs"]["steps"], document, {}))
    return list(_of_workflow(document))


def _of_workflow(document: Any) -> Iterator[str]:
    for name, job in document["jobs"].items():
        needed = job.get("needs")
        if needed and needed not in document["jobs"]:
            yield f"{name}: needs {needed!r}, which is no job"
        if "uses" in job:
            yield from (f"{name}: {one}" for one in _of_call(job))
            continue
        if "concurrency" not in job and "concurrency" not in document:
            yield f"{name}: no concurrency is set"
        yield from (f"{name}: {one}" for one in _of_job(job, document))


def _of_call(job: Any) -> Iterator[str]:
    called = read(ROOT / job["uses"])
    accepted = called["on"].get("workflow_call", None)
    if accepted is None:
        yield f"{job['uses']} is not made to be called"
        return
    accepted = accepted or {}
    for part in ("inputs", "secrets"):
        given, known = set(job.get("with" if part == "inputs" else part, {})), accepted.get(part)
        if given - set(known or {}):
            yield f"{job['uses']} takes no {part} {sorted(given - set(known or {}))}"
        must = {n for n, one in (known or {}).items() if one["required"] == "true"}
        if must - given:
            yield f"{job['uses']} wants {part} {sorted(must - given)}"
    for one in called["jobs"].values():
        beyond = set(one["permissions"].items()) - set(job["permissions"].items())
        if beyond:
            yield f"{job['uses']} needs permissions {sorted(beyond)}"


def _of_job(job: Any, document: Any) -> Iterator[str]:
    if job["runs-on"] and int(job["timeout-minutes"]) > 360:
        yield "the timeout is beyond GitHub's six hours"
    deploys = any("make up STACK" in step.get("run", "") for step in job["steps"])
    if deploys and job.get("concurrency", {}).get("cancel-in-progress") != "false":
        yield "a deployment can be cancelled"
    assumes = any("role" in step.get("with", {}) for step in job["steps"])
    if assumes != (job["permissions"].get("id-token") == "write"):
        yield "id-token: write belongs to the jobs that assume a role, and to no others"
    if assumes and "environment" not in job:
        yield "a role is assumed outside of an environment"
    yield from _of_steps(job["steps"], document, job)


def _of_steps(steps: Any, document: Any, job: Any) -> Iterator[str]:
    known = {
        "steps": {step["id"] for step in steps if "id" in step},
        "needs": {job["needs"]} if "needs" in job else set(),
        "matrix": set(job.get("strategy", {}).get("matrix", {})),
        "inputs": _inputs(document),
    }
    for kind, name in _named({**job, "steps": steps}):
        if name not in known[kind]:
            yield f"{kind}.{name} is not there"
    for step in steps:
        yield from _of_step(step)


def _inputs(document: Any) -> set[str]:
    declared = document.get("inputs") or (document.get("on", {}).get("workflow_call") or {}).get(
        "inputs", {}
    )
    return set(declared)


def _named(part: Any) -> Iterator[tuple[str, str]]:
    """Give every name that an expression or a condition refers to."""
    for key, text in _texts(part):
        expressions = [text] if key == "if" else _EXPRESSION.findall(text)
        for expression in expressions:
            for kind, pattern in _NAMES.items():
                yield from ((kind, name) for name in pattern.findall(expression))


def _texts(part: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(part, str):
        yield key, part
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _texts(inner, name)
    elif isinstance(part, list):
        for inner in part:
            yield from _texts(inner, key)


def _of_step(step: Any) -> Iterator[str]:
    action, given = step.get("uses", ""), step.get("with", {})
    if action.startswith("actions/checkout") and given.get("persist-credentials") != "false":
        yield "a checkout leaves its token behind"
    if action.startswith("actions/upload-artifact"):
        paths = given.get("path", "").split()
        yield from (f"{p} is published" for p in paths if not _PUBLISHED.match(p))
    if action.startswith("./"):
        taken = set(read(ROOT / action / "action.yml").get("inputs", {}))
        yield from (f"{action} takes no input {n!r}" for n in sorted(set(given) - taken))
    if "run" in step:
        yield from _of_script(step)


def _of_script(step: Any) -> Iterator[str]:
    script = step["run"]
    if _EXPRESSION.search(script):
        yield "an expression in a script is run as code; hand it over by env"
    for name, value in step.get("env", {}).items():
        if _SECRET.search(value) and name in script:
            yield f"the script handles the secret {name}"
    checked = subprocess.run(
        ["/bin/bash", "-n"], input=script, capture_output=True, text=True, check=False
    )
    if checked.returncode:
        yield f"bash: {checked.stderr.strip()}"
    yield from mistakes_in(script)
