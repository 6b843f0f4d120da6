"""What AWS's Service Authorization Reference says of actions: a dated copy beside this file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rules.iam.arn_formats import ArnFormat, formats_of
from rules.iam.arns import has_wildcard, matches

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE_OF_ACTIONS: Final = Path(__file__).with_name("actions.json")


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action, with the formats of the resources that it accepts by their type."""

    name: str
    resources: Mapping[str, ArnFormat]
    condition_keys: tuple[str, ...]

    @property
    def accepts_star_alone(self) -> bool:
        """Tell whether the action is granted on the resource `*` or not at all."""
        return not self.resources

    def fits(self, resource: str) -> bool:
        """Tell whether a resource of a statement can name something that the action accepts."""
        if self.accepts_star_alone:
            return is_star(resource)
        return any(each.can_name(resource) for each in self.resources.values())

    def takes(self, condition_key: str) -> bool:
        """Tell whether a request for the action can carry a key of its service."""
        return _holds(self.condition_keys, condition_key)


@dataclass(frozen=True, kw_only=True)
class Service:
    """The actions of one service by their name in lower case.

    Unless it is `complete`, an action that is not in here may exist all the same.
    """

    complete: bool
    actions: Mapping[str, Action]

    def matching(self, pattern: str) -> tuple[Action, ...]:
        """Return the actions that a name with `*` and `?` stands for."""
        if not has_wildcard(pattern):
            exact = self.actions.get(pattern.lower())
            return () if exact is None else (exact,)
        wanted = pattern.lower()
        return tuple(action for name, action in self.actions.items() if matches(wanted, name))


class ActionTable:
    """Every action in the table, found as IAM finds it: in any case."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content

    def service_of(self, action: str) -> Service | None:
        """Return the service before the colon of an action, None where it is not in the table."""
        return self.services.get(action.partition(":")[0].lower())

    def matching(self, action: str) -> tuple[Action, ...]:
        """Return the actions that an action of a statement stands for, as far as they are known."""
        service = self.service_of(action)
        return service.matching(action.partition(":")[2]) if service else ()

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """The services by their prefix."""
        return {
            prefix: _service(prefix, given) for prefix, given in self._content["services"].items()
        }


@cache
def action_table() -> ActionTable:
    """Return the table of the pack."""
    return ActionTable(json.loads(TABLE_OF_ACTIONS.read_text(encoding="utf-8")))


def is_star(resource: str) -> bool:
    """Tell whether a resource is the lone wildcard, however often it is written."""
    return bool(resource) and not resource.strip("*")


def _service(prefix: str, given: Mapping[str, Any]) -> Service:
    formats = formats_of(given["resources"].values())
    # Some keys are listed for a service and for none of its actions: any may carry them.
    unassigned = given["unassigned_condition_keys"]
    return Service(
        complete=given["complete"],
        actions={
            name.lower(): Action(
                name=f"{prefix}:{name}",
                resources={kind: formats[given["resources"][kind]] for kind in action["resources"]},
                condition_keys=tuple(
                    key.lower() for key in (*action["condition_keys"], *unassigned)
                ),
            )
            for name, action in given["actions"].items()
        },
    )


def _holds(keys: tuple[str, ...], key: str) -> bool:
    """Tell whether a key is among some, of which one may end in a variable such as `${TagKey}`."""
    asked = key.lower()
    return any(
        asked.startswith(known.partition("${")[0]) if "${" in known else asked == known
        for known in keys
    )
