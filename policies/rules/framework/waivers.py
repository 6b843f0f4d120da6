"""Accepted violations: who accepts which finding, where, why, and until when.

Fail closed: an entry that is malformed or expired accepts nothing, and `waiver-hygiene` reports it
with its line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

import yaml

from rules.framework.waiver_entries import NEEDED, STACK, Terms, wrong_with

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


_BEFORE_THE_NAME: Final = 3  # urn:pulumi:<stack>::<project>::<types>::<name>


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """One accepted violation. `resource` is a glob over `<type>::<name>`, `finding` over all."""

    line: int
    policy: str
    resource: str
    environments: tuple[str, ...]
    reason: str
    owner: str
    expires: date
    finding: str | None = None

    def __str__(self) -> str:
        finding = f"/{self.finding}" if self.finding else ""
        return f"{self.policy}{finding} on {self.resource}"

    def names(self, policy: str, subject: str, finding: str) -> bool:
        """Tell whether the waiver is for a finding on what `subject_of` gives."""
        return self.policy == policy and self.finding in {None, finding} and self.is_about(subject)

    def is_about(self, subject: str) -> bool:
        """Tell whether the waiver is for a resource, or for the stack."""
        return fnmatchcase(subject, self.resource)


@dataclass(frozen=True)
class Problem:
    """What is wrong with the file or with an entry of it."""

    line: int
    text: str


@dataclass(frozen=True)
class WaiverFile:
    """The entries of a file that count, and the problems of those that do not."""

    waivers: tuple[Waiver, ...] = ()
    problems: tuple[Problem, ...] = ()
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    name: str = "waivers.yaml"

    def at(self, of: Waiver | Problem) -> str:
        """Return where something is, as editors read it."""
        return f"{self.name}:{of.line}"

    def covering(
        self, policy: str, urn: str, finding: str, environment: str | None
    ) -> Waiver | None:
        """Return the waiver that accepts a finding, None where there is none."""
        subject = subject_of(urn)
        for waiver in self.waivers:
            if (
                environment in waiver.environments
                and self.today <= waiver.expires
                and waiver.names(policy, subject, finding)
            ):
                return waiver
        return None


def subject_of(urn: str) -> str:
    """Return `<type>::<name>` of a URN, which is what a waiver names; `stack` without a URN."""
    if not urn:
        return STACK
    # A logical name may hold `::` itself, and must not pass for another resource by it.
    *_, types, name = urn.split("::", _BEFORE_THE_NAME)
    return f"{types.rpartition('$')[2]}::{name}"


def load(
    path: Path,
    *,
    policies: Collection[str],
    critical: Collection[str] = (),
    refused: Collection[str] = (),
    today: date | None = None,
) -> WaiverFile:
    """Read a file of waivers; a missing file holds none.

    `policies` are the ids that a waiver may name, `critical` those that none may accept in prod,
    `refused` those that exist, and that none may accept anywhere.
    """
    today = today or datetime.now(UTC).date()
    terms = Terms(policies=policies, critical=critical, refused=refused, today=today)
    waivers, problems = _read(path, terms) if path.is_file() else ([], [])
    name = "/".join(path.absolute().parts[-2:])
    return WaiverFile(tuple(waivers), tuple(problems), today, name)


def _read(path: Path, terms: Terms) -> tuple[list[Waiver], list[Problem]]:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or type(error).__name__
        return [], [Problem(mark.line + 1 if mark else 1, f"the file is no YAML ({problem})")]
    if root is None:
        return [], []
    if not isinstance(root, yaml.SequenceNode):
        text = "the file must be a list, whose entries begin with '- policy:'"
        return [], [Problem(root.start_mark.line + 1, text)]
    waivers, problems = [], []
    for node in root.value:
        line = node.start_mark.line + 1
        entry, wrong = _plain(node)
        wrong += list(wrong_with(entry, terms)) if not wrong else []
        if wrong:
            problems += [Problem(line, text) for text in wrong]
        else:
            waivers.append(_waiver(entry, line))
    return waivers, problems


def _plain(node: yaml.Node) -> tuple[dict[str, Any], list[str]]:
    """Return an entry's values, and what keeps it from being one."""
    if not isinstance(node, yaml.MappingNode):
        return {}, [f"the entry must be an object with {', '.join(NEEDED)}"]
    try:
        value = yaml.SafeLoader("").construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return {}, [f"the entry cannot be read ({getattr(error, 'problem', None) or error})"]
    twice = len(node.value) - len(value)
    return value, ["the entry gives a key twice"] if twice else []


def _waiver(entry: dict[str, Any], line: int) -> Waiver:
    return Waiver(line=line, **{**entry, "environments": tuple(entry["environments"])})
