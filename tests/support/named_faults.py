"""Faults that a request may meet, by their names."""

from tests.support import faults as wire

_WRITES = ("BatchWriteItem", "DeleteItem", "PutItem", "TransactWriteItems", "UpdateItem")
OPERATIONS = (*_WRITES, "GetItem", "Query")


def _conflict(exchange):
    """Refuse a write because another transaction has its item; a read meets none."""
    if exchange.operation == "TransactWriteItems":
        return wire.CANCELLED_BY_CONFLICT(exchange)
    return (wire.CONFLICT if exchange.operation in _WRITES else wire.THROTTLED)(exchange)


def _leaving_one(exchange):
    """Do one part of a batch."""
    batch = exchange.operation == "BatchWriteItem"
    return wire.leaving(1)(exchange) if batch else exchange.apply()


FAULTS = {
    "throttled": wire.THROTTLED,
    "internal error": wire.INTERNAL_ERROR,
    "timed out": wire.TIMED_OUT,
    "lost": wire.LOST,
    "lost in 500": wire.LOST_IN_500,
    "conflict": _conflict,
    "leaving one": _leaving_one,
}
