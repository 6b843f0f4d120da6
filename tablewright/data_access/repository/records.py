"""Records: what repositories take and give, frozen and checked.

A field's attribute in DynamoDB is its name in camel case. What a caller gives must be known and of
the right type; what is read may hold more, so that an older version reads what a newer one wrote.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    StringConstraints,
    ValidationError,
)
from pydantic.alias_generators import to_camel

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.transport.timing import epoch_seconds, timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping

_TTL_ENDS: Final = datetime(2100, 1, 1, tzinfo=UTC)


class Record(BaseModel):
    """A typed value of one kind of item."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=False,
        hide_input_in_errors=True,  # they are causes of ours, and what is given may be secret
    )

    @classmethod
    def of(cls, **values: Any) -> Self:  # noqa: ANN401 -- checked here
        """Make a record of what a caller gave; raises InvalidInput that names every mistake."""
        try:
            record = cls(**values)
        except ValidationError as error:
            raise InvalidInput(f"{cls.__name__}: {mistakes(error)}") from error
        # Stored moments are text and numbers; a caller's could mean milliseconds, or any zone.
        for name, value in values.items():
            if isinstance(getattr(record, name), datetime) and not isinstance(value, datetime):
                raise InvalidInput(f"{cls.__name__}: {name}: give a datetime with its time zone")
        return record

    @classmethod
    def stored(cls, values: Mapping[str, Any]) -> Self:
        """Make a record of attributes that were read; raises pydantic's ValidationError."""
        # What `model_validate` and, below, `model_dump` call: every item read or put comes by here.
        record: Self = cls.__pydantic_validator__.validate_python(
            values, extra="ignore", by_alias=True, by_name=False
        )
        return record

    def attributes(self) -> dict[str, Any]:
        """Return the values by attribute, without those that are None."""
        values: dict[str, Any] = self.__pydantic_serializer__.to_python(
            self, by_alias=True, exclude_none=True
        )
        return values


def mistakes(error: ValidationError) -> str:
    """Return what is wrong with which field, without the values, which may be secret."""
    return "; ".join(
        f"{'.'.join(map(str, each['loc'])) or 'record'}: {each['msg']}"
        for each in error.errors(include_input=False, include_url=False)
    )


def _exact(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("give an int or a Decimal, which are exact")  # noqa: TRY004 -- pydantic's
    return value


def _to_milliseconds(value: object) -> datetime:
    # Stored text is read here, for it takes pydantic longer to read it and then to ask here.
    try:
        given = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        given = None
    if not isinstance(given, datetime) or given.tzinfo is None:
        raise ValueError("give a datetime with its time zone")
    moment = _utc(given)
    more = moment.microsecond % 1000
    return moment.replace(microsecond=moment.microsecond - more) if more else moment


def _to_seconds(moment: datetime) -> datetime:
    if moment >= _TTL_ENDS:
        raise ValueError("an item expires before the year 2100")
    return _utc(moment).replace(microsecond=0)


def _utc(moment: datetime) -> datetime:
    try:
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("a moment before the year 1 or after 9999 in UTC") from None


Text = Annotated[str, Strict()]
Id = Annotated[str, Strict(), StringConstraints(min_length=1)]
"""What is, or is part of, a key: at least one character."""
Count = Annotated[int, Strict(), Field(ge=0)]
Integer = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Amount = Annotated[Decimal, BeforeValidator(_exact)]
"""An exact number: int or Decimal, never a float."""
Timestamp = Annotated[
    datetime,
    PlainValidator(_to_milliseconds),
    PlainSerializer(timestamp, return_type=str),
]
"""A moment to the millisecond, stored as text of one length, so that text order is time order."""
Expiry = Annotated[
    AwareDatetime,
    AfterValidator(_to_seconds),
    PlainSerializer(epoch_seconds, return_type=int),
]
"""A moment to the second, stored as TTL needs it: a number of seconds since 1970, before 2100."""
