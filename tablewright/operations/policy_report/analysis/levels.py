"""Level files: how strictly each policy holds in an environment, and its settings there.

The CLI takes any file and ignores what it does not know, so a mistyped policy would silently keep
its default; here every mistake is an error with its line.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import jsonschema
import yaml

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.policy import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tablewright.operations.policy_report.policy import Policy

_LEVEL: Final = "enforcementLevel"
_ALL: Final = "all"
_ENVIRONMENT: Final = "environment"


@dataclass(frozen=True)
class PolicyLevel:
    """The level of one policy, and its settings with the defaults of its schema filled in."""

    level: Level
    settings: Mapping[str, Any]


Applied = dict[str, PolicyLevel]
"""Every policy of a pack, by its id."""


def level_file(pack: Path, environment: str) -> Path:
    """Return a pack's level file for an environment; OperationError where there is none."""
    path = pack / "levels" / f"{environment}.json"
    if not path.is_file():
        there = ", ".join(sorted(each.stem for each in path.parent.glob("*.json"))) or "none"
        raise OperationError(
            f"the policy pack in {pack} has no levels for environment {environment!r}; write "
            f"levels/{environment}.json (there are: {there})"
        )
    return path


def load_levels(path: Path, policies: Sequence[Policy], environment: str) -> Applied:
    """Read a level file for the policies of a pack; OperationError with every mistake."""
    given, lines = _read(path)
    known = {policy.id: policy for policy in policies}
    mistakes = [*_mistakes(given, known), *_elsewhere(given, known, environment)]
    if mistakes:
        told = (f"{path}:{lines.get(policy, 1)}: {text}" for policy, text in mistakes)
        raise OperationError("\n".join(told))
    everyone = _entry(given.get(_ALL, {})).get(_LEVEL)
    return {
        policy.id: _applied(policy, everyone, _entry(given.get(policy.id, {})))
        for policy in policies
    }


def _applied(policy: Policy, everyone: str | None, entry: Mapping[str, Any]) -> PolicyLevel:
    defaults = {name: of["default"] for name, of in policy.settings.items() if "default" in of}
    settings = {name: value for name, value in entry.items() if name != _LEVEL}
    level = entry.get(_LEVEL, everyone or policy.level)
    return PolicyLevel(Level(level), {**defaults, **settings})


def _read(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the file's object, and the line of each of its keys."""
    try:
        text = path.read_text(encoding="utf-8")
        given = json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, path))
    except json.JSONDecodeError as error:
        raise OperationError(f"{path}:{error.lineno}: is no JSON ({error.msg})") from None
    except (OSError, UnicodeDecodeError) as error:
        raise OperationError(f"{path} cannot be read: {error}") from None
    if not isinstance(given, dict):
        raise OperationError(f"{path}:1: must be an object with one entry a policy")
    root = yaml.compose(text, Loader=yaml.SafeLoader)  # JSON is YAML, and YAML knows its lines
    pairs = root.value if root else []
    return given, {key.value: key.start_mark.line + 1 for key, _ in pairs}


def _once(pairs: Iterable[tuple[str, Any]], path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise OperationError(f"{path}: {key!r} is given twice; keep one")
        found[key] = value
    return found


def _entry(value: object) -> dict[str, Any]:
    """Return an entry in its long form: a bare level is one too."""
    return {_LEVEL: value} if isinstance(value, str) else cast("dict[str, Any]", value)


def _mistakes(given: Mapping[str, Any], known: Mapping[str, Policy]) -> Iterator[tuple[str, str]]:
    for policy, value in given.items():
        if policy != _ALL and policy not in known:
            close = difflib.get_close_matches(policy, known, n=1)
            instead = f"did you mean {close[0]!r}?" if close else "remove the entry"
            yield policy, f"the pack has no policy {policy!r}; {instead}"
        elif not isinstance(value, str | dict):
            yield policy, f"{policy!r} must be a level, or an object with {_LEVEL} and settings"
        else:
            settings = {} if policy == _ALL else known[policy].settings
            for text in _mistakes_of(_entry(value), settings):
                yield policy, f"{policy!r}: {text}"


def _elsewhere(
    given: Mapping[str, Any], known: Mapping[str, Policy], environment: str
) -> Iterator[tuple[str, str]]:
    """Give the policies that would judge another environment than the file is for."""
    for policy, its in known.items():
        entry = given.get(policy)
        named = entry.get(_ENVIRONMENT) if isinstance(entry, dict) else None
        if _ENVIRONMENT in its.settings and named != environment:
            yield policy, f"{policy!r}: {_ENVIRONMENT} must be {environment!r}, and is {named!r}"


def _mistakes_of(
    entry: Mapping[str, Any], settings: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    level = entry.get(_LEVEL)
    if level is not None and level not in set(Level):
        yield f"{_LEVEL} {level!r} is none of {', '.join(Level)}"
    for name, value in entry.items():
        if name == _LEVEL:
            continue
        if name not in settings:
            yield f"has no setting {name!r}; it has {', '.join(settings) or 'none'}"
            continue
        for error in jsonschema.Draft202012Validator(settings[name]).iter_errors(value):
            yield f"setting {name!r}: {error.message}"
