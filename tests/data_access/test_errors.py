"""Errors cross processes, as other exceptions do: pools and queues pickle them."""

import copy
import pickle

import pytest

from tablewright.data_access import errors
from tablewright.data_access.file_sharing import LinkStatus

UNKNOWN = errors.UnknownOutcome("unknown")
UNKNOWN.repeat_with = {"op": "op-1"}
EXAMPLES = (
    errors.LinkUnavailable("unavailable", LinkStatus.EXPIRED),
    errors.Incomplete("incomplete", ({"PK": "a"},)),
    UNKNOWN,
    errors.ItemTooLarge("too large"),
)


def pickled(error):
    return pickle.loads(pickle.dumps(error))  # noqa: S301 -- this test's own


@pytest.mark.parametrize("again", [copy.copy, pickled])
@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_whole(error, again):
    found = again(error)
    assert type(found) is type(error)
    assert str(found) == str(error)
    assert vars(found) == vars(error)
