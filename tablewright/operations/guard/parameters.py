"""SSM parameters: the names under which other programs find tables and access policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.reading.values import UNKNOWN_TEXT, text
from tablewright.operations.guard.scene import (
    Arguments,
    Harmless,
    alias_of,
    judged_by_arguments,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge what would become of a parameter."""
    path, after = change.physical_name, change.new_physical_name
    if change.removed:
        yield _removed(change, scene)
    elif change.replaced and after != path:
        yield _broken(change, "name", f"parameter {path} is renamed to {after}")
    elif change.replaced:
        yield _broken(change, "replace", f"parameter {path} is deleted and made anew")
    elif change.old is not None:
        if _is_led_elsewhere(change) and not any(map(_has_other_names, scene.changes)):
            yield _another_value(change)
        yield from judged_by_arguments(change, scene, ARGUMENTS)


def _is_led_elsewhere(change: Change) -> bool:
    # What only the deployment tells is made of a resource that changes, and is judged there.
    return any(change.after(name) != UNKNOWN_TEXT for name in _VALUES & {*change.changed})


def _has_other_names(change: Change) -> bool:
    """Tell whether a parameter may have to name a table or an access policy in another way."""
    if change.type not in _NAMED or change.old is None:
        return False
    return change.removed or change.replaced or not _STREAM.isdisjoint(change.changed)


def _another_value(change: Change) -> Finding:
    return _broken(
        change,
        "value",
        f"parameter {change.physical_name} gets another value, and nothing that is deployed gets "
        "another name: it would lead its readers elsewhere",
        "keep the value; where it is meant, or mends what somebody changed by hand, accept this "
        "finding in guard-allow.yaml",
    )


def _removed(change: Change, scene: Scene) -> Finding:
    path = change.physical_name
    if scene.taking_the_place_of(change) is None:
        return _broken(change, "removed", f"parameter {path} is deleted")
    return _broken(
        change,
        "logical-name",
        f"parameter {path} is made under another logical name, which AWS refuses while the old one "
        "exists, and deleted by its old one",
        alias_of(change),
    )


def _type(change: Change, _: Scene) -> Iterator[Finding]:
    what = f"parameter {change.physical_name} becomes a {text(change.after('type'))}"
    yield _broken(change, "type", what)


def _key(change: Change, _: Scene) -> Iterator[Finding]:
    what = f"parameter {change.physical_name} is encrypted with another key"
    yield _broken(change, "keyId", what)


def _moved(change: Change, _: Scene) -> Iterator[Finding]:
    what = f"parameter {change.physical_name} would have another name or region"
    yield _broken(change, "name", what)


def _broken(change: Change, cause: str, what: str, instead: str = "") -> Finding:
    return Finding(
        kind=Kind.CONTRACT_BROKEN,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=f"every program that reads {change.physical_name}, from the next time it does",
        instead=instead or "export both paths until every reader has moved, then remove the old",
    )


_NAMED: Final = frozenset({"aws:dynamodb/table:Table", "aws:iam/policy:Policy"})
_STREAM: Final = frozenset({"streamEnabled", "streamViewType"})
_VALUES: Final = frozenset({"insecureValue", "value", "valueWo", "valueWoVersion"})
"""Arguments whose change a preview tells, and does not show."""
_FOLLOWS: Final = Harmless("it follows the table or access policy that it names, or is told above")
ARGUMENTS: Final[Arguments] = {
    "allowedPattern": Harmless("it limits what is written, not what is read"),
    "arn": Harmless("AWS makes it from the path, which is judged"),
    "dataType": Harmless("it is checked when a value is written"),
    "description": Harmless("nobody depends on a description"),
    "insecureValue": _FOLLOWS,
    "keyId": _key,
    "name": _moved,
    "overwrite": Harmless("it counts only when a parameter is made"),
    "region": _moved,
    "tags": Harmless("tags hold no data"),
    "tagsAll": Harmless("tags hold no data"),
    "tier": Harmless("readers see no difference"),
    "type": _type,
    "value": _FOLLOWS,
    "valueWo": _FOLLOWS,
    "valueWoVersion": _FOLLOWS,
    "version": Harmless("AWS counts the changes of a value"),
}
"""Every argument of the provider's parameter."""
