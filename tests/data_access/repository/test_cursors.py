"""A cursor opens the next page of its own query, and nothing else."""

import base64
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.errors import InvalidCursor, Misconfigured
from tablewright.data_access.repository.cursors import MOST_BYTES, VARIABLE, CursorKey, Cursors

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


def test_without_keys_every_connection_of_this_process_reads_its_cursors():
    cursor = Cursors.from_environment({}).write(START, SCOPE)
    assert Cursors.from_environment({}).read(cursor, SCOPE) == START


def test_without_keys_another_process_says_that_it_does_not_know_the_key():
    write = (
        "from tablewright.data_access.repository.cursors import Cursors;"
        f"print(Cursors.from_environment({{}}).write({START!r}, {SCOPE!r}))"
    )
    ran = subprocess.run([sys.executable, "-c", write], capture_output=True, text=True, check=True)
    with pytest.raises(InvalidCursor, match="key that is not known"):
        Cursors.from_environment({}).read(ran.stdout.strip(), SCOPE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("abc", "must be id:base64"),
        ("a:***", "key 1 is no base64"),
        ("a:é", "key 1 is no base64"),
        (f"a:{base64.b64encode(b'short').decode()}", "has 5 bytes; it needs at least 32"),
        (f":{base64.b64encode(b'x' * 32).decode()}", "must be letters and digits"),
        (",".join([f"a:{base64.b64encode(b'x' * 32).decode()}"] * 2), "two cursor keys"),
    ],
)
def test_keys_that_would_not_protect_are_refused(text, told):
    with pytest.raises(Misconfigured, match=told):
        Cursors.from_environment({VARIABLE: text})


@pytest.mark.parametrize("key_id", ["k1", "main", "first-key"])
@pytest.mark.parametrize("size", [32, 48])
def test_a_secret_in_the_place_of_the_id_is_not_shown(key_id, size):
    secret = base64.b64encode(b"s" * size).decode()
    with pytest.raises(Misconfigured, match="key 1 ") as refused:
        Cursors.from_environment({VARIABLE: f"{secret}:{key_id}"})
    assert secret not in str(refused.value)


def test_a_key_never_shows_its_secret():
    assert "nnnn" not in repr(NEW)


key_values = st.one_of(
    st.text(min_size=1).map(lambda text: {"S": text}),
    st.integers(-(10**37), 10**37).map(lambda number: {"N": str(number)}),
    st.binary(min_size=1).map(lambda raw: {"B": raw}),
)
start_keys = st.dictionaries(st.text(min_size=1), key_values, min_size=1, max_size=4)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(start=start_keys)
def test_every_start_key_comes_back(start):
    assert CURSORS.read(CURSORS.write(start, SCOPE), SCOPE) == start


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(shards=st.dictionaries(st.sampled_from("01234567"), start_keys, min_size=1))
def test_start_keys_of_shards_come_back(shards):
    assert CURSORS.read(CURSORS.write(shards, SCOPE), SCOPE, starts=8) == shards


def test_bytes_come_back_as_they_are_sent_also_where_the_fast_path_read_text():
    as_read = CURSORS.write({"B": {"B": "AP8="}}, SCOPE)
    assert CURSORS.read(as_read, SCOPE) == {"B": {"B": b"\x00\xff"}}


@pytest.mark.parametrize("character", ["x", "é", "\U0001f600", '"', "\x01"])
def test_the_longest_keys_make_a_cursor_that_is_taken(character):
    def of(size):
        return character * (size // len(character.encode()))

    longest = {
        name * 255: {"S": of(size)}
        for name, size in zip("abcd", (2048, 1024, 2048, 1024), strict=True)
    }
    assert CURSORS.read(CURSORS.write(longest, SCOPE), SCOPE) == longest
    shards = {str(number): longest for number in range(8)}
    assert CURSORS.read(CURSORS.write(shards, SCOPE), SCOPE, starts=8) == shards


def test_a_cursor_longer_than_any_is_refused_before_it_is_read(monkeypatch):
    def decode(*_, **__):
        raise AssertionError("it was read")

    longest = "A" * (MOST_BYTES * 4 // 3)
    with pytest.raises(InvalidCursor):
        CURSORS.read(longest, SCOPE)
    monkeypatch.setattr(base64, "b64decode", decode)
    with pytest.raises(InvalidCursor):
        CURSORS.read(longest + "A" * 4, SCOPE)
    with pytest.raises(AssertionError):
        CURSORS.read(longest, SCOPE)


def encoded(*parts):
    return base64.urlsafe_b64encode(b"|".join(parts)).decode().rstrip("=")


HOSTILE = {
    "deep": encoded(b"1", b"new", b"0" * 64, b"[" * 20_000),
    "signature is no text": encoded(b"1", b"new", b"\xff\xfe", b"{}"),
    "signature is no ascii": encoded(b"1", b"new", "é".encode() * 32, b"{}"),
    "key id is no text": encoded(b"1", b"\xff", b"0" * 64, b"{}"),
    "body is no text": encoded(b"1", b"new", b"0" * 64, b"\xff\xff"),
    "no body": encoded(b"1", b"new", b"0" * 64),
    "empty parts": encoded(b"", b"", b"", b""),
    "another version": encoded(b"2", b"new", b"0" * 64, b"{}"),
    "half a character": "\ud800",
    "line": CURSORS.write(START, SCOPE) + "\n",
    "bytes": CURSORS.write(START, SCOPE).encode(),
    "list": [CURSORS.write(START, SCOPE)],
}


@pytest.mark.parametrize("cursor", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_cursor_is_refused_like_any_other(cursor):
    with pytest.raises(InvalidCursor):
        CURSORS.read(cursor, SCOPE)


def test_what_is_not_signed_is_never_parsed(monkeypatch):
    good = CURSORS.write(START, SCOPE)
    monkeypatch.setattr(json, "loads", lambda *_, **__: pytest.fail("it was parsed"))
    with pytest.raises(InvalidCursor):
        CURSORS.read(good, ("another",))


anything = st.one_of(
    st.text(),
    st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")),
    st.lists(st.binary(), min_size=4, max_size=4).map(lambda parts: encoded(*parts)),
    st.tuples(st.binary(), st.binary()).map(lambda two: encoded(b"1", b"new", *two)),
    st.none(),
    st.integers(),
    st.binary(),
)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(cursor=anything)
def test_nothing_but_an_own_cursor_is_taken_and_nothing_else_is_raised(cursor):
    with pytest.raises(InvalidCursor):
        CURSORS.read(cursor, SCOPE)
