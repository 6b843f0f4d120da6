"""A transaction that cannot be says why, unsent where that is known before."""

import pytest

from tablewright.data_access.errors import (
    EmailTaken,
    InvalidInput,
    NotFound,
    TooManyItems,
    VersionConflict,
)
from tablewright.data_access.repository.transactions import check, delete, put
from tablewright.data_access.shop.records import CART, EMAIL_GUARD, USER
from tablewright.models import ModelError
from tests.support.shop_writes import change_email, create, guard, order_parts, store, stored, user


@pytest.mark.parametrize(
    ("present", "given", "refusal"),
    [
        ([], {}, NotFound("there is no email_guard email='a@b'")),
        (["old", "new", "user"], {}, EmailTaken("taken")),
        (["new"], {}, NotFound("there is no email_guard email='a@b'")),
        (["old"], {}, NotFound("there is no user userId='u1'")),
        (["old", "new"], {}, EmailTaken("taken")),
        (
            ["old", "new", "user"],
            {"owner": "u2"},
            VersionConflict("email_guard email='a@b' has changed meanwhile; read it again"),
        ),
        (
            ["old", "user"],
            {"owner": "u2", "refused": lambda item: EmailTaken(item["userId"]["S"])},
            EmailTaken("u1"),
        ),
        (
            ["user"],
            {"refused": lambda item: VersionConflict(f"met {item}")},
            VersionConflict("met None"),
        ),
        (["user"], {"refused": lambda _: None}, NotFound("there is no email_guard email='a@b'")),
    ],
)
def test_the_first_part_that_fails_says_why(repository, clock, items, *, present, given, refusal):
    there = stored(clock)
    for name in present:
        store(repository, there[name])
    left = items()
    with pytest.raises(type(refusal)) as raised:
        change_email(repository, **given)
    assert str(raised.value) == str(refusal)
    assert items() == left


def test_a_hundred_parts_are_written_and_one_more_is_refused_unsent(
    repository, clock, items, faults
):
    create(repository, clock)
    with pytest.raises(TooManyItems, match="create_order: 101 writes at once; a transaction takes"):
        repository._transact("create_order", "op-2", *order_parts(clock, 98))
    assert faults.count("TransactWriteItems") == 1
    repository._transact("create_order", "op-2", *order_parts(clock, 97))
    assert faults.count("TransactWriteItems") == 2
    assert "ORDER#o" in items()


def test_more_than_4_megabytes_are_refused_unsent(repository, clock, faults):
    large = order_parts(clock, 11, product_id="x" * 400_000)
    with pytest.raises(TooManyItems, match=r"13 items of 4,\d+,\d+ bytes together"):
        repository._transact("create_order", "op-1", *large)
    assert faults.attempts == []


def test_one_item_twice_is_refused(repository, clock, items):
    create(repository, clock)
    left = items()
    with pytest.raises(InvalidInput):
        repository._transact(
            "create_order", "op-2", *order_parts(clock, 1), order_parts(clock, 1)[3]
        )
    assert items() == left


@pytest.mark.parametrize(
    ("pattern", "parts", "message"),
    [
        ("create_user", lambda _: [put(EMAIL_GUARD, guard())], "does PutItem on 'email_guard' "),
        ("create_user", lambda _: [delete(USER, {"userId": "u1"})], "does DeleteItem on 'user' wh"),
        (
            "create_user",
            lambda _: [check(USER, {"userId": "u1"})],
            "does ConditionCheckItem on 'us",
        ),
        (
            "create_user",
            lambda c: [put(USER, user(c)), put(EMAIL_GUARD, guard()), put(USER, user(c, "u2"))],
            "does PutItem on 'user' where its access pattern declares PutItem on 'email_guard'",
        ),
        (
            "create_order",
            lambda c: [*order_parts(c, 1), delete(CART, {"cartId": "c"})],
            "does DeleteItem on 'cart' where its access pattern declares PutItem on 'order_item'",
        ),
        ("get_user", lambda c: [put(USER, user(c))], "access pattern 'get_user' is a GetItem"),
    ],
)
def test_a_part_that_the_pattern_does_not_declare_is_refused_unsent(
    repository, clock, faults, *, pattern, parts, message
):
    with pytest.raises(ModelError, match=message):
        repository._transact(pattern, "op-1", *parts(clock))
    assert faults.attempts == []
