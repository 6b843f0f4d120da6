"""A state is used once, by whoever comes first, as long as it has not expired."""

from datetime import UTC, datetime, timedelta

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    UnknownOutcome,
)
from tablewright.models.catalog import USAGE_QUOTAS
from tests.support import faults as wire

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_state_is_consumed_as_it_was_created(states):
    created = states.create_state(
        state="s#1%",
        nonce="n",
        code_verifier="v",
        redirect_to="/here",
        expires_at=START + timedelta(1),
    )
    consumed = states.consume_state("s#1%", op="o")
    assert consumed.consumed_by == "o"
    assert consumed.model_copy(update={"consumed_by": None}) == created


def test_a_state_is_made_of_256_random_bits_unless_it_is_given(states):
    first, second = states.create_state(), states.create_state()
    assert first.state != second.state
    assert len(first.state) == 43


def test_a_second_state_of_one_name_is_refused_without_telling_it(states):
    states.create_state(state="secret-state")
    with pytest.raises(AlreadyExists, match="there is a state already") as refused:
        states.create_state(state="secret-state")
    assert "secret-state" not in str(refused.value)


def test_a_state_that_is_consumed_is_there_still_for_a_second_creation(states):
    states.create_state(state="s1")
    states.consume_state("s1")
    with pytest.raises(AlreadyExists):
        states.create_state(state="s1")


def test_creating_with_the_same_operation_id_again_gives_the_same_state(states, clock):
    first = states.create_state(state="s1", op="o")
    clock.sleep(10)
    assert states.create_state(state="s1", op="o") == first


def test_only_the_first_operation_consumes_a_state(states):
    states.create_state(state="s1")
    first = states.consume_state("s1", op="a")
    for op in ("b", None, "c"):
        with pytest.raises(NotFound, match="there is no state"):
            states.consume_state("s1", op=op)
    assert states.consume_state("s1", op="a") == first


def test_two_that_consume_at_once_do_not_both_get_it(states, faults):
    states.create_state(state="s1")
    faults.on("UpdateItem", wire.before(lambda: states.consume_state("s1", op="thief")))
    with pytest.raises(NotFound):
        states.consume_state("s1", op="o")
    assert states.consume_state("s1", op="thief").consumed_by == "thief"


@pytest.mark.parametrize("loss", [wire.LOST, wire.LOST_IN_500, wire.LOST_IN_NONSENSE])
def test_a_lost_answer_does_not_lose_the_state(states, faults, loss):
    states.create_state(state="s1", nonce="n")
    faults.on("UpdateItem", loss)
    assert states.consume_state("s1").nonce == "n"
    assert faults.count("UpdateItem") == 2


def test_whoever_learns_nothing_can_repeat_what_the_error_says(states, faults, backend):
    faults.always("PutItem", wire.LOST)
    with pytest.raises(UnknownOutcome) as unknown:
        states.create_state()
    faults.always("PutItem", None)
    created = states.create_state(**unknown.value.repeat_with)
    assert len(backend.items(backend.tables(USAGE_QUOTAS)["oidc-state"])) == 1
    faults.always("UpdateItem", wire.LOST)
    with pytest.raises(UnknownOutcome) as unknown:
        states.consume_state(created.state)
    faults.always("UpdateItem", None)
    consumed = states.consume_state(created.state, **unknown.value.repeat_with)
    assert consumed.consumed_by == unknown.value.repeat_with["op"]


def test_an_operation_that_consumed_a_state_may_repeat_it_after_it_expired(states, clock):
    states.create_state(state="s1")
    first = states.consume_state("s1", op="o")
    clock.sleep(601)
    assert states.consume_state("s1", op="o") == first


@pytest.mark.parametrize(("seconds", "alive"), [(599, True), (600, False), (601, False)])
def test_a_state_lives_ten_minutes_though_its_item_stays_longer(
    states, clock, backend, seconds, alive
):
    states.create_state(state="s1")
    clock.sleep(seconds)
    if alive:
        states.consume_state("s1")
    else:
        with pytest.raises(NotFound):
            states.consume_state("s1")
    (item,) = backend.items(backend.tables(USAGE_QUOTAS)["oidc-state"])
    assert item["expiresAt"] == {"N": str(int(START.timestamp()) + 600)}
    assert ("consumedBy" in item) is alive


def test_a_state_that_has_expired_is_created_anew(states, clock):
    states.create_state(state="s1", nonce="old")
    states.consume_state("s1")
    clock.sleep(600)
    states.create_state(state="s1", nonce="new")
    assert states.consume_state("s1").nonce == "new"


def test_a_state_that_is_not_there_is_not_found_and_leaves_no_ghost(states, backend):
    with pytest.raises(NotFound, match="there is no state") as missing:
        states.consume_state("secret-state")
    assert "secret-state" not in str(missing.value)
    assert backend.items(backend.tables(USAGE_QUOTAS)["oidc-state"]) == []


def test_the_operation_that_created_a_state_does_not_consume_it(states):
    states.create_state(state="s1", op="o")
    with pytest.raises(InvalidInput, match="op is the one that created the state"):
        states.consume_state("s1", op="o")
    assert states.consume_state("s1", op="p").consumed_by == "p"


@pytest.mark.parametrize(
    "expires_at",
    [
        START,
        START - timedelta(days=1),
        START + timedelta(milliseconds=999),
        datetime(2100, 1, 1, tzinfo=UTC),
        datetime(2026, 6, 1),  # noqa: DTZ001 -- what is refused
        1_800_000_000.5,
        "soon",
    ],
    ids=str,
)
def test_an_end_that_is_over_or_none_is_refused(states, faults, expires_at):
    with pytest.raises(InvalidInput, match=r"expires_?[aA]t"):
        states.create_state(expires_at=expires_at)
    assert faults.attempts == []


@pytest.mark.parametrize("state", ["", 7, b"secret", "\ud800secret", "secret" * 400])
def test_a_state_that_cannot_be_a_key_is_refused_without_telling_it(states, faults, state):
    for call in (
        lambda: states.create_state(state=state),
        lambda: states.consume_state(state),
    ):
        with pytest.raises(InvalidInput) as refused:
            call()
        assert "secret" not in str(refused.value)
    assert faults.attempts == []


def test_the_limit_of_a_key_counts_bytes_of_the_composed_key(states):
    states.create_state(state="é" * ((2048 - len("STATE#")) // 2))
    with pytest.raises(KeyTooLong, match="key 'PK' has 2,050 bytes"):
        states.create_state(state="é" * 1022)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"nonce": 1}, InvalidInput),
        ({"code_verifier": b"v"}, InvalidInput),
        ({"redirect_to": "x" * 410_000}, ItemTooLarge),
        ({"redirect_to": "\ud800"}, InvalidInput),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_stored_is_refused(states, faults, given, error):
    with pytest.raises(error):
        states.create_state(**given)
    assert faults.attempts == []


def test_a_record_does_not_show_its_secrets(states):
    shown = repr(states.create_state(state="sss", nonce="nnn", code_verifier="vvv"))
    assert not any(secret in shown for secret in ("sss", "nnn", "vvv"))
