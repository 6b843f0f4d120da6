"""The values of plain arguments: which are given, and which have the wrong type or form."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, NotRequired, get_args, get_origin

import pulumi

from tablewright.environment.configuration_schema import KeyArn, TopicArn
from tablewright.environment.field_types import Region, RoleName, matching, unlike

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ACCOUNT = Annotated[str, matching(r"[0-9]{12}", "an account's id", "write its 12 digits")]
_FORMS: Mapping[str, Any] = MappingProxyType(
    {
        "account_id": _ACCOUNT,
        "alarm_topic_arn": TopicArn,
        "customer_managed_key_arn": KeyArn,
        "region": Region,
    }
)


def given(args: Mapping[str, Any]) -> dict[str, Any]:
    """Give the arguments by name, without those of None and blank text, which say nothing."""
    return {
        key: value
        for key, value in args.items()
        if value is not None and not (isinstance(value, str) and not value.strip())
    }


def misshapen(args: Mapping[str, Any], kind: type) -> Iterator[str]:
    """Say which values have another type than that kind of store's arguments, or a wrong form."""
    for key, value in given(args).items():
        fits, told = _TYPES.get(_type_of(kind, key), (_anything, ""))
        if not fits(value):
            yield f"{key}: {_shown(value)} is not {told}"
        elif key == "role_names":
            yield from _bad_roles(value)
        elif key in _FORMS and isinstance(value, str):
            yield from _bad_form(key, _FORMS[key], value)


def _type_of(kind: type, key: str) -> object:
    annotation = kind.__annotations__.get(key)
    return get_args(annotation)[0] if get_origin(annotation) is NotRequired else annotation


def _bad_roles(role_names: Mapping[str, list[str]]) -> Iterator[str]:
    for consumer, names in role_names.items():
        for name in names:
            yield from _bad_form(f"role_names.{consumer}", RoleName, name)


def _bad_form(key: str, form: Any, value: str) -> Iterator[str]:  # noqa: ANN401 - as for `unlike`
    if problem := unlike(form, value):
        yield f"{key}: {value!r} {problem}"


def _shown(value: object) -> str:
    return "an output" if isinstance(value, pulumi.Output) else repr(value)


def _anything(_: object) -> bool:
    return True


def _text(value: object) -> bool:
    return isinstance(value, str)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _whole_number(value: object) -> bool:
    """Take 7.0 too, as which a whole number arrives from other languages."""
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(map(_text, value))


def _text_by_key(value: object) -> bool:
    return isinstance(value, dict) and all(map(_text, (*value, *value.values())))


def _texts_by_key(value: object) -> bool:
    return isinstance(value, dict) and all(map(_text, value)) and all(map(_texts, value.values()))


_TYPES: Mapping[Any, tuple[Callable[[object], bool], str]] = MappingProxyType(
    {
        str: (_text, "text known before deployment; write it in quotes"),
        bool: (_flag, "true or false; write one of them without quotes"),
        int: (_whole_number, "a whole number; write digits only, without quotes"),
        list[str]: (_texts, 'a list of text; write ["first", "second"]'),
        dict[str, str]: (_text_by_key, 'text by key; write {"Team": "data"}'),
        dict[str, list[str]]: (
            _texts_by_key,
            'lists of text by key; write {"api": ["api-service"]}',
        ),
    }
)
"""How a value of each annotated type is checked; any other type is left to the engine."""
