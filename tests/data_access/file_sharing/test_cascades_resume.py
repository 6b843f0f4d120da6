"""A deletion that was stopped anywhere goes on when it is called again."""

from itertools import count

import pytest

from tablewright.data_access.errors import DataAccessError, UnknownOutcome
from tests.support.faults import LOST, NO_CONNECTION, Faults

OPERATIONS = (
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "Query",
    "TransactWriteItems",
    "UpdateItem",
)


def dying_after(requests, fault, faults):
    """Let so many requests through; every later one meets a fault."""
    passed = count()

    def script(exchange):
        return exchange.apply() if next(passed) < requests else fault(exchange)

    for operation in OPERATIONS:
        faults.always(operation, script)


DELETIONS = pytest.mark.parametrize(
    "delete",
    [
        lambda sharing, **op: sharing.files.delete_file("u1", "f1", **op),
        lambda sharing, **op: sharing.users.delete_user("u1", **op),
    ],
    ids=["file", "user"],
)
FAULTS = pytest.mark.parametrize("fault", [NO_CONNECTION, LOST], ids=["before", "after"])


@DELETIONS
@FAULTS
def test_a_deletion_goes_on_wherever_it_was_stopped(full, delete, fault):
    """Each request in turn is the last; whoever calls again finds the rest."""
    stopped = 0
    for requests in count():
        with Faults(full.backend.client) as faults:
            dying_after(requests, fault, faults)
            finished = succeeds(lambda: delete(full))
            stopped += not finished
        if "u1" in full.user_ids():
            full.storage()
        delete(full)
        assert "f1" not in full.file_ids()
        assert not {"f1-0", "f1-1"} & set(full.link_ids())
        assert full.storage("u2") == (100, 900)
        if finished:
            break
        restore(full)
    assert stopped > 5


@DELETIONS
@FAULTS
def test_a_deletion_goes_on_with_the_same_operation_id(full, delete, fault):
    for requests in count():
        with Faults(full.backend.client) as faults:
            dying_after(requests, fault, faults)
            if succeeds(lambda: delete(full, op="op-1")):
                break
    delete(full, op="op-1")
    assert "f1" not in full.file_ids()
    assert full.storage("u2") == (100, 900)
    if "u1" in full.user_ids():
        assert full.storage() == (100, 900)


def succeeds(call):
    try:
        call()
    except DataAccessError as error:
        if isinstance(error, UnknownOutcome) and set(error.repeat_with) != {"op"}:
            raise
        return False
    return True


def restore(sharing):
    """Bring back what a deletion of u1 or f1 has taken."""
    sharing.clock.sleep(1)
    if "u1" not in sharing.user_ids():
        sharing.user("u1")
    for file_id in ("f1", "f2"):
        if file_id not in sharing.file_ids():
            sharing.shared(file_id, "u1")
