"""Commands of this project that a document or a script names, and whether they exist."""

from __future__ import annotations

import re
import shlex
from functools import cache
from typing import TYPE_CHECKING, Any

import typer

from tablewright.operations.command_line import app
from tests.support.recording import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMAND = re.compile(r"(?:^|[\s`(;&|])((?:\.venv/bin/)?tablewright|make)((?: +[^\s`;&|#()]+)*)")
_TARGET = re.compile(r"^([A-Za-z./$()_-]+) *:(?!=)", re.MULTILINE)
_PLACEHOLDER = "…"
_CODE = re.compile(r"^ *```\w*\n(.*?)^ *```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)


def mistakes_in(text: str) -> Iterator[str]:
    """Name each `make` target and `tablewright` option in a text that does not exist."""
    joined = text.replace("\\\n", " ")
    for program, rest in _COMMAND.findall(joined):
        words = _split(rest)
        if program == "make":
            yield from _of_make(words)
        elif words:
            yield from _of_tablewright(words)


def code_of(page: str) -> str:
    """Return what a page shows as code, in blocks and within its lines."""
    return "\n".join(block or inline for block, inline in _CODE.findall(page))


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


@cache
def _makefile() -> tuple[frozenset[str], str]:
    text = (ROOT / "Makefile").read_text()
    expanded = text.replace("$(INSTALLED)", ".venv/.installed")
    return frozenset(_TARGET.findall(expanded)), text


def _of_make(words: list[str]) -> Iterator[str]:
    targets, text = _makefile()
    for word in words:
        name, equals, _ = word.partition("=")
        if equals:
            if f"$({name})" not in text:
                yield f"make: the Makefile reads no {name}"
        elif word not in targets and word != _PLACEHOLDER:
            yield f"make: there is no target {word!r}"


@cache
def _commands() -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def _of_tablewright(words: list[str]) -> Iterator[str]:
    command = _commands().get(words[0])
    if command is None:
        yield f"tablewright: there is no command {words[0]!r}"
        return
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    for word in words[1:]:
        name = word.partition("=")[0]
        if name.startswith("--") and name not in options:
            yield f"tablewright {words[0]}: there is no option {name}"
