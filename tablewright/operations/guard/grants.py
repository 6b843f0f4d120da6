"""What an access policy's document grants, and what another one no longer does."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Grant:
    """One action on one resource; `terms` is the rest of its statement as it is written."""

    action: str
    resource: str
    terms: str = ""

    def covers(self, other: Grant) -> bool:
        """Tell whether whoever has this may do the other too."""
        return (
            self.terms in {"", other.terms}
            and self._actions.fullmatch(other.action) is not None
            and self._resources.fullmatch(other.resource) is not None
        )

    def allows(self, action: str, resource: str) -> bool:
        """Tell whether this allows an action on a resource, under terms or without."""
        return Grant(self.action, self.resource).covers(Grant(action, resource))

    @cached_property
    def _actions(self) -> re.Pattern[str]:
        return _pattern(self.action, re.IGNORECASE)

    @cached_property
    def _resources(self) -> re.Pattern[str]:
        return _pattern(self.resource)


@dataclass(frozen=True)
class Document:
    """Everything that a document of Allow statements grants, under a version of the language."""

    version: str
    grants: tuple[Grant, ...]

    def lost_by(self, after: Document) -> Iterator[Grant]:
        """Give what another document no longer grants; all, where it speaks another language."""
        for grant in self.grants:
            if not self.keeps(grant, after):
                yield grant

    def keeps(self, grant: Grant, after: Document) -> bool:
        """Tell whether another document grants this too, in the same language."""
        kept = frozenset(after.grants) if self.version == after.version else frozenset()
        return grant in kept or any(each.covers(grant) for each in kept)


_EFFECTIVE: Final = frozenset({"Sid", "Effect", "Action", "Resource"})
_KEYS: Final = frozenset({"Version", "Id", "Statement"})


def document_of(value: Any) -> Document | None:  # noqa: ANN401 -- an input
    """Read a document; None where it holds anything but plain Allow statements."""
    try:
        body = json.loads(value) if isinstance(value, str) else value
        if not isinstance(body, dict) or set(body) - _KEYS:
            return None
        statements = body["Statement"]
        listed = statements if isinstance(statements, list) else [statements]
        grants = tuple(grant for each in listed for grant in _grants(each))
        return Document(version=str(body.get("Version")), grants=grants)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def denies(value: Any) -> bool:  # noqa: ANN401 -- an input
    """Tell whether a document has a statement that denies something."""
    try:
        body = json.loads(value) if isinstance(value, str) else value
        statements = body["Statement"]
        listed = statements if isinstance(statements, list) else [statements]
        return any(each["Effect"] != "Allow" for each in listed)
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _grants(statement: dict[str, Any]) -> Iterator[Grant]:
    if statement["Effect"] != "Allow":
        raise ValueError
    rest = {key: value for key, value in statement.items() if key not in _EFFECTIVE and value}
    terms = json.dumps(rest, sort_keys=True) if rest else ""
    for action in _listed(statement["Action"]):
        for resource in _listed(statement["Resource"]):
            yield Grant(action, resource, terms)


def _listed(value: Any) -> list[str]:  # noqa: ANN401 -- a text or a list of them
    listed = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in listed):
        raise TypeError
    return listed


def _pattern(wildcards: str, flags: int = 0) -> re.Pattern[str]:
    """Compile IAM's wildcards; `?` stands for no `*`, which may be any number of characters."""
    parts = {"*": ".*", "?": "[^*]"}
    return re.compile(
        "".join(parts.get(each) or re.escape(each) for each in wildcards), flags | re.DOTALL
    )
