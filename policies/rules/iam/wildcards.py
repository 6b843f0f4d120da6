"""What the wildcards in a resource reach, each kind under an id of its own for waivers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rules.iam.arns import before_wildcard, filled_in, has_wildcard

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS: Final = 6
_LOG_STREAMS: Final = re.compile(
    r"arn:[a-z-]+:logs:[a-z0-9-]+:[0-9]{12}:log-group:[A-Za-z0-9._/#-]+:(log-stream:)?\*"
)
_BELOW_A_TABLE: Final = frozenset({"index", "stream", "backup", "export", "import"})


@dataclass(frozen=True)
class Wildcard:
    """One wildcard of a resource: what it reaches, and what to write in its place."""

    id: str
    reach: str
    remedy: str


def wildcards_of(resource: str) -> Iterator[Wildcard]:
    """Give every wildcard of a statement's resource but the label of one table's stream."""
    resource = filled_in(resource, "-")
    if not has_wildcard(resource):
        return
    parts = resource.split(":", _PARTS - 1)
    if parts[-1].endswith("*"):
        parts += ["*"] * (_PARTS - len(parts))  # the last `*` stands for colons too
    if len(parts) < _PARTS or not parts[2] or has_wildcard(":".join((parts[0], parts[2]))):
        yield Wildcard("everything", "which is held to no service", "name the ARNs that are needed")
        return
    _, partition, service, region, account, name = parts
    for id_, text in (("partition", partition), ("region", region), ("account", account)):
        if has_wildcard(text):
            yield Wildcard(id_, f"which is of more than one {id_}", f"name the {id_}")
    if has_wildcard(name):
        yield from _of_name(service, name)


def is_any_log_stream(resource: str) -> bool:
    """Tell whether a resource is the log streams of one log group, which get their names later."""
    return _LOG_STREAMS.fullmatch(resource) is not None


def _of_name(service: str, name: str) -> Iterator[Wildcard]:
    if service == "dynamodb" and not has_wildcard(kind := name.partition("/")[0]):
        yield from _of_table(name) if kind == "table" else _other()
    elif service == "dynamodb":
        yield Wildcard("every-table", "which is every table, with all below", "name the table")
    elif service == "ssm" and "parameter".startswith(before_wildcard(name)):
        yield Wildcard("every-parameter", "which is every parameter", "name the parameters")
    elif service == "ssm" and name.startswith("parameter/"):
        yield from _of_parameter(name)
    else:
        yield from _other()


def _of_table(name: str) -> Iterator[Wildcard]:
    _, table, *below = name.split("/", 3)
    if has_wildcard(table):
        if not table.strip("*?"):
            yield Wildcard("every-table", "which is every table, with all below", "name the table")
        else:
            reach = "which is every table of that form, with all below"
            yield Wildcard("table", reach, "name the table")
        return
    kind = below[0] if below else ""
    if below == ["stream", "*"]:
        return
    if kind in _BELOW_A_TABLE:
        yield Wildcard(kind, f"which is more than one {kind} of the table", f"name the {kind}")
    else:
        yield Wildcard("below-table", "which is all below the table", "name the index or stream")


def _of_parameter(name: str) -> Iterator[Wildcard]:
    if not name.removeprefix("parameter/").strip("*?/"):
        yield Wildcard("every-parameter", "which is every parameter", "name the parameters")
    else:
        reach = "which is every parameter below that path, now and later"
        yield Wildcard("parameter", reach, "name the parameters")


def _other() -> Iterator[Wildcard]:
    yield Wildcard("resource", "which is more than one resource", "name the resource")
