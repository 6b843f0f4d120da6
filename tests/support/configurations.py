"""Stack configurations for tests: what the engine hands over, by full key."""

from __future__ import annotations

import json

import pytest

from tablewright.environment import ConfigurationError, Settings
from tablewright.models.catalog import CATALOG

_LEAST = {
    "environment": "dev",
    "project": "dropify",
    "owner": "team-data",
    "costCenter": "0042",
    "stores": ["file_sharing", "shop"],
}


def configuration(*, region="us-east-1", **changes):
    """Give the least configuration with changes by key; None leaves a key out."""
    values = {f"tablewright:{key}": raw(value) for key, value in (_LEAST | changes).items()}
    values["aws:region"] = region
    return {key: value for key, value in values.items() if value is not None}


def settings(*, catalog=CATALOG, **changes):
    """Load the least configuration with changes by key."""
    return Settings.of(configuration(**changes), catalog)


def problems(*, catalog=CATALOG, **changes):
    """Load a configuration that is refused; give its problems as text."""
    with pytest.raises(ConfigurationError) as refused:
        settings(catalog=catalog, **changes)
    return [str(problem) for problem in refused.value.problems]


def raw(value):
    """Write a value as the engine does: scalars as YAML writes them, the rest as JSON."""
    return value if isinstance(value, str | None) else json.dumps(value)
