"""Access policies for the tests of rules."""

from __future__ import annotations

import json
from typing import Any

from rules.framework.tokens import MANAGED_POLICY
from tests.support.policy_pack import findings, judge_registrations, judge_resource
from tests.support.recording import record_stack

AT = "arn:aws:dynamodb:us-east-1:123456789012"
FILES = f"{AT}:table/dropify-prod-files"
INDEX = f"{FILES}/index/byOwner"
STREAM = f"{FILES}/stream/*"
PARAMETER_ARN = "arn:aws:ssm:us-east-1:123456789012:parameter/dropify-prod/tables/files-name"


def statement(action: object, resource: object = FILES, **others: Any) -> dict[str, Any]:
    """Return a statement that allows actions on resources."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **others}


def document(*statements: object) -> str:
    """Return a policy document as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def found(rule_id: str, *statements: object, **options: Any) -> list[str]:
    """Return the ids of what a rule finds in a managed policy."""
    inputs = {"policy": document(*statements)}
    return findings(judge_resource(rule_id, MANAGED_POLICY, inputs, **options))


def found_in_program(rule_id: str, environment: str, *, preview: bool) -> list[str]:
    """Return what a rule finds in the project's own program."""
    registrations = record_stack(environment, preview=preview).registrations
    policies = [each for each in registrations if each.type == MANAGED_POLICY]
    assert policies
    verdicts = judge_registrations(policies, environment)
    return [str(each) for each in verdicts if each.policy == rule_id]
