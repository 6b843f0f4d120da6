"""What is wrong with a level file, entry by entry.

The CLI takes any file and ignores what it does not know, so a mistyped policy would silently keep
its default; here every mistake is told.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import jsonschema

from tablewright.operations.policy_report.policy import (
    REMEDIATES,
    WAIVER_HYGIENE,
    WAIVER_IN_USE,
    Level,
    Severity,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tablewright.operations.policy_report.policy import Policy

LEVEL: Final = "enforcementLevel"
ALL: Final = "all"
_ENVIRONMENT: Final = "environment"
_STRICTEST: Final = "prod"
_BLOCKING: Final = f"{Level.MANDATORY} or {Level.REMEDIATE}"

Mistake = tuple[str, str]
"""The key to blame, and what is wrong there."""


def entry_of(value: object) -> dict[str, Any]:
    """Return an entry in its long form: a bare level is one too, and nothing is an empty one."""
    if isinstance(value, str):
        return {LEVEL: value}
    return value if isinstance(value, dict) else {}


def mistakes(
    given: Mapping[str, Any], policies: Sequence[Policy], environment: str
) -> list[Mistake]:
    """Return everything that is wrong with what a file says for the policies of a pack."""
    check = _Check(given, {policy.id: policy for policy in policies}, environment)
    return [*check.entries(), *(each for policy in policies for each in check.policy(policy))]


@dataclass(frozen=True)
class _Check:
    given: Mapping[str, Any]
    known: Mapping[str, Policy]
    environment: str

    def entries(self) -> Iterator[Mistake]:
        """Give what is wrong with each entry by itself."""
        for key, value in self.given.items():
            if key in self._meant:
                yield key, f"the pack has no policy {key!r}; {self._instead(key)}"
            elif not isinstance(value, str | dict):
                yield key, f"{key!r} must be a level, or an object with {LEVEL} and settings"
            else:
                settings = {} if key == ALL else self.known[key].settings
                for text in _in_entry(entry_of(value), settings):
                    yield key, f"{key!r}: {text}"

    def policy(self, policy: Policy) -> Iterator[Mistake]:
        """Give what is wrong with what the whole file says for a policy."""
        key = policy.id if policy.id in self.given else ALL
        if policy.id not in self.given and (_ENVIRONMENT in policy.settings or not self._everyone):
            if policy.id not in self._meant.values():
                yield "", f"{policy.id!r} has no entry; add {self._example(policy)}"
            return
        if not isinstance(self.given.get(policy.id, {}), str | dict):
            return
        entry = entry_of(self.given.get(policy.id))
        named = entry.get(_ENVIRONMENT)
        if _ENVIRONMENT in policy.settings and named != self.environment:
            is_now = "is missing" if named is None else f"is {named!r}"
            told = f"{_ENVIRONMENT} must be {self.environment!r}, and {is_now}"
            yield key, f"{policy.id!r}: {told}"
        level = entry.get(LEVEL, self._everyone)
        if level is None:
            yield key, f"{policy.id!r}: {LEVEL} is missing; give one of {', '.join(Level)}"
        elif level in list(Level):
            for text in self._of_level(policy, Level(level)):
                yield key, f"{policy.id!r}: {text}"

    def _of_level(self, policy: Policy, level: Level) -> Iterator[str]:
        """Give why a policy cannot have a level; what a waiver accepts must be told for sure."""
        if level is Level.REMEDIATE and not policy.remediates:
            yield (
                f"{LEVEL} is {level}, but the policy cannot remediate (it lacks the tag "
                f"{REMEDIATES!r}); give {Level.MANDATORY}"
            )
        if policy.id == WAIVER_HYGIENE and not level.blocks:
            yield (
                f"{LEVEL} is {level}, and must be {Level.MANDATORY}: without it, waivers that "
                "ended or are malformed pass unseen"
            )
        if policy.id == WAIVER_IN_USE and level is Level.DISABLED:
            yield f"{LEVEL} is {level}; an accepted violation must be told: give {Level.ADVISORY}"
        critical = policy.severity is Severity.CRITICAL
        if critical and self.environment == _STRICTEST and not level.blocks:
            yield (
                f"{LEVEL} is {level}, but in {_STRICTEST} a policy of severity {policy.severity} "
                f"must block: give {_BLOCKING}"
            )

    @cached_property
    def _everyone(self) -> Any:  # noqa: ANN401 -- whatever the file holds
        return entry_of(self.given.get(ALL)).get(LEVEL)

    @cached_property
    def _meant(self) -> Mapping[str, str | None]:
        """Which policy each unknown key is probably meant for."""
        missing = [policy for policy in self.known if policy not in self.given]
        unknown = [key for key in self.given if key != ALL and key not in self.known]
        close = ((key, _closest(key, missing) or _closest(key, self.known)) for key in unknown)
        return dict(close)

    def _instead(self, key: str) -> str:
        meant = self._meant[key]
        return f"did you mean {meant!r}?" if meant else "remove the entry"

    def _example(self, policy: Policy) -> str:
        where = f', "{_ENVIRONMENT}": "{self.environment}"'
        return f'"{policy.id}": {{"{LEVEL}": …{where if _ENVIRONMENT in policy.settings else ""}}}'


def _closest(key: str, policies: Mapping[str, Policy] | Sequence[str]) -> str | None:
    return next(iter(difflib.get_close_matches(key, policies, n=1)), None)


def _in_entry(entry: Mapping[str, Any], settings: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, value in entry.items():
        if name == LEVEL:
            if value is not None and value not in list(Level):
                yield f"{LEVEL} {value!r} is none of {', '.join(Level)}"
        elif name not in settings:
            yield f"has no setting {name!r}; it has {', '.join(settings) or 'none'}"
        else:
            for error in jsonschema.Draft202012Validator(settings[name]).iter_errors(value):
                yield f"setting {name!r}: {error.message}"
