"""How one configuration value is read: every value arrives as text, lists and objects as JSON."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Strict, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

PROFILE = "profile"
"""What a stack writes, or leaves to the project's default, to keep what its profile says."""

_BOOLEANS = {"true": True, "True": True, "false": False, "False": False}
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9]")
_A_LIST = "write a list: [first, second]"
_ROLE_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)


def refusal(reason: str, remedy: str) -> PydanticCustomError:
    """Make the error of a validator: what is wrong, and what to write instead."""
    context = {"reason": reason, "remedy": remedy}
    return PydanticCustomError("refusal", "{reason}; {remedy}", context)


def _text(value: str) -> str:
    """Refuse a list or object, which a stack file may hold in place of text."""
    if value.lstrip()[:1] not in ("[", "{"):
        return value
    try:
        json.loads(value)
    except ValueError:
        return value
    raise PydanticCustomError("string_type", "is not text")


def _boolean(value: str) -> bool:
    if value not in _BOOLEANS:
        raise refusal("is neither true nor false", "write true or false")
    return _BOOLEANS[value]


def _boolean_or_profile(value: str) -> bool | None:
    if value != PROFILE and value not in _BOOLEANS:
        raise refusal("is not true, false or profile", f"write true, false or {PROFILE}")
    return _BOOLEANS.get(value)


def _whole_number(value: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(value):
        raise refusal("is not a whole number", "write digits only")
    return int(value)


def _days_or_profile(value: str) -> int | None:
    if value == PROFILE:
        return None
    if not _WHOLE_NUMBER.fullmatch(value) or not 0 <= int(value) <= 35:  # noqa: PLR2004 - named in the message
        raise refusal(
            "is not a PITR window that AWS keeps (1 to 35 days)",
            f"write 1 to 35, 0 for no point-in-time recovery, or {PROFILE}",
        )
    return int(value)


def _units(value: str) -> int | None:
    units = _whole_number(value)
    if units < 0:
        raise refusal("is less than 0", "write request units a second, or 0 for no maximum")
    return units or None


def _json_list(value: str) -> Any:  # noqa: ANN401 - pydantic checks the items next
    return _json(value, list, "a list", _A_LIST)


def _json_object(value: str) -> Any:  # noqa: ANN401 - pydantic checks the fields next
    return _json(value, dict, "an object", "write an object: {key: value}")


def _json_object_or_none(value: str) -> Any:  # noqa: ANN401 - pydantic checks the fields next
    return _json_object(value) or None


def _json(value: str, kind: type, called: str, remedy: str) -> object:
    try:
        decoded = json.loads(value)
    except ValueError:
        raise refusal(f"is not {called}", remedy) from None
    if not isinstance(decoded, kind):
        raise refusal(f"is not {called}", remedy)
    return decoded


def _region(value: object) -> object:
    if isinstance(value, str) and not _REGION.fullmatch(value):
        raise refusal("is not a region's name", "write a name such as eu-west-1")
    return value


def _role_names(value: object) -> object:
    if isinstance(value, list):
        return value
    alone = isinstance(value, str) and _ROLE_NAME.fullmatch(value)
    raise refusal("is not a list of role names", f"write [{value}]" if alone else _A_LIST)


def _role_name(value: object) -> object:
    if isinstance(value, str) and not _ROLE_NAME.fullmatch(value):
        raise refusal(
            "is not a role's name (1 to 64 letters, digits and '_+=,.@-')",
            "write the name alone, without path or ARN",
        )
    return value


Text = Annotated[str, Strict()]
KeyText = Annotated[Text, BeforeValidator(_text)]
"""The whole value of a key; what is text inside a list or object arrives as such."""
Flag = Annotated[bool, BeforeValidator(_boolean)]
ProfileFlag = Annotated[bool | None, BeforeValidator(_boolean_or_profile)]
ProfileDays = Annotated[int | None, BeforeValidator(_days_or_profile)]
RequestUnits = Annotated[int | None, BeforeValidator(_units)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_json_list)]
Region = Annotated[Text, BeforeValidator(_region)]
Regions = Annotated[tuple[Region, ...], BeforeValidator(_json_list)]
RoleName = Annotated[Text, BeforeValidator(_role_name)]
_Roles = Annotated[tuple[RoleName, ...], BeforeValidator(_role_names)]
RoleNames = Annotated[dict[str, _Roles], BeforeValidator(_json_object)]
TextByKey = Annotated[dict[str, Text], BeforeValidator(_json_object)]
OptionalObject = BeforeValidator(_json_object_or_none)


def matching(pattern: str, called: str, remedy: str) -> BeforeValidator:
    """Make a validator that takes only text of one form."""
    compiled = re.compile(pattern)

    def check(value: object) -> object:
        if isinstance(value, str) and not compiled.fullmatch(value):
            raise refusal(f"is not {called}", remedy)
        return value

    return BeforeValidator(check)


def unlike(form: Any, value: str) -> str:  # noqa: ANN401 - an annotated type has no type of its own
    """Say why text is not of a form and what to write instead; nothing where it is."""
    try:
        TypeAdapter(form).validate_python(value)
    except ValidationError as error:
        return error.errors(include_url=False)[0]["msg"]
    return ""
