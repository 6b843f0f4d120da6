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

from rules.framework.settings import ENVIRONMENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

LEAST_REASON: Final = 20
"""Characters; shorter reasons explain nothing."""
_NEEDED: Final = ("policy", "resource", "environments", "reason", "owner", "expires")
_KEYS: Final = frozenset({*_NEEDED, "finding"})


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
        return f"{self.policy}{finding} on {self.resource} (line {self.line})"


@dataclass(frozen=True)
class Problem:
    """What is wrong with an entry of the file."""

    line: int
    text: str


@dataclass(frozen=True)
class WaiverFile:
    """The entries of a file that count, and the problems of those that do not."""

    waivers: tuple[Waiver, ...] = ()
    problems: tuple[Problem, ...] = ()
    today: date = field(default_factory=lambda: datetime.now(UTC).date())

    def covering(
        self, policy: str, urn: str, finding: str, environment: str | None
    ) -> Waiver | None:
        """Return the waiver that accepts a finding, None where there is none."""
        subject = subject_of(urn)
        for waiver in self.waivers:
            if (
                waiver.policy == policy
                and environment in waiver.environments
                and waiver.finding in {None, finding}
                and self.today <= waiver.expires
                and fnmatchcase(subject, waiver.resource)
            ):
                return waiver
        return None


def subject_of(urn: str) -> str:
    """Return `<type>::<name>` of a URN, which is what a waiver names; `stack` without a URN."""
    if not urn:
        return "stack"
    *_, types, name = urn.split("::")
    return f"{types.rpartition('$')[2]}::{name}"


def load(path: Path, *, policies: Collection[str], critical: Collection[str] = ()) -> WaiverFile:
    """Read a file of waivers; a missing file holds none.

    `policies` are the ids that a waiver may name, `critical` those that none may accept in prod.
    """
    if not path.is_file():
        return WaiverFile()
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or type(error).__name__
        return WaiverFile(problems=(Problem(line, f"is no YAML ({problem})"),))
    if root is None:
        return WaiverFile()
    if not isinstance(root, yaml.SequenceNode):
        problem = Problem(root.start_mark.line + 1, "must be a list of waivers")
        return WaiverFile(problems=(problem,))
    waivers, problems = [], []
    for node in root.value:
        line = node.start_mark.line + 1
        entry, wrong = _plain(node)
        wrong += list(_wrong(entry, policies, critical)) if not wrong else []
        if wrong:
            problems += [Problem(line, text) for text in wrong]
        else:
            waivers.append(_waiver(entry, line))
    return WaiverFile(tuple(waivers), tuple(problems))


def _plain(node: yaml.Node) -> tuple[dict[str, Any], list[str]]:
    """Return an entry's values, and what keeps it from being one."""
    if not isinstance(node, yaml.MappingNode):
        return {}, [f"must be an object with {', '.join(_NEEDED)}"]
    try:
        value = yaml.SafeLoader("").construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return {}, [f"cannot be read ({getattr(error, 'problem', None) or error})"]
    twice = len(node.value) - len(value)
    return value, ["gives a key twice"] if twice else []


def _wrong(
    entry: dict[str, Any], policies: Collection[str], critical: Collection[str]
) -> Iterator[str]:
    """Give everything that is wrong with an entry."""
    for key in entry:
        if key not in _KEYS:
            yield f"has an unknown key {key!r}; the keys are {', '.join(sorted(_KEYS))}"
    missing = [key for key in _NEEDED if not entry.get(key)]
    if missing:
        yield f"lacks {', '.join(missing)}"
        return
    for key in ("policy", "resource", "reason", "owner", "finding"):
        if not isinstance(entry.get(key, ""), str):
            yield f"{key} must be a string"
            return
    yield from _wrong_values(entry, policies, critical)


def _wrong_values(
    entry: dict[str, Any], policies: Collection[str], critical: Collection[str]
) -> Iterator[str]:
    if entry["policy"] not in policies:
        yield f"policy {entry['policy']!r} cannot be waived, or does not exist"
    environments = entry["environments"]
    if not isinstance(environments, list) or not set(map(str, environments)) <= set(ENVIRONMENTS):
        yield f"environments must be a list out of {', '.join(ENVIRONMENTS)}"
    elif "prod" in environments and entry["policy"] in critical:
        yield f"{entry['policy']!r} is critical, and cannot be waived in prod"
    if len(entry["reason"].strip()) < LEAST_REASON:
        yield f"reason has fewer than {LEAST_REASON} characters; say why this is acceptable"
    if type(entry["expires"]) is not date:
        yield "expires must be a date, as 2027-03-31"


def _waiver(entry: dict[str, Any], line: int) -> Waiver:
    return Waiver(line=line, **{**entry, "environments": tuple(entry["environments"])})
