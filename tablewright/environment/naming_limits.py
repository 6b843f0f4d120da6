"""Which names AWS takes, one rule each.

Sources: CreateTable, CreatePolicy (IAM), PutParameter (Systems Manager), PutMetricAlarm and
CreateTopic in the API references.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tablewright.environment.errors import LabelError
from tablewright.models import limits

_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class NameRule:
    """How long a kind of name may be, and of which characters."""

    thing: str
    shortest: int = 1
    longest: int
    pattern: re.Pattern[str]
    characters: str

    def check(self, name: str) -> str:
        """Return the name, or raise LabelError that says what to change."""
        shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
        if not self.shortest <= len(name) <= self.longest:
            excess = len(name) - self.longest
            remedy = (
                f"shorten the project or another part of it by {excess}"
                if excess > 0
                else "choose a longer one"
            )
            raise LabelError(
                f"{self.thing} {shown!r} has {len(name)} characters where AWS takes "
                f"{self.shortest} to {self.longest}",
                remedy,
                excess,
            )
        if not self.pattern.fullmatch(name):
            raise LabelError(
                f"{self.thing} {shown!r} has characters that AWS refuses",
                f"use {self.characters} only",
            )
        return name


# PutParameter counts the ARN before the name as part of its 1,011 characters.
_LONGEST_PARAMETER_ARN = "arn:aws-us-gov:ssm:ap-southeast-1:123456789012:parameter"
PARAMETER_LEVELS = 15

TABLE = NameRule(
    thing="table name",
    shortest=limits.NAME_LENGTH.start,
    longest=limits.NAME_LENGTH.stop - 1,
    pattern=re.compile(r"[a-zA-Z0-9_.-]+"),
    characters="letters, digits, '_', '-' and '.'",
)
MANAGED_POLICY = NameRule(
    thing="managed policy name",
    longest=128,
    pattern=re.compile(r"[a-zA-Z0-9_+=,.@-]+"),
    characters="letters, digits and '_+=,.@-'",
)
PARAMETER = NameRule(
    thing="SSM path",
    longest=1011 - len(_LONGEST_PARAMETER_ARN),
    pattern=re.compile(r"(/[a-zA-Z0-9_.-]+)+"),
    characters="letters, digits, '_', '-' and '.' between single slashes",
)
ALARM = NameRule(
    thing="alarm name",
    longest=255,
    pattern=re.compile(r"[^\x00-\x1f\x7f]+"),
    characters="printable characters",
)
TOPIC = NameRule(
    thing="SNS topic name",
    longest=256,
    pattern=re.compile(r"[a-zA-Z0-9_-]+"),
    characters="letters, digits, '_' and '-'",
)
# No longer project or environment could begin the name of a managed policy.
PROJECT = NameRule(
    thing="project",
    longest=MANAGED_POLICY.longest,
    pattern=re.compile(r"[a-zA-Z][a-zA-Z0-9_-]*"),
    characters="a letter first, then letters, digits, '_' and '-'",
)
ENVIRONMENT = NameRule(
    thing="environment",
    longest=MANAGED_POLICY.longest,
    pattern=re.compile(r"[a-zA-Z0-9_-]+"),
    characters="letters, digits, '_' and '-'",
)


def check_project(project: str) -> str:
    """Return the project, or refuse what no table, topic or SSM path could begin with."""
    if project.lower().startswith(("aws", "ssm")):
        raise LabelError(
            f"project {project!r} begins with {project[:3]!r}, which SSM reserves for paths of AWS",
            "choose a project that begins otherwise",
        )
    return PROJECT.check(project)


def check_parameter(path: str) -> str:
    """Return the SSM path, or refuse one that is too long, too deep or oddly spelled."""
    levels = path.count("/")
    if levels > PARAMETER_LEVELS:
        raise LabelError(
            f"SSM path {path[:_SHOWN]!r} has {levels} levels where AWS takes {PARAMETER_LEVELS}",
            "use a group with fewer slashes",
        )
    return PARAMETER.check(path)
