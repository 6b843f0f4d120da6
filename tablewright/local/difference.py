"""What changed between two sets of inputs, told the way the AWS provider tells it.

Its words were taken from previews recorded with the real provider: sets (indexes, attributes) have
no order, an element is compared with the one at its own position, and a changed policy document is
a change only when its meaning differs.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from .property_path import Path, covers, names_only, parse, text_of

SETS: Final = frozenset(
    {
        "alarmActions",
        "attributes",
        "globalSecondaryIndexes",
        "insufficientDataActions",
        "localSecondaryIndexes",
        "metricQueries",
        "nonKeyAttributes",
        "okActions",
        "replicas",
        "routeTableIds",
    }
)
"""Properties in which the AWS provider sees a set, not a list."""

_EMPTY: Final[tuple[Any, ...]] = (None, [], {})


class Kind(StrEnum):
    """How one property changed."""

    ADD = "add"
    DELETE = "delete"
    UPDATE = "update"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One changed property, and whether the change takes a new resource."""

    path: Path
    kind: Kind
    replaces: bool = False

    def __str__(self) -> str:
        return text_of(self.path)

    @property
    def property(self) -> str:
        """The resource's input property that the change lies in."""
        return str(self.path[0])


def differences(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    replace_on: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> tuple[Difference, ...]:
    """Every change from the old to the new inputs, in the order of their paths.

    `replace_on` names properties whose change replaces the resource, without positions in lists
    (`localSecondaryIndexes`, `globalSecondaryIndexes[].name`); `ignore` are `ignore_changes` paths.
    """
    replacing = [names_only(parse(pattern)) for pattern in replace_on]
    ignored = [parse(pattern) for pattern in ignore]
    found = [
        replace(change, replaces=any(covers(p, names_only(change.path)) for p in replacing))
        for change in _between((), old, new)
        if not any(covers(pattern, change.path) for pattern in ignored)
    ]
    return tuple(sorted(_without_type_changes_alone(found), key=str))


def same(old: Any, new: Any) -> bool:  # noqa: ANN401 -- JSON of any shape
    """Whether two values mean the same to AWS: nothing and empty do, and so do equal JSON texts."""
    if any(old == empty for empty in _EMPTY) and any(new == empty for empty in _EMPTY):
        return True
    if isinstance(old, bool) is not isinstance(new, bool):
        return False
    return bool(old == new) or _same_document(old, new)


def _between(path: Path, old: Any, new: Any) -> Iterator[Difference]:  # noqa: ANN401 -- as above
    if same(old, new):
        return
    if old is None or new is None:
        yield Difference(path=path, kind=Kind.ADD if old is None else Kind.DELETE)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in {**old, **new}:
            yield from _between((*path, name), old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _between_lists(path, old, new)
    else:
        yield Difference(path=path, kind=Kind.UPDATE)


def _between_lists(path: Path, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    gone, come = dict(enumerate(old)), dict(enumerate(new))
    if path[-1] in SETS:
        gone = {i: item for i, item in gone.items() if not _among(item, new)}
        come = {i: item for i, item in come.items() if not _among(item, old)}
    for position in {**gone, **come}:
        yield from _between((*path, position), gone.get(position), come.get(position))


def _among(item: Any, others: Sequence[Any]) -> bool:  # noqa: ANN401 -- as above
    return any(not list(_between(("",), item, other)) for other in others)


def _same_document(old: Any, new: Any) -> bool:  # noqa: ANN401 -- as above
    texts = (old, new)
    if not all(isinstance(text, str) and text.lstrip()[:1] in ("{", "[") for text in texts):
        return False
    try:
        return bool(json.loads(old) == json.loads(new))
    except json.JSONDecodeError:
        return False


def _without_type_changes_alone(found: list[Difference]) -> list[Difference]:
    """Drop a key attribute's new type that comes alone, as the AWS provider does."""
    others = [c for c in found if not (c.path[0] == "attributes" and c.path[-1] == "type")]
    return found if others else []
