"""An offline evaluator of the IAM that this project generates; what it does not know it refuses.

It knows Allow, listed actions, exact ARNs (and the label of a stream as the only wildcard), and
the operators StringEquals, ForAllValues:StringEquals and Null. Anything else raises, so that a
document can never pass because a part of it was not understood.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.iam_resources import ACTIONS, ANY, covers, kind_of

Context = Mapping[str, str | tuple[str, ...]]

_SINGLE_VALUED = ("kms:ViaService",)
_MULTIVALUED = ("dynamodb:LeadingKeys",)
_PRINCIPAL_TAG = re.compile(r"aws:PrincipalTag/[A-Za-z0-9_.:/=+@-]+")
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_SID = re.compile(r"[A-Za-z0-9]+")
_STATEMENT_ELEMENTS = {"Sid", "Effect", "Action", "Resource", "Condition"}


class NotUnderstoodError(Exception):
    """A document or request outside of the subset that this evaluator knows."""


@dataclass(frozen=True)
class Request:
    """One authorisation: an action on a resource, with what the request carries."""

    action: str
    resource: str
    context: Context = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise NotUnderstoodError(f"request: action {self.action!r} is not in the table")
        if kind_of(self.resource) is None or self.resource.endswith("/*"):
            raise NotUnderstoodError(f"request: {self.resource!r} names no single resource")
        for key, value in self.context.items():
            _check_key(key, multivalued=isinstance(value, tuple))


class Access:
    """What a principal with these policy documents may do."""

    def __init__(self, documents: Iterable[str]) -> None:
        self._statements = [entry for text in documents for entry in _statements(text)]

    def allows(self, request: Request) -> bool:
        """Tell whether any statement allows the request; what none allows is denied."""
        kind = kind_of(request.resource)
        return kind in ACTIONS[request.action] and any(
            request.action in entry["Action"]
            and any(covers(arn, request.resource) for arn in entry["Resource"])
            and _holds(entry.get("Condition", {}), request.context)
            for entry in self._statements
        )


def _statements(text: str) -> list[dict[str, Any]]:
    body = json.loads(text)
    if set(body) != {"Version", "Statement"} or body["Version"] != "2012-10-17":
        raise NotUnderstoodError(f"a document has Version 2012-10-17 and Statement: {body}")
    entries: list[dict[str, Any]] = body["Statement"]
    sids = [entry.get("Sid", "") for entry in entries]
    if not entries or len(set(sids)) != len(sids) or not all(map(_SID.fullmatch, sids)):
        raise NotUnderstoodError(f"statement ids are letters and digits, each used once: {sids}")
    for entry in entries:
        _check_statement(entry)
    return entries


def _check_statement(entry: dict[str, Any]) -> None:
    if not set(entry) <= _STATEMENT_ELEMENTS or entry.get("Effect") != "Allow":
        raise NotUnderstoodError(f"an element or effect outside of the subset: {entry}")
    for element in ("Action", "Resource"):
        if not isinstance(entry.get(element), list) or not entry[element]:
            raise NotUnderstoodError(f"{element} is a list of at least one: {entry}")
    for action in entry["Action"]:
        if action not in ACTIONS:
            raise NotUnderstoodError(f"action {action!r} is not in the table")
        alone = entry["Resource"] == [ANY]
        if not (alone if ANY in ACTIONS[action] else ANY not in entry["Resource"]):
            raise NotUnderstoodError(f"`*` stands alone, for actions that accept only it: {entry}")
    for resource in entry["Resource"]:
        if kind_of(resource) is None:
            raise NotUnderstoodError(f"{resource!r} is no exact ARN of a known kind")
    for operator, keys in entry.get("Condition", {}).items():
        _check_condition(operator, keys)


def _check_condition(operator: str, keys: Mapping[str, Any]) -> None:
    if operator not in _OPERATORS:
        raise NotUnderstoodError(f"condition operator {operator!r} is not known")
    for key, values in keys.items():
        if operator == "Null":
            _check_key(key)
            if values not in ("true", "false"):
                raise NotUnderstoodError(f"Null compares with 'true' or 'false', not {values!r}")
            continue
        _check_key(key, multivalued=operator.startswith("ForAllValues:"))
        for value in _listed(values):
            for name in _VARIABLE.findall(value):
                if not _PRINCIPAL_TAG.fullmatch(name):
                    raise NotUnderstoodError(f"policy variable {name!r} is not known")


def _check_key(key: str, *, multivalued: bool | None = None) -> None:
    single = key in _SINGLE_VALUED or _PRINCIPAL_TAG.fullmatch(key)
    if not single and key not in _MULTIVALUED:
        raise NotUnderstoodError(f"condition key {key!r} is not known")
    if multivalued is not None and multivalued is not (key in _MULTIVALUED):
        raise NotUnderstoodError(f"condition key {key!r}: one value, or a set of them?")


def _holds(conditions: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    return all(
        _OPERATORS[operator](context.get(key), values, context)
        for operator, keys in conditions.items()
        for key, values in keys.items()
    )


def _string_equals(found: Any, values: Any, context: Context) -> bool:
    return found is not None and found in _resolved(values, context)


def _for_all_values(found: Any, values: Any, context: Context) -> bool:
    """Hold for every value that is there, and so too where the request carries none."""
    return set(found or ()) <= _resolved(values, context)


def _null(found: Any, values: Any, _context: Context) -> bool:
    """Hold for 'true' where the key is absent, for 'false' where it is there."""
    return (not found) is (values == "true")


_OPERATORS = {
    "StringEquals": _string_equals,
    "ForAllValues:StringEquals": _for_all_values,
    "Null": _null,
}


def _resolved(values: Any, context: Context) -> set[str]:
    """Fill in policy variables; a value with one that the principal lacks matches nothing."""
    resolved = set()
    for value in _listed(values):
        names = _VARIABLE.findall(value)
        if all(name in context for name in names):
            resolved.add(_VARIABLE.sub(lambda match: str(context[match[1]]), value))
    return resolved


def _listed(values: str | list[str]) -> list[str]:
    return [values] if isinstance(values, str) else values
