"""IAM policy documents as statements, whether they were given as JSON text or as objects.

Strict on purpose: what AWS would refuse, or what could be read in two ways (an element given
twice, an element of another name), raises MalformedError, which is a violation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from .reading import MalformedError, plain
from .tokens import GROUP_POLICY, MANAGED_POLICY, ROLE, ROLE_POLICY, USER_POLICY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .reading import Properties
    from .subjects import Resource

ACCESS_POLICIES: Final = (MANAGED_POLICY, ROLE_POLICY, USER_POLICY, GROUP_POLICY, ROLE)
"""The types that carry documents which give permissions; a role in its inline policies."""

_ELEMENTS: Final = {"Version", "Id", "Statement"}
_STATEMENT_ELEMENTS: Final = {
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource",
    "Condition",
}  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """One operator on one condition key, such as `StringEquals` on `aws:SourceAccount`."""

    operator: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement; `label` names it in messages. Absent elements are empty."""

    label: str
    effect: str
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    principals: tuple[tuple[str, str], ...] = ()
    """Kind and value, such as `("AWS", "arn:…")`; the bare `*` is `("*", "*")`."""
    not_principals: tuple[tuple[str, str], ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def allows(self) -> bool:
        """Tell whether the statement grants something."""
        return self.effect == "Allow"


@dataclass(frozen=True)
class Document:
    """One document of a resource, parsed when its statements are asked for."""

    where: str
    _properties: Properties
    _name: str

    def statements(self) -> tuple[Statement, ...]:
        """Return the statements; raises UnknownValueError and MalformedError."""
        return statements_of(self._properties, self._name, self.where)


def access_documents(resource: Resource) -> tuple[Document, ...]:
    """Return the documents by which a resource of ACCESS_POLICIES gives permissions."""
    properties = resource.properties
    if resource.type == ROLE:
        return tuple(
            Document(f"inlinePolicies[{position}]", inline, "policy")
            for position, inline in enumerate(properties.sections("inlinePolicies"))
        )
    return (Document("policy", properties, "policy"),)


def statements_of(properties: Properties, name: str, where: str = "") -> tuple[Statement, ...]:
    """Return the statements of the document in a property, none where there is no document."""
    given = properties.value(name)
    if given is None:
        return ()
    document = _parsed(given, where or name) if isinstance(given, str) else plain(given)
    if not isinstance(document, Mapping):
        raise MalformedError(where or name, "a policy document", document)
    _no_others(document, _ELEMENTS, where or name)
    body = document.get("Statement")
    each = body if isinstance(body, list) else [body]
    return tuple(
        _statement(statement, f"statement {position}", where or name)
        for position, statement in enumerate(each, start=1)
    )


def _parsed(text: str, where: str) -> object:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise MalformedError(where, "a document that gives each element once", text)
        return found

    try:
        return json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise MalformedError(where, "a policy document in JSON", text) from None


def _no_others(given: Mapping[str, object], known: set[str], where: str) -> None:
    others = [key for key in given if key not in known]
    if others:
        raise MalformedError(where, f"made of {', '.join(sorted(known))}", given)


def _statement(given: object, label: str, where: str) -> Statement:
    at = f"{where}: {label}"
    if not isinstance(given, Mapping):
        raise MalformedError(at, "an object", given)
    _no_others(given, _STATEMENT_ELEMENTS, at)
    effect, sid = given.get("Effect"), given.get("Sid")
    if effect not in {"Allow", "Deny"}:
        raise MalformedError(f"{at} Effect", "Allow or Deny", effect)
    return Statement(
        label=f"{label} ({sid})" if isinstance(sid, str) and sid else label,
        effect=str(effect),
        actions=_texts(given, "Action", at),
        not_actions=_texts(given, "NotAction", at),
        resources=_texts(given, "Resource", at),
        not_resources=_texts(given, "NotResource", at),
        principals=tuple(_principals(given, "Principal", at)),
        not_principals=tuple(_principals(given, "NotPrincipal", at)),
        conditions=tuple(_conditions(given, at)),
    )


def _texts(given: Mapping[str, Any], element: str, at: str) -> tuple[str, ...]:
    """Return the strings of an element that may be one or a list of them."""
    value = given.get(element)
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(each, str) for each in values):
        raise MalformedError(f"{at} {element}", "a string or a list of strings", value)
    return tuple(values)


def _principals(given: Mapping[str, Any], element: str, at: str) -> Iterator[tuple[str, str]]:
    value = given.get(element)
    if value is None:
        return
    if isinstance(value, str):
        yield ("*", value)
        return
    if not isinstance(value, Mapping):
        raise MalformedError(f"{at} {element}", "`*` or an object", value)
    for kind in value:
        for each in _texts(value, kind, f"{at} {element}"):
            yield (kind, each)


def _conditions(given: Mapping[str, Any], at: str) -> Iterator[Condition]:
    operators = given.get("Condition") or {}
    if not isinstance(operators, Mapping):
        raise MalformedError(f"{at} Condition", "an object", operators)
    for operator, keys in operators.items():
        if not isinstance(keys, Mapping):
            raise MalformedError(f"{at} Condition.{operator}", "an object", keys)
        for key, values in keys.items():
            yield Condition(operator, key, _condition_values(values, f"{at} Condition.{operator}"))


def _condition_values(given: object, at: str) -> tuple[str, ...]:
    """Return the values as IAM compares them: booleans and numbers count as their text."""
    values: Sequence[object] = given if isinstance(given, list) else [given]
    if not all(isinstance(each, str | bool | int | float) for each in values):
        raise MalformedError(at, "a value or a list of values", given)
    return tuple(str(each).lower() if isinstance(each, bool) else str(each) for each in values)
