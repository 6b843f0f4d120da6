"""Statements of an access policy, read strictly: what AWS would refuse raises MalformedError."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rules.framework.values import MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ELEMENTS: Final = {
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


def statement_of(given: object, label: str, where: str) -> Statement:
    """Return a statement from its plain form; raises MalformedError."""
    at = f"{where}: {label}"
    if not isinstance(given, Mapping):
        raise MalformedError(at, "an object", given)
    no_others(given, _ELEMENTS, at)
    effect, sid = given.get("Effect"), given.get("Sid")
    if effect not in ("Allow", "Deny"):
        raise MalformedError(f"{at} Effect", "Allow or Deny", effect)
    for element in ("Action", "Resource", "Principal"):
        if given.get(element) is not None and given.get(f"Not{element}") is not None:
            raise MalformedError(at, f"without Not{element} where it has {element}", given)
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


def no_others(given: Mapping[str, object], known: set[str], where: str) -> None:
    """Refuse an element of another name, such as `action`: IAM would not read it."""
    if not known.issuperset(given):
        raise MalformedError(where, f"made of {', '.join(sorted(known))}", given)


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
    operators = given.get("Condition")
    if operators is None:
        return
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
