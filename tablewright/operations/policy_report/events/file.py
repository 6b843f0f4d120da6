"""Engine events as the Pulumi CLI writes them: one JSON object each, usually one a line."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STREAMING_VARIABLE: Final = "PULUMI_ENABLE_STREAMING_JSON_PREVIEW"
"""Without it, `pulumi preview --json` leaves out what policies say."""
REMEDY: Final = (
    "give the whole output of `pulumi policy analyze --json`, `pulumi up --json`, or "
    f"`pulumi preview --json` with {STREAMING_VARIABLE}=1"
)
"""What to do about a file that cannot be read."""

_ENVELOPE: Final = frozenset({"sequence", "timestamp"})
_OF_A_DIGEST: Final = frozenset(
    {"config", "steps", "diagnostics", "duration", "changeSummary", "maybeCorrupt"}
)
_COLOURS: Final = re.compile(r"<\{%.*?%\}>|\x1b\[[0-9;]*[A-Za-z]")
_BLANK: Final = re.compile(r"\s*")


@dataclass(frozen=True)
class Event:
    """One event: its place, its number in the run, its kind, and what it says."""

    where: str
    sequence: int
    kind: str
    content: Mapping[str, Any]

    def text(self, key: str) -> str:
        """Return a text of the event; empty where the CLI leaves it out."""
        value = self.content.get(key, "")
        if not isinstance(value, str):
            raise self.malformed(key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where the CLI leaves it out."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.malformed(key)
        return tuple(value)

    def mapping(self, key: str) -> Mapping[str, Any]:
        """Return an object of the event; empty where the CLI leaves it out."""
        value = self.content.get(key)
        if value is None:  # an empty map of Go
            return {}
        if not isinstance(value, dict):
            raise self.malformed(key)
        return value

    def message(self) -> str:
        """Return its message without colour tags, which stay in with `--color always`."""
        return _COLOURS.sub("", self.text("message")).strip()

    def malformed(self, key: str) -> OperationError:
        """Return the error of a value that no CLI writes."""
        return OperationError(f"{self.where}: {key!r} of the {self.kind} is malformed; {REMEDY}")


def events_of(text: str, source: str) -> tuple[Event, ...]:
    """Return the events of a file, at least one; OperationError where it holds anything else."""
    found: list[Event] = []
    digest = ""
    for where, value in _values(text, source):
        if event := _event(where, value):
            found.append(event)
        elif isinstance(value, dict) and value and value.keys() <= _OF_A_DIGEST:
            digest = where  # `pulumi up --json` writes one, then the events of the deployment
        else:
            raise OperationError(f"{where}: this is no event of the Pulumi engine; {REMEDY}")
    if found:
        return tuple(found)
    if digest:
        raise OperationError(
            f"{digest}: the preview is a digest, which leaves out what policies say; set "
            f"{STREAMING_VARIABLE}=1 and run it again"
        )
    raise OperationError(
        f"{source}: is empty; what stopped the command is on its standard error (or the state has "
        f"no resources); {REMEDY}"
    )


def _event(where: str, value: object) -> Event | None:
    if not isinstance(value, dict) or not isinstance(value.get("sequence"), int):
        return None
    kinds = value.keys() - _ENVELOPE
    if len(kinds) != 1:
        return None
    kind = next(iter(kinds))
    content = value[kind]
    return Event(where, value["sequence"], kind, content) if isinstance(content, dict) else None


def _values(text: str, source: str) -> Iterator[tuple[str, Any]]:
    """Give every JSON value of a text, with its place; a digest goes over many lines."""
    decoder = json.JSONDecoder()
    text = text.removeprefix("\ufeff")  # Windows shells write one when they redirect
    position, line, counted = _after_blanks(text, 0), 1, 0
    while position < len(text):
        line, counted = line + text.count("\n", counted, position), position
        try:
            value, end = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            raise OperationError(
                f"{source}:{error.lineno}: is not valid JSON, or is cut off ({error.msg}); {REMEDY}"
            ) from None
        except RecursionError:
            raise OperationError(f"{source}:{line}: is nested too deeply; {REMEDY}") from None
        yield f"{source}:{line}", value
        position = _after_blanks(text, end)


def _after_blanks(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position
