"""A user has one id, one e-mail in whatever case, and a status."""

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    EmailTaken,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    UnknownOutcome,
)
from tests.support.faults import INTERNAL_ERROR, LOST, before


@pytest.fixture
def ann(users):
    return users.create_user(user_id="ann", name="Ann", email="Ann@Example.com")


def test_a_user_is_found_by_id_and_by_email_as_it_was_created(users):
    created = users.create_user(user_id="a#b%", name="", email="A#B%@Example.com")
    assert users.get_user("a#b%") == created
    assert users.get_user_by_email("A#B%@Example.com") == created
    assert (created.email, created.status, created.version) == ("A#B%@Example.com", "active", 1)


def test_an_id_that_is_not_given_is_made_up(users):
    created = users.create_user(name="Ann", email="a@example.com")
    assert users.get_user(created.user_id) == created


def test_a_user_lies_at_metadata_and_the_guard_beside_no_other_item(table, ann):
    assert set(table.items()) == {("USER#ann", "METADATA"), ("EMAIL#ann@example.com", "METADATA")}
    assert ann.email == "Ann@Example.com"


@pytest.mark.parametrize(
    ("user_id", "email", "refusal"),
    [
        ("ann", "new@example.com", AlreadyExists("there is a user userId='ann' already")),
        ("bob", "ann@example.com", EmailTaken("another user has the e-mail 'ann@example.com'")),
        ("ann", "ann@example.com", AlreadyExists("there is a user userId='ann' already")),
    ],
)
@pytest.mark.usefixtures("ann")
def test_a_taken_id_and_a_taken_email_are_told_apart(users, table, user_id, email, refusal):
    items = table.items()
    with pytest.raises(type(refusal)) as raised:
        users.create_user(user_id=user_id, name="B", email=email)
    assert str(raised.value) == str(refusal)
    assert table.items() == items


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann@Example.COM", "ann@example.com"),
        ("\u00e9@example.com", "e\u0301@example.com"),  # composed or not
        ("\u00c9@example.com", "E\u0301@EXAMPLE.com"),
        ("STRASSE@example.com", "stra\u00dfe@example.com"),
        ("\u1f84@example.com", "\u1f80\u0301@example.com"),  # folds and marks in either order
    ],
)
def test_two_spellings_of_one_email_are_one(users, one, other):
    created = users.create_user(user_id="u1", name="A", email=one)
    assert users.get_user_by_email(other) == created
    with pytest.raises(EmailTaken):
        users.create_user(user_id="u2", name="B", email=other)


@pytest.mark.parametrize("user_id", ["EMAIL#a@example.com", "a%23b", "a#b", "ORDER#1", "a%2523b"])
def test_an_id_with_separators_meets_no_other_item(users, user_id):
    others = [
        users.create_user(user_id=other, name=other, email=f"{n}@example.com")
        for n, other in enumerate(["EMAIL", "a", "b", "ORDER", "a%b"])
    ]
    created = users.create_user(user_id=user_id, name="mine", email="me@example.com")
    assert users.get_user(user_id) == created
    assert [users.get_user(other.user_id) for other in others] == others


def test_creating_with_the_same_operation_id_again_gives_the_same_user(users, clock, table):
    first = users.create_user(name="Ann", email="a@example.com", op="op-1")
    clock.sleep(10)
    assert users.create_user(name="Ann", email="a@example.com", op="op-1") == first
    assert len(table.items()) == 2


def test_a_lost_answer_to_creating_is_no_failure(users, faults):
    faults.on("TransactWriteItems", LOST)
    created = users.create_user(user_id="u1", name="Ann", email="a@example.com")
    assert users.get_user("u1") == created
    tokens = {body["ClientRequestToken"] for body in faults.bodies("TransactWriteItems")}
    assert len(tokens) == 1
    assert faults.count("TransactWriteItems") == 2


def test_creating_is_repeated_with_what_an_unknown_outcome_tells(users, faults, table):
    faults.on("TransactWriteItems", LOST)
    faults.always("TransactWriteItems", INTERNAL_ERROR)
    with pytest.raises(UnknownOutcome) as raised:
        users.create_user(name="Ann", email="a@example.com")
    faults.always("TransactWriteItems", None)
    again = users.create_user(name="Ann", email="a@example.com", **raised.value.repeat_with)
    assert users.get_user_by_email("a@example.com") == again
    assert len(table.items()) == 2


@pytest.mark.parametrize(
    "find", [lambda users: users.get_user("u9"), lambda users: users.get_user_by_email("u@9")]
)
@pytest.mark.usefixtures("ann")
def test_a_user_that_is_not_there_is_not_found(users, find):
    with pytest.raises(NotFound, match=r"there is no user (userId='u9'|email='u@9')"):
        find(users)


@pytest.mark.usefixtures("ann")
def test_a_guard_without_its_user_leads_to_nobody(users, table):
    table.delete("USER#ann", "METADATA")
    with pytest.raises(NotFound, match="there is no user email='ann@"):
        users.get_user_by_email("ann@example.com")


def test_a_user_who_changes_the_email_between_the_two_reads_is_not_found_by_the_old_one(
    users, faults, ann
):
    def change():
        users.change_email("ann", old_email=ann.email, new_email="new@example.com")

    faults.on("GetItem", None, before(change))
    with pytest.raises(NotFound):
        users.get_user_by_email("ann@example.com")
    assert users.get_user_by_email("new@example.com").user_id == "ann"


@pytest.mark.parametrize("user_id", ["", 7, None, "\ud800", b"u"])
def test_an_id_that_cannot_be_a_key_is_refused_unsent(users, faults, user_id):
    with pytest.raises(InvalidInput):
        users.get_user(user_id)
    with pytest.raises(InvalidInput):
        users.set_user_status(user_id, status="active")
    assert faults.attempts == []


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"user_id": ""}, InvalidInput),
        ({"user_id": 7}, InvalidInput),
        ({"user_id": "é" * 1022}, KeyTooLong),
        ({"name": None}, InvalidInput),
        ({"name": "x" * 409_600}, ItemTooLarge),
        ({"status": ""}, InvalidInput),
        ({"status": "s" * 2048}, KeyTooLong),
        ({"email": ""}, InvalidInput),
        ({"email": "ann"}, InvalidInput),
        ({"email": " a@b"}, InvalidInput),
        ({"email": "a@b\n"}, InvalidInput),
        ({"email": b"a@b"}, InvalidInput),
        ({"email": "a@" + "b" * 2041}, KeyTooLong),
        ({"email": "\ud800@b"}, InvalidInput),
    ],
)
def test_a_user_that_cannot_be_stored_is_refused_unsent(users, faults, wrong, error):
    with pytest.raises(error):
        users.create_user(**{"user_id": "u", "name": "Ann", "email": "a@b", **wrong})
    assert faults.attempts == []


def test_the_limit_of_a_key_counts_bytes_of_the_composed_key(users):
    # The sort key of the index is the shorter one: 1,024 bytes.
    users.create_user(user_id="é" * 509, name="Ann", email="a@example.com")
    with pytest.raises(KeyTooLong, match="key 'GSI2SK' has 1,025 bytes"):
        users.create_user(user_id="é" * 510, name="Ann", email="b@example.com")
