"""From what the endpoint reports to inputs: what a refresh or an import writes to the state."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from .difference import same

FREE_KEYS: Final = frozenset({"tags", "dimensions"})
"""Maps whose keys the user chooses: a key that appeared outside Pulumi is drift."""

PLACE: Final = frozenset({"region"})
"""Where a resource is: its provider's affair, unless a program names it."""

_UNSET: Final[tuple[Any, ...]] = (None, "", False, [], {})


def refreshed_inputs(inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the inputs as declared, with what was found in the place of what no longer holds.

    Outputs hold more than was declared (defaults, computed values) and keep sets in their own
    order; neither is drift. A property that the endpoint does not report stays as declared.
    """
    return {
        name: _refreshed(name, value, outputs[name]) if name in outputs else value
        for name, value in inputs.items()
    }


def imported_inputs(outputs: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the inputs that would declare what was found: the named properties that are set.

    Its region is left out, for a program that names none would seem to ask for another.
    """
    found = {name: outputs[name] for name in sorted(set(names) - PLACE) if name in outputs}
    return {name: _set_parts(value) for name, value in found.items() if value not in _UNSET}


def _refreshed(name: str, declared: Any, found: Any) -> Any:  # noqa: ANN401 -- JSON of any shape
    if same(declared, found):
        return declared
    if isinstance(declared, Mapping) and isinstance(found, Mapping):
        if name in FREE_KEYS:
            return dict(found)
        return refreshed_inputs(declared, found)
    if isinstance(declared, list) and isinstance(found, list):
        return _refreshed_list(declared, found)
    return found


def _refreshed_list(declared: list[Any], found: list[Any]) -> list[Any]:
    """Match every element with the one found for it; then come those that nobody declared."""
    rest = list(found)
    refreshed = []
    for item in declared:
        match = _counterpart(item, rest)
        if match is not None:
            rest.remove(match)
            refreshed.append(_refreshed("", item, match))
    return refreshed + [_set_parts(item) for item in rest]


def _counterpart(item: Any, found: list[Any]) -> Any:  # noqa: ANN401 -- as above
    """Find the element of the same name, or the one that agrees in what was declared."""
    if isinstance(item, Mapping) and "name" in item:
        return next((other for other in found if other.get("name") == item["name"]), None)
    return next((other for other in found if same(_refreshed("", item, other), item)), None)


def _set_parts(value: Any) -> Any:  # noqa: ANN401 -- as above
    if isinstance(value, Mapping):
        return {name: _set_parts(item) for name, item in value.items() if item not in _UNSET}
    if isinstance(value, list):
        return [_set_parts(item) for item in value]
    return value
