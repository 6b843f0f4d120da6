"""Whom an alarm tells: itself, or by a composite alarm that it makes fire."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.regions import may_be_near
from rules.framework.tokens import COMPOSITE_ALARM
from rules.framework.values import MalformedError
from rules.iam.arns import arn_of

if TYPE_CHECKING:
    from rules.framework.reading import Properties
    from rules.framework.subjects import Resource, Stack

_TELLING: Final = {"sns", "lambda", "ssm", "ssm-incidents"}
"""Services whose actions reach people; those of `automate` stop or reboot an instance."""
_CHILD: Final = re.compile(r"""ALARM\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"'()]+))\s*\)""")
_ALTERNATIVES: Final = re.compile(r"[\s()]*(?:A(?:[\s()]+OR[\s()]+A)*[\s()]*)")


def tells(properties: Properties) -> bool:
    """Tell whether an alarm's actions are on and one of them reaches people.

    An action that is unknown is the ARN of a resource, and is judged at the update.
    """
    if not properties.flag("actionsEnabled", default=True):
        return False
    known = properties.known_texts("alarmActions")
    return len(known) < properties.count("alarmActions") or any(map(_reaches_people, known))


def _reaches_people(action: str) -> bool:
    arn = arn_of(action)
    return arn is not None and arn.service in _TELLING and bool(arn.resource)


class Composites:
    """The composite alarms of a stack that tell somebody as soon as one child fires."""

    def __init__(self, stack: Stack) -> None:
        self._all = stack.of_type(COMPOSITE_ALARM)

    def tell_of(self, alarm: Resource) -> bool:
        """Tell whether a composite alarm tells of an alarm; raises what could not be read."""
        held: UnknownValueError | MalformedError | None = None
        for composite in self._all:
            try:
                if _tells_of(composite, alarm):
                    return True
            except (UnknownValueError, MalformedError) as error:
                held = held or error
        if held is not None:
            raise held
        return False


def _tells_of(composite: Resource, alarm: Resource) -> bool:
    properties = composite.properties
    if properties.holds("actionsSuppressor") or not tells(properties):
        return False
    return may_be_near(composite, alarm) and _names(composite, alarm)


def _names(composite: Resource, alarm: Resource) -> bool:
    try:
        rule = composite.properties.text("alarmRule")
    except UnknownValueError:
        if not composite.depends.get("alarmRule"):
            raise
        return alarm.urn in composite.depends["alarmRule"]  # judged at the update
    children = {next(filter(None, found), "") for found in _CHILD.findall(rule)}
    # Under AND or NOT a child may fire and nobody is told.
    if _ALTERNATIVES.fullmatch(_CHILD.sub("A", rule)) is None:
        return False
    name = alarm.properties.text("name")
    return bool(name) and any(each == name or each.endswith(f":alarm:{name}") for each in children)
