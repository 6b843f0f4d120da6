"""Level files: how strictly each policy holds in an environment, and its settings there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.analysis.level_mistakes import (
    ALL,
    LEVEL,
    entry_of,
    mistakes,
)
from tablewright.operations.policy_report.policy import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tablewright.operations.policy_report.policy import Policy


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
    if found := mistakes(given, policies, environment):
        told = (f"{path}:{lines.get(key, 1)}: {text}" for key, text in found)
        raise OperationError("\n".join(told))
    everyone = entry_of(given.get(ALL)).get(LEVEL)
    return {
        policy.id: _applied(policy, everyone, entry_of(given.get(policy.id))) for policy in policies
    }


def _applied(policy: Policy, everyone: str | None, entry: Mapping[str, Any]) -> PolicyLevel:
    defaults = {name: of["default"] for name, of in policy.settings.items() if "default" in of}
    settings = {name: value for name, value in entry.items() if name != LEVEL}
    return PolicyLevel(Level(entry.get(LEVEL, everyone)), {**defaults, **settings})


def _read(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the file's object, and the line of each of its keys."""
    try:
        text = path.read_text(encoding="utf-8")
        given = json.loads(text)
        root = _with_lines(text)
    except json.JSONDecodeError as error:
        raise OperationError(f"{path}:{error.lineno}: is not valid JSON ({error.msg})") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise OperationError(f"{path}:{line}: cannot be read ({error.problem})") from None
    except RecursionError:
        raise OperationError(f"{path}:1: is nested too deeply") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise OperationError(f"{path} cannot be read: {error}") from None
    if not isinstance(given, dict) or root is None:
        raise OperationError(f"{path}:1: must be an object with one entry a policy")
    if twice := [f"{path}:{line}: {key!r} is given twice; keep one" for key, line in _twice(root)]:
        raise OperationError("\n".join(twice))
    return given, {key.value: key.start_mark.line + 1 for key, _ in root.value}


def _with_lines(text: str) -> yaml.Node | None:
    """Read JSON as YAML, which knows its lines, and which takes no tab between values."""
    return yaml.compose(text.replace("\t", " "), Loader=yaml.SafeLoader)


def _twice(node: yaml.Node) -> Iterator[tuple[str, int]]:
    """Give each key that an object has already, of which the reader would drop the first."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _twice(each)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _twice(value)
