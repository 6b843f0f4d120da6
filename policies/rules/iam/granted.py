"""What an access policy allows, with IAM's wildcards and letter case in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.tokens import PERMISSION_SET_INLINE_POLICY, TABLE_RESOURCE_POLICY
from rules.iam.arns import arn_of, before_wildcard, filled_in, has_wildcard, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.framework.subjects import Resource
    from rules.iam.documents import Statement

_NAMES: Final = ("name", "role", "user", "group")
_NAMELESS: Final = (TABLE_RESOURCE_POLICY, PERMISSION_SET_INLINE_POLICY)
_KEPT_UNDER: Final = {"backup": "dynamodb"}
"""A recovery point of AWS Backup may have the ARN of a table's backup."""


def may_overlap(one: str, other: str) -> bool:
    """Tell whether two resources may cover the same text; in doubt they do."""
    one, other = filled_in(one, "*"), filled_in(other, "*")
    if not has_wildcard(one):
        return matches(other, one)
    if not has_wildcard(other):
        return matches(one, other)
    first, second = before_wildcard(one), before_wildcard(other)
    return first.startswith(second) or second.startswith(first)


def allowed(statement: Statement, actions: Iterable[str]) -> dict[str, str]:
    """Return which of some actions a statement allows, each with the element that does so.

    A wildcard or NotAction on the ARN of a table allows nothing of another service.
    """
    if not statement.allows:
        return {}
    exact = {each.lower(): each for each in statement.actions}
    patterns = [each for each in statement.actions if has_wildcard(each)]
    found = {}
    for action in actions:
        element = exact.get(action.lower()) or _beyond(statement, patterns, action)
        if element:
            found[action] = element
    return found


def _beyond(statement: Statement, patterns: Sequence[str], action: str) -> str:
    """Return by what a statement allows an action that it does not spell out."""
    element = _covering(patterns, action)
    if not element and statement.not_actions:
        element = "" if _covering(statement.not_actions, action) else "NotAction"
    return element if element and _reaches(statement, action.partition(":")[0]) else ""


def _reaches(statement: Statement, service: str) -> bool:
    """Tell whether a statement is about resources that can be a service's."""
    if statement.not_resources or not statement.resources:
        return True
    services = {service, _KEPT_UNDER.get(service, service)}
    return any(may_be_of(each, of) for each in statement.resources for of in services)


def may_be_of(resource: str, service: str) -> bool:
    """Tell whether a resource can be a service's; what is no whole ARN can, `*` above all."""
    arn = arn_of(filled_in(resource, "*"))
    return arn is None or matches(arn.service.lower(), service.lower())


def _covering(patterns: Sequence[str], action: str) -> str:
    lower = action.lower()
    return next((each for each in patterns if matches(each.lower(), lower)), "")


def told(found: dict[str, str]) -> str:
    """Write what `allowed` returned for a message."""
    return ", ".join(
        action if element.lower() == action.lower() else f"{action} (by {element!r})"
        for action, element in found.items()
    )


def is_listed(resource: Resource, statement: Statement, globs: Sequence[str]) -> bool:
    """Tell whether globs cover whom a statement gives its permissions to.

    That is the name of the access policy, or of whom it is attached to. A table's own policy and
    that of a permission set have none: there it is the logical name, or the names of all
    principals of the statement.
    """
    if resource.type not in _NAMELESS:
        return is_named(resource, globs)
    names = [_principal_name(each) for each in statement.principals]
    return any(matches(glob, resource.name) for glob in globs) or (
        bool(names) and all(name and any(matches(glob, name) for glob in globs) for name in names)
    )


def _principal_name(principal: tuple[str, str]) -> str:
    """Return the name of the role or user that a principal is, an empty one for any other."""
    arn = arn_of(principal[1])
    kind, *path = arn.resource.split("/") if arn else ("",)
    if principal[0] != "AWS" or has_wildcard(principal[1]) or not path:
        return ""
    return path[0] if kind == "assumed-role" else path[-1] if kind in {"role", "user"} else ""


def is_named(resource: Resource, globs: Sequence[str]) -> bool:
    """Tell whether a glob covers the name of an access policy, or of whom it is attached to.

    Raises UnknownValueError when no known name decides it.
    """
    unknown: UnknownValueError | None = None
    for name in _NAMES if globs else ():
        try:
            value = resource.properties.text(name)
        except UnknownValueError as error:
            unknown = error
            continue
        if value and any(matches(glob, value) for glob in globs):
            return True
    if unknown is not None:
        raise unknown
    return False
