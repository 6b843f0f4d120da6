"""The one place that knows how the engine hands configuration over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_all(known: Iterable[str]) -> dict[str, str]:
    """Return every configuration value of the running program by its full key.

    pulumi.Config answers for keys it is asked for and lists none, so a misspelled key would
    stay unseen; the keys are taken from where its own look-up takes them, and known ones are
    asked for as well, as they may be set by PULUMI_CONFIG_<KEY> variables.
    """
    keys = dict.fromkeys((*CONFIG.get(), *get_config_env(), *known))
    values = {key: _read(key) for key in keys}
    return {key: value for key, value in values.items() if value is not None}


def _read(key: str) -> str | None:
    namespace, _, name = key.rpartition(":")
    return pulumi.Config(namespace).get(name) if namespace else None
