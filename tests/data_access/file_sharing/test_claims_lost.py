"""A claim counts once, whatever happens to its answer."""

import pytest

from tablewright.data_access.errors import UnknownOutcome
from tests.support.faults import (
    CANCELLED_BY_CONFLICT,
    LOST,
    LOST_IN_500,
    THROTTLED,
    TIMED_OUT,
    Faults,
    after,
)

BOTH = pytest.mark.parametrize("exact", [False, True])
WRITES = {False: "UpdateItem", True: "TransactWriteItems"}


@BOTH
@pytest.mark.parametrize("fault", [LOST, LOST_IN_500, THROTTLED, TIMED_OUT])
def test_a_claim_counts_once_whatever_happens_to_its_answer(sharing, claim, exact, fault):
    with Faults(sharing.backend.client) as faults:
        faults.on(WRITES[exact], fault, fault)
        assert claim("c1", exact).file.file_id == "f1"
        if exact:
            assert len({b["ClientRequestToken"] for b in faults.bodies(WRITES[exact])}) == 1
    assert sharing.counted() == 1


def test_a_lost_exact_claim_behind_anothers_is_still_counted_once(sharing, claim, backend):
    with Faults(backend.client) as faults:
        lost = after(lambda: claim("c2", exact=True))
        faults.on("TransactWriteItems", lambda exchange: lost(exchange) and LOST(exchange))
        assert claim("c1", exact=True).link.link_id == "l1"
    assert sharing.counted() == 2


def test_a_conflict_of_transactions_is_tried_again(sharing, claim, backend):
    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", CANCELLED_BY_CONFLICT, CANCELLED_BY_CONFLICT)
        claim("c1", exact=True)
    assert sharing.counted() == 1


@BOTH
@pytest.mark.parametrize("operation", ["write", "GetItem"])
def test_an_unknown_outcome_says_how_to_repeat_it(sharing, claim, file, exact, operation):
    with Faults(sharing.backend.client) as faults:
        if operation == "write":
            faults.always(WRITES[exact], LOST)
        else:
            faults.on("GetItem", *[None] * exact)
            faults.always("GetItem", THROTTLED)
        with pytest.raises(UnknownOutcome) as unknown:
            claim(None, exact)
    assert set(unknown.value.repeat_with) == {"claim_id"}
    again = claim(exact=exact, **unknown.value.repeat_with)
    assert again.file == file
    assert sharing.counted() == 1
