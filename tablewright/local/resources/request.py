"""Requests as plain dicts."""

from typing import Any


def without_empty(request: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is None or empty: AWS refuses empty lists where it takes none."""
    return {key: value for key, value in request.items() if value not in (None, [], {}, "")}
