"""A cursor opens the next page of its own query, and nothing else."""

import base64
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.errors import InvalidCursor, Misconfigured
from tablewright.data_access.repository.cursors import VARIABLE, CursorKey, Cursors

OLD = CursorKey("old", b"o" * 32)
NEW = CursorKey("new", b"n" * 32)
CURSORS = Cursors([NEW])
START = {"userId": {"S": "u#1|é"}, "fileSize": {"N": "12345678901234567890.5"}}
SCOPE = ("dropify-dev-files", "userFileSizeIndex", True, {"userId": "u1"})


def test_a_cursor_gives_back_its_start_key():
    cursor = CURSORS.write(START, SCOPE)
    assert CURSORS.read(cursor, SCOPE) == START
    assert cursor.isascii()
    assert not set(cursor) & set("+/=%#&?")


@pytest.mark.parametrize("place", range(len(SCOPE)))
def test_a_cursor_of_another_query_is_refused(place):
    cursor = CURSORS.write(START, SCOPE)
    other = (*SCOPE[:place], "another", *SCOPE[place + 1 :])
    with pytest.raises(InvalidCursor, match="of another query"):
        CURSORS.read(cursor, other)


def test_parts_of_a_scope_cannot_be_moved_between_its_places():
    cursor = CURSORS.write(START, ("ab", "c"))
    with pytest.raises(InvalidCursor):
        CURSORS.read(cursor, ("a", "bc"))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_no_changed_character_goes_unnoticed(data):
    cursor = CURSORS.write(START, SCOPE)
    place = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.sampled_from("ABCXYZabcxyz0189-_"))
    changed = cursor[:place] + other + cursor[place + 1 :]
    try:
        assert CURSORS.read(changed, SCOPE) == START
        # The last character of base64 holds bits that count for nothing.
        assert decoded(changed) == decoded(cursor)
    except InvalidCursor:
        assert decoded(changed) != decoded(cursor)


def decoded(cursor):
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


@pytest.mark.parametrize(
    "cursor", ["", "x", "é", "a b", "====", "MXxuZXd8", "x" * 9000, None, 7, "MXxuZXd8YXxi"]
)
def test_what_is_no_cursor_is_refused(cursor):
    with pytest.raises(InvalidCursor):
        CURSORS.read(cursor, SCOPE)


def test_keys_rotate_old_cursors_stay_good_until_their_key_goes():
    old = Cursors([OLD]).write(START, SCOPE)
    rotating = Cursors([NEW, OLD])
    assert rotating.read(old, SCOPE) == START
    fresh = rotating.write(START, SCOPE)
    assert Cursors([NEW]).read(fresh, SCOPE) == START
    with pytest.raises(InvalidCursor, match="key that is not known"):
        Cursors([NEW]).read(old, SCOPE)


def test_a_key_cannot_sign_under_the_id_of_another():
    forged = Cursors([CursorKey("new", b"x" * 32)]).write(START, SCOPE)
    with pytest.raises(InvalidCursor):
        CURSORS.read(forged, SCOPE)


def test_keys_come_from_the_environment_the_first_one_signs():
    secrets = [base64.b64encode(os.urandom(32)).decode() for _ in range(2)]
    both = Cursors.from_environment({VARIABLE: f"b:{secrets[1]}, a:{secrets[0]}"})
    first = Cursors.from_environment({VARIABLE: f"b:{secrets[1]}"})
    assert first.read(both.write(START, SCOPE), SCOPE) == START


def test_without_keys_only_this_process_reads_its_cursors():
    cursor = Cursors.from_environment({}).write(START, SCOPE)
    with pytest.raises(InvalidCursor):
        Cursors.from_environment({}).read(cursor, SCOPE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("abc", "must be id:base64"),
        ("a:***", "key 'a' is no base64"),
        (f"a:{base64.b64encode(b'short').decode()}", "has 5 bytes; it needs at least 32"),
        (f":{base64.b64encode(b'x' * 32).decode()}", "must be letters and digits"),
        (",".join([f"a:{base64.b64encode(b'x' * 32).decode()}"] * 2), "two cursor keys"),
    ],
)
def test_keys_that_would_not_protect_are_refused(text, told):
    with pytest.raises(Misconfigured, match=told):
        Cursors.from_environment({VARIABLE: text})


def test_a_key_never_shows_its_secret():
    assert "nnnn" not in repr(NEW)
