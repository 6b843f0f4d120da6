"""IAM policy documents as statements, whether they were given as JSON text or as objects.

Strict on purpose: what AWS would refuse, or what could be read in two ways (an element given
twice, an element of another name), raises MalformedError, which is a violation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, cast

from rules.framework.order import known_first
from rules.framework.reading import Properties
from rules.framework.tokens import (
    GROUP_POLICY,
    MANAGED_POLICY,
    PERMISSION_SET_INLINE_POLICY,
    ROLE,
    ROLE_POLICY,
    TABLE_RESOURCE_POLICY,
    USER_POLICY,
)
from rules.framework.values import MalformedError, plain
from rules.iam.statements import Condition, Statement, no_others, statement_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rules.framework.finding import Finding
    from rules.framework.subjects import Resource

__all__ = [
    "ACCESS_POLICIES",
    "POLICIES",
    "Condition",
    "Document",
    "Statement",
    "access_documents",
    "each_statement",
    "holding",
    "statements_of",
]

ACCESS_POLICIES: Final = (
    MANAGED_POLICY,
    ROLE_POLICY,
    USER_POLICY,
    GROUP_POLICY,
    ROLE,
    PERMISSION_SET_INLINE_POLICY,
)
"""The types that carry documents which give permissions; a role in its inline policies."""
POLICIES: Final = (*ACCESS_POLICIES, TABLE_RESOURCE_POLICY)
"""Those, and the policy of a table or stream, which says to whom it gives them."""

_HOLDING: Final = {ROLE: "inlinePolicies", PERMISSION_SET_INLINE_POLICY: "inlinePolicy"}
_ELEMENTS: Final = {"Version", "Id", "Statement"}
_KEPT: Final = 1000  # documents; AWS allows no more than 10,240 characters in one


@dataclass(frozen=True)
class Document:
    """One document of a resource, parsed when its statements are asked for."""

    where: str
    _properties: Properties
    _name: str

    def statements(self) -> tuple[Statement, ...]:
        """Return the statements; raises UnknownValueError and MalformedError."""
        return tuple(read() for read in self.readings())

    def readings(self) -> tuple[Callable[[], Statement], ...]:
        """Return what reads each statement, so that an unknown one does not hide the others."""
        given = self._properties.value(self._name)
        if given is None:
            return ()
        if isinstance(given, str):
            return _readings_of_text(given, self.where)
        body = _body(given, self.where)
        return tuple(partial(_statement, body, at, self.where) for at in range(len(body)))


def access_documents(resource: Resource) -> tuple[Document, ...]:
    """Return the documents by which a resource of POLICIES gives permissions."""
    properties, name = resource.properties, holding(resource)
    if resource.type == ROLE:
        return tuple(
            Document(f"{name}[{position}]", inline, "policy")
            for position, inline in enumerate(properties.sections(name))
        )
    return (Document(name, properties, name),)


def holding(resource: Resource) -> str:
    """Return the property of a resource of POLICIES that its documents are in."""
    return _HOLDING.get(resource.type, "policy")


def each_statement(
    resource: Resource, check: Callable[[Statement, str], Iterable[Finding]]
) -> Iterator[Finding]:
    """Judge every statement by which a resource gives permissions, those that are known first.

    The check is given the statement, and its place as messages name it.
    """
    documents = access_documents(resource)
    return known_first(*(_each_of(document, check) for document in documents))


def _each_of(
    document: Document, check: Callable[[Statement, str], Iterable[Finding]]
) -> Iterator[Finding]:
    yield from known_first(*(_judged(document, read, check) for read in document.readings()))


def _judged(
    document: Document,
    read: Callable[[], Statement],
    check: Callable[[Statement, str], Iterable[Finding]],
) -> Iterator[Finding]:
    statement = read()
    yield from check(statement, f"{document.where}: {statement.label}")


def statements_of(properties: Properties, name: str, where: str = "") -> tuple[Statement, ...]:
    """Return the statements of the document in a property, none where there is no document."""
    return Document(where or name, properties, name).statements()


def _readings_of_text(text: str, where: str) -> tuple[Callable[[], Statement], ...]:
    count = len(_body_of_text(text, where))
    return tuple(partial(_statement_of_text, text, at, where) for at in range(count))


# Eight rules read the same documents, as inputs and again as outputs; what raises is not kept.
@lru_cache(maxsize=8 * _KEPT)
def _statement_of_text(text: str, position: int, where: str) -> Statement:
    return _statement(_body_of_text(text, where), position, where)


@lru_cache(maxsize=_KEPT)
def _body_of_text(text: str, where: str) -> Sequence[object]:
    return _body(_parsed(text, where), where)


def _statement(body: Sequence[object], position: int, where: str) -> Statement:
    label = f"statement {position + 1}"
    return statement_of(plain(body[position], f"{where}: {label}"), label, where)


def _body(given: object, where: str) -> Sequence[object]:
    """Return the statements of a document as they were given."""
    if not isinstance(given, Mapping):
        raise MalformedError(where, "a policy document", given)
    no_others(dict.fromkeys(given), _ELEMENTS, where)
    body = Properties(given).value("Statement")
    alone = isinstance(body, str) or not isinstance(body, Sequence)
    return [body] if alone else cast("Sequence[object]", body)


def _parsed(text: str, where: str) -> object:
    def malformed(fault: str) -> MalformedError:
        return MalformedError(where, "a policy document in JSON", text, fault)

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for element, value in pairs:
            if element in found:
                raise malformed(f"gives {element!r} twice")
            found[element] = value
        return found

    try:
        parsed = json.loads(text, object_pairs_hook=once)
        json.dumps(parsed, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise malformed("holds half a character (of a pair from \\ud800 to \\udfff)") from None
    except ValueError as error:
        raise malformed(f"is not valid JSON ({error})") from None
    except RecursionError:
        raise malformed("is nested too deeply") from None
    return parsed
