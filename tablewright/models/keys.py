"""Key templates: how a record's fields become a key attribute, and never two the same one.

A template is text with fields in angle brackets:

`USER#<userId>`    the field's value, with `#` and `%` percent-encoded
`<status>#<userId%8>`  a shard: CRC-32 of the field's UTF-8 bytes modulo 8
`KEY#<key*>`       any prefix of the field, for `begins_with` alone

Fields are parted by text with a `#`, which no value contains once it is encoded, so that two
different records can never meet in one key.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tablewright.models.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LEAST_SHARDS = 2
LAST = "\U0010ffff"
"""Sorts after every character: ends a BETWEEN over all keys that begin alike."""

_PART = re.compile(r"<(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?:%(?P<shards>\d+)|(?P<prefix>\*))?>")


def encode(value: str) -> str:
    """Escape `%` and `#`, so that a value cannot contain a separator."""
    return value.replace("%", "%25").replace("#", "%23")


def decode(text: str) -> str:
    """Undo `encode`."""
    return text.replace("%23", "#").replace("%25", "%") if "%" in text else text


def shard_of(value: str, shards: int) -> int:
    """Return the shard of an id: CRC-32 of its UTF-8 bytes modulo the number of shards."""
    return zlib.crc32(value.encode()) % shards


@dataclass(frozen=True)
class Field:
    """One place in a template that a record's field fills."""

    name: str
    shards: int = 0
    prefix: bool = False

    @property
    def pattern(self) -> str:
        """What it looks like in a key; a shard tells nothing of its field."""
        return r"\d+" if self.shards else f"(?P<{self.name}>[^#]+)"


@dataclass(frozen=True)
class KeyTemplate:
    """How one key attribute is composed from a record's fields."""

    text: str

    def __post_init__(self) -> None:
        if not self.parts:
            raise ModelError("key template '' is empty; AWS refuses an empty key attribute")
        for part in self.parts:
            if isinstance(part, str) and ("<" in part or ">" in part):
                raise ModelError(
                    f"key template {self.text!r}: {part!r} is no field; write <name>, <name%8> "
                    "or <name*>"
                )
        for match in _PART.finditer(self.text):
            if match["shards"] and int(match["shards"]) < LEAST_SHARDS:
                raise ModelError(
                    f"key template {self.text!r}: {match[0]!r} has {match['shards']} shards; "
                    f"spread over at least {LEAST_SHARDS}, or write <{match['name']}>"
                )
        self._check_fields_are_parted()
        for part in self.parts[:-1]:
            if isinstance(part, Field) and part.prefix:
                raise ModelError(
                    f"key template {self.text!r}: prefix field <{part.name}*> has a part after "
                    "it; a prefix field stands last"
                )

    def _check_fields_are_parted(self) -> None:
        previous, between = "", "#"
        for part in self.parts:
            if isinstance(part, str):
                between += part
                continue
            if "#" not in between:
                raise ModelError(
                    f"key template {self.text!r}: fields {previous!r} and {part.name!r} have "
                    f"{between!r} between them, so two records could share a key; put text with "
                    "a '#' there"
                )
            previous, between = part.name, ""

    @cached_property
    def parts(self) -> tuple[Field | str, ...]:
        """Text and fields in order."""
        parts: list[Field | str] = []
        position = 0
        for match in _PART.finditer(self.text):
            if match.start() > position:
                parts.append(self.text[position : match.start()])
            name, shards, prefix = match.groups()
            parts.append(Field(name, int(shards or 0), bool(prefix)))
            position = match.end()
        if position < len(self.text):
            parts.append(self.text[position:])
        return tuple(parts)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields in order."""
        return tuple(part for part in self.parts if isinstance(part, Field))

    @cached_property
    def shards(self) -> int:
        """How many partitions the template spreads one value over; 1 where it has no shard."""
        return max((field.shards for field in self.fields), default=0) or 1

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # A value holds no "#" once it is encoded, so there is one way to read a key.
        parts = (re.escape(p) if isinstance(p, str) else p.pattern for p in self.parts)
        return re.compile("".join(parts))

    def parse(self, key: str) -> dict[str, str]:
        """Return the fields that a key is composed of; raises ModelError for another's key."""
        return {name: decode(text) for name, text in self._match(key).groupdict().items()}

    def reader(self, name: str) -> Callable[[str], str]:
        """Return what reads one field of a key, as `parse` reads all."""
        return lambda key: decode(self._match(key)[name])

    def _match(self, key: str) -> re.Match[str]:
        match = self._pattern.fullmatch(key)
        if match is None:
            raise ModelError(f"key template {self.text!r}: {key!r} is not composed by it")
        return match

    def render(self, values: Mapping[str, str], *, shard: int | None = None) -> str:
        """Compose the key attribute; `shard` chooses one for a read that visits all of them.

        Raises ModelError for a field that is missing, empty or no string.
        """
        return "".join(
            part if isinstance(part, str) else self._render(part, values, shard)
            for part in self.parts
        )

    def _render(self, field: Field, values: Mapping[str, str], shard: int | None) -> str:
        if field.shards and shard is not None:
            return str(shard)
        value = values.get(field.name)
        if not isinstance(value, str) or (not value and not field.prefix):
            # What it is may be secret, or a number of too many digits to be written.
            said = type(value).__name__ if value else repr(value)
            where = f"key template {self.text!r}: field {field.name!r}"
            raise ModelError(f"{where} is {said}; it is a string of at least one character")
        if field.shards:
            return str(shard_of(value, field.shards))
        return encode(value)

    def covers(self, condition: KeyTemplate, *, whole: bool) -> bool:
        """Tell whether `condition` can match keys of this template.

        With `whole` it must compose the same key; otherwise a beginning of it, which may end
        within text or after a field.
        """
        mine, theirs = _tokens(self), _tokens(condition)
        if whole:
            return mine == theirs
        theirs = [token.replace("*>", ">") for token in theirs]
        return mine[: len(theirs)] == theirs


def _tokens(template: KeyTemplate) -> list[str]:
    """Split into single characters of text and whole fields, for comparison by position."""
    tokens: list[str] = []
    for part in template.parts:
        if isinstance(part, str):
            tokens.extend(part)
            continue
        shard = f"%{part.shards}" if part.shards else ""
        tokens.append(f"<{part.name}{shard}{'*' if part.prefix else ''}>")
    return tokens
