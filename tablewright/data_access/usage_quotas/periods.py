"""Periods: how often a quota renews, which the last word of its type says.

`monthly` and `tokens-monthly` renew with each month of UTC, as `daily` does with each day and
`yearly` with each year. A period is named so that text order is time order: `2026-01-31`,
`2026-01`, `2026`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.repository.records import Id
from tablewright.data_access.transport.timing import timestamp
from tablewright.data_access.values.shown import shown

if TYPE_CHECKING:
    from datetime import datetime

_CHARACTERS: Final = {
    "daily": len("2026-01-31"),
    "monthly": len("2026-01"),
    "yearly": len("2026"),
}


def period_of(quota_type: str, moment: datetime) -> str:
    """Return the period of a moment; raises InvalidInput for a type that does not name one."""
    return timestamp(moment)[: _CHARACTERS[_renewal(quota_type)]]


def _renewal(quota_type: str) -> str:
    renewal = quota_type.rpartition("-")[2] if isinstance(quota_type, str) else ""
    if renewal not in _CHARACTERS:
        raise InvalidInput(
            f"quota type {shown(quota_type)} does not say when it renews; end it with "
            f"{', '.join(_CHARACTERS)}, such as 'monthly' or 'tokens-monthly'"
        )
    return renewal


def _checked(quota_type: str) -> str:
    try:
        _renewal(quota_type)
    except InvalidInput as error:
        raise ValueError(str(error)) from None
    return quota_type


QuotaType = Annotated[Id, AfterValidator(_checked)]
"""What is limited, and how often it renews."""
