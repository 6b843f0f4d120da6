"""Several items are written together or not at all, and once for each operation id."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.errors import (
    AlreadyExists,
    EmailTaken,
    InvalidInput,
    NotFound,
    TooManyItems,
    TransactionConflicted,
    UnknownOutcome,
    VersionConflict,
)
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.transactions import check, delete, put, token, update
from tablewright.data_access.shop.records import (
    CART,
    EMAIL_GUARD,
    ORDER,
    ORDER_ITEM,
    ORDER_POINTER,
    USER,
    EmailGuard,
    Order,
    OrderItem,
    OrderPointer,
    User,
)
from tablewright.models import ModelError
from tablewright.models.catalog import SHOP
from tests.support import faults as wire
from tests.support.faults import Faults


class Writes(BaseRepository):
    """Writes whatever a test says."""

    model = SHOP


@pytest.fixture
def repository(connect):
    return Writes(connect(SHOP))


@pytest.fixture
def faults(backend):
    with Faults(backend.client) as faults:
        yield faults


@pytest.fixture
def items(backend):
    """Tells every item of the table by its partition key."""
    return lambda: {i["PK"]["S"]: i for i in backend.items(backend.tables(SHOP)["shop"])}


def user(clock, user_id="u1", name="Ann"):
    return User.of(
        user_id=user_id,
        name=name,
        email="a@b",
        status="active",
        version=1,
        created_at=clock.now(),
    )


def guard(email="a@b", user_id="u1"):
    return EmailGuard.of(email=email, user_id=user_id)


def create(repository, clock, op="op-1", **of_user):
    """Create a user with the guard of an e-mail."""
    made = user(clock, **of_user)
    return repository._transact(
        "create_user", op, put(USER, made), put(EMAIL_GUARD, guard(user_id=made.user_id))
    )


def order_parts(clock, count, *, product_id="p", user_id="u1"):
    """Give the parts of an order with so many items."""
    order = Order.of(user_id=user_id, order_id="o", status="new", total=1, created_at=clock.now())
    made = [
        OrderItem.of(order_id="o", item_id=f"{n}", product_id=product_id, quantity=1, price=1)
        for n in range(count)
    ]
    return (
        check(USER, {"userId": user_id}),
        put(ORDER, order),
        put(ORDER_POINTER, OrderPointer.of(order_id="o", user_id=user_id, item_count=count)),
        *(put(ORDER_ITEM, item) for item in made),
    )


def test_parts_are_written_together(repository, clock, items):
    assert create(repository, clock) is None
    assert set(items()) == {"USER#u1", "EMAIL#a@b"}
    assert {item["operationId"]["S"] for item in items().values()} == {"op-1"}


def test_the_same_operation_again_gives_what_it_left(repository, clock, items):
    create(repository, clock)
    left = items()
    clock.sleep(1)
    found = create(repository, clock)
    assert found == (left["USER#u1"], left["EMAIL#a@b"])
    assert items() == left


def test_an_operation_of_another_id_is_refused_and_writes_nothing(repository, clock, items):
    create(repository, clock)
    left = items()
    with pytest.raises(AlreadyExists, match="there is a user userId='u1' already"):
        create(repository, clock, op="op-2")
    with pytest.raises(AlreadyExists, match="there is a email_guard email='a@b' already"):
        create(repository, clock, op="op-2", user_id="u2")
    assert items() == left


def test_one_item_that_bears_the_operation_is_witness_enough(repository, clock, items):
    create(repository, clock)
    repository._update(
        "set_user_status", USER, {"userId": "u1"}, Change(assign={"status": "x"}), op="op-2"
    )
    clock.sleep(1)  # another time makes another request, for which no token counts
    found = create(repository, clock)
    assert [item["operationId"]["S"] for item in found] == ["op-2", "op-1"]
    assert items()["USER#u1"]["status"] == {"S": "x"}


def change_email(repository, op="op-1", *, owner="u1", email="new@b", old="a@b", refused=None):
    """Change an e-mail as the pattern's three parts."""
    return repository._transact(
        "change_email",
        op,
        delete(
            EMAIL_GUARD,
            {"email": old},
            condition=Condition(text="#userId = :owner", values={"owner": owner}),
            refused=refused,
        ),
        put(EMAIL_GUARD, guard(email), refused=lambda _: EmailTaken("taken")),
        update(
            USER,
            {"userId": "u1"},
            Change(assign={"email": email}, add={"version": 1}),
            condition=Condition(text="#email = :old", values={"old": old}),
        ),
    )


