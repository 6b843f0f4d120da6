"""Reports with every outcome that a policy can have, for the tests of their formats."""

from __future__ import annotations

from tablewright.operations.policy_report.policy import Level, Policy, Severity
from tablewright.operations.policy_report.report import (
    NotRun,
    PolicyReport,
    Remediated,
    Resource,
    Violation,
    Waived,
)
from tablewright.recorder.registration import SourcePosition

TABLE = "aws:dynamodb/table:Table"
ROLE = "aws:iam/policy:Policy"
HOSTILE = "a|b\n\x00\x1b[31m<b>&\"'`*_x_*`[bold]](c)\ud800\ufffe\u2028$1 \\ ]]> é {0}"
"""What breaks formats: of tables, of XML, of terminals, of markup, of encodings."""


def urn_of(stack, token=TABLE, name="files"):
    parent = "tablewright:index:DataStore$tablewright:index:Table$"
    return f"urn:pulumi:{stack}::tablewright::{parent}{token}::{name}"


def policies(**levels):
    """Give the policies of the pack; levels by id with underscores, mandatory where none is."""

    def policy(name, severity, *tags, kind="resource", **more):
        level = levels.get(name.replace("-", "_"), Level.MANDATORY)
        return Policy(
            id=name,
            description=f"What {name} demands.",
            kind=kind,
            severity=severity,
            level=level,
            remediation_steps=f"Set what {name} names.",
            url=f"https://docs.example.com/{name}",
            tags=tags,
            **more,
        )

    return (
        policy(
            "pitr",
            Severity.HIGH,
            "security-hub:DynamoDB.2",
            "cdk-nag:DDB3",
            "checkov:CKV_AWS_28",
            "checkov:CKV_AWS_165~",
            "trivy:AWS-0024",
            "cfn-nag:W78",
            "remediates",
            settings={
                "environment": {"type": "string", "description": "The environment."},
                "minDays": {"type": "number", "default": 35, "description": "The least | days."},
                "ephemeral": {"type": "array", "default": [], "description": "Exempt tables."},
            },
        ),
        policy("no-admin", Severity.CRITICAL, "security-hub:IAM.1", "cis:7.0-2.14"),
        policy("ceiling", Severity.MEDIUM),
        policy("tags", Severity.LOW),
        policy("window", Severity.MEDIUM),
        policy("replicas", Severity.HIGH),
        policy("consumers", Severity.MEDIUM, kind="stack"),
        policy("exports", Severity.HIGH, kind="stack"),
    )


def resources(stack):
    return (
        Resource(urn=urn_of(stack), position=SourcePosition(file="components/table.py", line=12)),
        Resource(urn=urn_of(stack, name="users")),
        Resource(urn=urn_of(stack, ROLE, "api")),
    )


def not_applicable(stack):
    return frozenset(
        (policy, urn_of(stack, token, name))
        for policy, token, name in (
            *((name, ROLE, "api") for name in ("pitr", "ceiling", "window", "replicas")),
            *(("replicas", TABLE, name) for name in ("files", "users")),
            *(("no-admin", TABLE, name) for name in ("files", "users")),
        )
    )


def prod():
    """Give a stack that is not accepted: every outcome once at least."""
    found = Level.MANDATORY
    return PolicyReport(
        stack="prod",
        pack="pack",
        policies=policies(
            ceiling=Level.ADVISORY, window=Level.DISABLED, tags=Level.REMEDIATE, exports=found
        ),
        resources=resources("prod"),
        violations=(
            Violation(
                policy="pitr",
                finding="table",
                message="pitr is off; turn it on",
                level=found,
                urn=urn_of("prod"),
            ),
            Violation(
                policy="pitr",
                finding="table",
                message="pitr is off twice",
                level=found,
                urn=urn_of("prod"),
            ),
            Violation(
                policy="no-admin",
                finding="statement",
                message="'*' on '*'",
                level=found,
                urn=urn_of("prod", ROLE, "api"),
            ),
            *_ceiling("prod"),
            Violation(policy="consumers", finding="none", message="nobody reads", level=found),
            Violation(
                policy="consumers",
                finding="stream",
                message="no reader",
                level=found,
                urn=urn_of("prod", name="users"),
            ),
        ),
        waived=(
            Waived(
                policy="pitr",
                finding="replica",
                message="accepted until 2027-03-31 by data (a copy of a copy): off",
                urn=urn_of("prod", name="users"),
            ),
        ),
        not_run=(
            NotRun(
                policy="tags",
                level=Level.REMEDIATE,
                reason="tags are unknown",
                urn=urn_of("prod", name="users"),
            ),
            NotRun(policy="exports", level=found, reason="arn is unknown"),
        ),
        remediated=(Remediated(policy="tags", urn=urn_of("prod"), properties=("tags", "tagsAll")),),
        not_applicable=not_applicable("prod"),
        level_file="policies/levels/prod.json",
    )


def dev():
    """Give a stack that is accepted, with advice, some of it as in prod."""
    low = Level.ADVISORY
    return PolicyReport(
        stack="dev",
        pack="pack",
        policies=policies(pitr=low, ceiling=low, tags=low, window=low, exports=low),
        resources=resources("dev"),
        violations=_ceiling("dev"),
        not_run=(NotRun(policy="exports", level=low, reason="arn is unknown"),),
        not_applicable=not_applicable("dev"),
        level_file="policies/levels/dev.json",
    )


def hostile():
    """Give a report of which every text is hostile."""
    return PolicyReport(
        stack=HOSTILE,
        pack=HOSTILE,
        policies=(
            Policy(
                id=HOSTILE,
                description=HOSTILE,
                remediation_steps=HOSTILE,
                url=HOSTILE,
                tags=(HOSTILE, f"checkov:{HOSTILE}", f"{HOSTILE}:x"),
                settings={HOSTILE: {"default": HOSTILE, "description": HOSTILE}},
            ),
        ),
        resources=(
            Resource(urn=urn_of(HOSTILE, HOSTILE, HOSTILE)),
            Resource(urn=HOSTILE, position=SourcePosition(file=HOSTILE, line=1)),
        ),
        violations=tuple(
            Violation(policy=policy, finding=HOSTILE, message=HOSTILE, level=level, urn=urn)
            for policy in (HOSTILE, "undescribed")
            for level in (Level.MANDATORY, Level.ADVISORY)
            for urn in (HOSTILE, None)
        ),
        waived=(Waived(policy=HOSTILE, finding=HOSTILE, message=HOSTILE, urn=HOSTILE),),
        not_run=(NotRun(policy=HOSTILE, level=Level.MANDATORY, reason=HOSTILE, urn=HOSTILE),),
        remediated=(Remediated(policy=HOSTILE, urn=HOSTILE, properties=(HOSTILE,)),),
        level_file=HOSTILE,
    )


def _ceiling(stack):
    return tuple(
        Violation(
            policy="ceiling",
            finding="none",
            message="there is no maximum; set one",
            level=Level.ADVISORY,
            urn=urn_of(stack, name=name),
        )
        for name in ("files", "users")
    )
