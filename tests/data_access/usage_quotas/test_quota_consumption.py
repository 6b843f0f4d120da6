"""What remains of a quota is taken once for each operation, and never more than there is."""

import pytest

from tablewright.data_access.errors import (
    InvalidInput,
    NumberOutOfRange,
    QuotaExceeded,
    UnknownOutcome,
)
from tests.support import faults as wire

A_DAY = 24 * 3600


def remaining(quotas, quota_type="monthly"):
    return quotas.get_quota("u1", quota_type).remaining


@pytest.mark.usefixtures("assigned")
def test_consuming_takes_from_what_remains_until_nothing_does(quotas):
    quotas.consume("u1", "monthly", 7)
    with pytest.raises(QuotaExceeded, match="quota 'monthly' of user 'u1': 3 of 10 remain"):
        quotas.consume("u1", "monthly", 4)
    quotas.consume("u1", "monthly", 3)
    with pytest.raises(QuotaExceeded):
        quotas.consume("u1", "monthly", 1)
    assert remaining(quotas) == 0


@pytest.mark.usefixtures("assigned")
def test_quotas_of_other_types_and_users_stay_as_they_are(quotas):
    quotas.assign_quota("u1", "tokens-monthly", tier="free", limit=10)
    quotas.assign_quota("u2", "monthly", tier="free", limit=10)
    quotas.consume("u1", "monthly", 4)
    assert remaining(quotas, "tokens-monthly") == 10
    assert quotas.get_quota("u2", "monthly").remaining == 10


@pytest.mark.usefixtures("assigned")
def test_consuming_with_the_same_operation_id_again_takes_once(quotas):
    quotas.consume("u1", "monthly", 4, op="o")
    quotas.consume("u1", "monthly", 4, op="o")
    assert remaining(quotas) == 6
    quotas.consume("u1", "monthly", 4, op="p")
    assert remaining(quotas) == 2


@pytest.mark.usefixtures("assigned")
def test_the_last_of_a_quota_is_given_again_to_the_operation_that_took_it(quotas):
    quotas.consume("u1", "monthly", 10, op="o")
    quotas.consume("u1", "monthly", 10, op="o")
    assert remaining(quotas) == 0


@pytest.mark.parametrize(
    "loss", [wire.LOST, wire.LOST_CONNECTION, wire.LOST_IN_503, wire.LOST_IN_NONSENSE]
)
@pytest.mark.usefixtures("assigned")
def test_a_lost_answer_does_not_consume_twice(quotas, faults, loss):
    faults.on("TransactWriteItems", loss)
    quotas.consume("u1", "monthly", 4)
    assert remaining(quotas) == 6
    assert faults.count("TransactWriteItems") == 2
    first, second = faults.bodies("TransactWriteItems")
    assert first == second


@pytest.mark.usefixtures("assigned")
def test_whoever_learns_nothing_can_repeat_what_the_error_says(quotas, faults):
    faults.always("TransactWriteItems", wire.LOST)
    with pytest.raises(UnknownOutcome) as unknown:
        quotas.consume("u1", "monthly", 4)
    faults.always("TransactWriteItems", None)
    quotas.consume("u1", "monthly", 4, **unknown.value.repeat_with)
    assert remaining(quotas) == 6


@pytest.mark.usefixtures("assigned")
def test_a_repeated_request_is_the_same_one_after_others_consumed(quotas, faults):
    quotas.consume("u1", "monthly", 4, op="o")
    quotas.consume("u1", "monthly", 1, op="p")
    faults.always("TransactWriteItems", wire.DENIED)
    with pytest.raises(Exception, match="permission"):
        quotas.consume("u1", "monthly", 4, op="o")
    first, other, again = faults.bodies("TransactWriteItems")
    assert first == again, "its token has DynamoDB apply it once within ten minutes"
    assert first["ClientRequestToken"] != other["ClientRequestToken"]


@pytest.mark.usefixtures("assigned")
def test_where_tokens_count_a_repetition_takes_nothing_after_others_consumed(quotas, backend):
    quotas.consume("u1", "monthly", 4, op="o")
    quotas.consume("u1", "monthly", 1, op="p")
    quotas.consume("u1", "monthly", 4, op="o")
    ignores_tokens = backend.name == "moto"
    assert remaining(quotas) == (1 if ignores_tokens else 5)


@pytest.mark.parametrize("amount", [0, -1, True, 1.0, 2.5, float("nan"), "3", None])
def test_an_amount_that_is_no_positive_whole_number_is_refused(quotas, faults, amount):
    with pytest.raises(InvalidInput, match="consume a whole number of at least 1"):
        quotas.consume("u1", "monthly", amount)
    assert faults.attempts == []


def test_an_amount_of_39_digits_is_refused(quotas, faults):
    with pytest.raises(NumberOutOfRange):
        quotas.consume("u1", "monthly", int("1" * 39))
    assert faults.attempts == []