@pytest.fixture
def stored(clock):
    """What may be there when an e-mail changes, of an operation `op-0`."""
    return {
        "old": EMAIL_GUARD.item(guard(), "op-0"),
        "new": EMAIL_GUARD.item(guard("new@b", "u9"), "op-0"),
        "user": USER.item(user(clock), "op-0"),
    }


def store(repository, item):
    repository._send("put_item", TableName=repository._table(USER), Item=item)


def test_an_item_that_is_only_deleted_is_no_witness(repository, stored, items):
    store(repository, {**stored["old"], "operationId": {"S": "op-1"}})
    store(repository, stored["user"])
    left = items()
    with pytest.raises(VersionConflict, match="email_guard email='a@b' has changed meanwhile"):
        change_email(repository, "op-1", owner="u2")
    assert items() == left


def test_an_update_that_was_lost_counts_once(repository, clock, items, faults):
    create(repository, clock)
    faults.on("TransactWriteItems", wire.LOST)
    change_email(repository, "op-2")
    found = change_email(repository, "op-2")
    assert items()["USER#u1"]["version"] == {"N": "2"}
    assert items()["EMAIL#new@b"]["operationId"] == {"S": "op-2"}
    assert found is None or found[0] is None


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
def test_the_first_part_that_fails_says_why(repository, stored, items, *, present, given, refusal):
    for name in present:
        store(repository, stored[name])
    left = items()
    with pytest.raises(type(refusal)) as raised:
        change_email(repository, **given)
    assert str(raised.value) == str(refusal)
    assert items() == left


@pytest.mark.parametrize(
    "trouble",
    [
        wire.CONFLICT,
        wire.CANCELLED_BY_CONFLICT,
        wire.CANCELLED_BY_THROTTLING,
        wire.IN_PROGRESS,
        wire.THROTTLED,
        wire.INTERNAL_ERROR,
        wire.TIMED_OUT,
        wire.LOST,
        wire.LOST_IN_500,
        wire.MALFORMED,
    ],
)
def test_every_attempt_is_the_same_request_with_the_same_token(
    repository, clock, items, faults, trouble
):
    faults.on("TransactWriteItems", trouble, trouble)
    create(repository, clock)
    assert set(items()) == {"USER#u1", "EMAIL#a@b"}
    first, *others = faults.bodies("TransactWriteItems")
    assert len(others) == 2
    assert all(body == first for body in others)
    assert 0 < len(first["ClientRequestToken"]) <= 36
    assert len(clock.slept) == 2


def test_a_conflict_ends_at_the_deadline_with_nothing_written(repository, clock, items, faults):
    faults.always("TransactWriteItems", wire.CANCELLED_BY_CONFLICT)
    with pytest.raises(TransactionConflicted, match="nothing was written"):
        create(repository, clock)
    assert items() == {}
    assert clock.elapsed <= 10
    assert faults.count("TransactWriteItems") > 5


def test_an_unknown_outcome_tells_the_operation_id(repository, clock, items, faults):
    faults.on("TransactWriteItems", wire.LOST)
    faults.always("TransactWriteItems", wire.TIMED_OUT)
    with pytest.raises(UnknownOutcome) as raised:
        create(repository, clock, op="op-7")
    assert raised.value.repeat_with == {"op": "op-7"}
    left = items()
    faults.always("TransactWriteItems", None)
    create(repository, clock, **raised.value.repeat_with)
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


TEXT = st.text(max_size=60)
ACTIONS = st.lists(st.dictionaries(TEXT, st.one_of(TEXT, st.binary(max_size=9)), max_size=3))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(op=TEXT, actions=ACTIONS, other_op=TEXT, other_actions=ACTIONS)
def test_a_token_is_of_one_operation_and_one_request(op, actions, other_op, other_actions):
    made = token(op, actions)
    assert 0 < len(made) <= 36
    assert made.isascii()
    assert token(op, [dict(reversed(action.items())) for action in actions]) == made
    if (other_op, other_actions) != (op, actions):
        assert token(other_op, other_actions) != made
