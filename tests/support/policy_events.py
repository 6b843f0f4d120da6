"""Engine events, recorded from the CLI on a stack of four tables; debug messages are cut out."""

from __future__ import annotations

import json

from tablewright.operations.policy_report.events.reader import read
from tablewright.operations.policy_report.policy import Level, Policy, Severity
from tests.support.recording import ROOT

SAMPLES = ROOT / "tests" / "operations" / "policy_report" / "events" / "samples"
POLICIES = (
    Policy(
        id="ddb-pitr-enabled",
        description="Tables and their replicas have point-in-time recovery on.",
        severity=Severity.HIGH,
    ),
    Policy(id="waiver-in-use", description="Accepted violations are known.", kind="stack"),
    Policy(
        id="waiver-hygiene",
        description="Waivers are well formed, in force, and needed.",
        kind="stack",
    ),
)
LEVELS = {
    "ddb-pitr-enabled": Level.MANDATORY,
    "waiver-in-use": Level.ADVISORY,
    "waiver-hygiene": Level.MANDATORY,
}


def sample(name):
    return (SAMPLES / name).read_text(encoding="utf-8")


def table(name):
    return f"urn:pulumi:local::tiny::aws:dynamodb/table:Table::{name}"


def report_of(text, *, stack="local", pack="tablewright", levels=LEVELS, known=POLICIES):
    return read(text, source="events.jsonl", stack=stack, pack=pack, levels=levels, known=known)


def changed(text, kind, change, *, policy=None):
    """Change what every event of a kind says; None takes the event out."""
    lines = []
    for line in text.splitlines():
        event = json.loads(line)
        if kind in event and policy in {None, event[kind].get("policyName")}:
            event[kind] = change(event[kind])
            if event[kind] is None:
                continue
        lines.append(json.dumps(event))
    return "\n".join(lines)
