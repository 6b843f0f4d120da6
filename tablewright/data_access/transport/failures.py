"""What an attempt came to, where it came to nothing: a condition, a cancellation, another try."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import (
    DataAccessError,
    ServiceUnavailable,
    Throttled,
    TransactionConflicted,
    UnknownOutcome,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.data_access.values.codec import Item


class ConditionFailed(Exception):  # noqa: N818 -- no error yet: whoever set the condition knows what it means
    """A condition did not hold; `item` is the item as it is, where it was asked for and exists."""

    def __init__(self, item: Item | None) -> None:
        super().__init__("a condition did not hold")
        self.item = item


class Cancelled(Exception):  # noqa: N818 -- as above
    """A transaction was cancelled; one reason for each of its parts, in their order."""

    def __init__(self, reasons: tuple[Mapping[str, Any], ...]) -> None:
        super().__init__(f"a transaction was cancelled: {[each.get('Code') for each in reasons]}")
        self.reasons = reasons

    def failed(self, part: int) -> bool:
        """Tell whether the condition of a part did not hold."""
        return self.reasons[part].get("Code") == "ConditionalCheckFailed"

    def item(self, part: int) -> Item | None:
        """Return the item that a part's condition met, where it was asked for and exists."""
        found: Item | None = self.reasons[part].get("Item")
        return found or None


class TryAgain(Exception):  # noqa: N818 -- as above
    """Another attempt may succeed."""

    def __init__(self, why: Again) -> None:
        super().__init__(why.name)
        self.why = why


class Again(Enum):
    """Whether another attempt may succeed, and what the error is when there is no time for one."""

    THROTTLED = auto()
    CONFLICT = auto()
    UNAVAILABLE = auto()
    UNANSWERED = auto()
    """A write was sent, and whether it was applied is not known."""

    def error(self, operation: str, attempts: int) -> DataAccessError:
        """Return the error of an operation that ends after so many attempts."""
        kind, what = _AT_THE_END[self]
        times = "once" if attempts == 1 else f"{attempts} times"
        service = "SSM" if operation == "get_parameter" else "DynamoDB"
        said = what.format(service=service)
        return kind(f"{operation}: {said}; tried {times} until the deadline")


_AT_THE_END: Final[dict[Again, tuple[type[DataAccessError], str]]] = {
    Again.THROTTLED: (Throttled, "{service} refused for capacity: nothing was written; go slower"),
    Again.CONFLICT: (
        TransactionConflicted,
        "another transaction held an item: nothing was written; try again later",
    ),
    Again.UNAVAILABLE: (
        ServiceUnavailable,
        "{service} was not reached, or answered nonsense: nothing was written; try again later",
    ),
    Again.UNANSWERED: (
        UnknownOutcome,
        "a write was not answered, so it may have happened; repeat it with the same operation id",
    ),
}
