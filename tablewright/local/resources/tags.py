"""Tags between the provider's form and those of the services."""

from collections.abc import Mapping
from typing import Any


def declared(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Take the tags from the inputs; none when they declare none."""
    return dict(inputs.get("tags") or {})


def pairs(tags: Mapping[str, str]) -> list[Any]:
    """Turn tags into the form of most services: a list of Key and Value."""
    return [{"Key": key, "Value": value} for key, value in sorted(tags.items())]


def mapping(found: list[Any]) -> dict[str, str]:
    """Turn a service's list back into a mapping, sorted by key."""
    return dict(sorted((tag["Key"], tag["Value"]) for tag in found))


def outputs(tags: Mapping[str, str]) -> dict[str, Any]:
    """Give `tags` and `tagsAll` as the provider does: `tags` is left out when there are none."""
    return {**({"tags": dict(tags)} if tags else {}), "tagsAll": dict(tags)}


def changes(
    found: Mapping[str, str], wanted: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Tell the tags to set and the keys to remove so that `found` becomes `wanted`."""
    to_set = {key: value for key, value in wanted.items() if found.get(key) != value}
    return to_set, [key for key in found if key not in wanted]
