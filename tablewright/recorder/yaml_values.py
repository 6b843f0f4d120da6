"""Reads YAML as the engine does, which is not as PyYAML does: `on` and `12:30` are strings."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from .errors import ConfigurationFileError

_REPLACED = {f"tag:yaml.org,2002:{kind}" for kind in ("bool", "int", "float", "timestamp")}


class _Loader(yaml.SafeLoader):
    """PyYAML with the scalars of YAML 1.2; a date stays the string it is written as."""

    yaml_implicit_resolvers = {  # noqa: RUF012 -- the shape PyYAML reads
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _REPLACED]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int",
    re.compile(r"^[-+]?(?:0|[1-9][0-9_]*|0o?[0-7_]+|0x[0-9a-fA-F_]+)$"),
    list("-+0123456789"),
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
    list("-+0123456789."),
)


def read_mapping(file: Path) -> dict[str, Any]:
    """Read a file that holds one mapping; an empty file is an empty one."""
    try:
        content = yaml.load(file.read_text("utf-8-sig"), Loader=_Loader)  # noqa: S506 -- a SafeLoader
    except yaml.YAMLError as error:
        raise ConfigurationFileError(f"'{file}' is not YAML: {error}") from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise ConfigurationFileError(f"'{file}' holds {content!r}; write a mapping of keys")
    return content


def as_text(value: Any) -> str:  # noqa: ANN401 -- any YAML value
    """Write a value as the engine hands it over: JSON; a string is bare, an empty value ''."""
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:  # noqa: ANN401 -- as above
    return json.dumps(_whole(value), separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def _whole(value: Any) -> Any:  # noqa: ANN401 -- as above
    """Turn 7.0 into 7, as the engine's JSON does."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {str(key): _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return value
