"""Sessions are found by user, by their ids alone, and by time, newest first."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    InvalidCursor,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    NumberOutOfRange,
    UnknownOutcome,
)
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import USAGE_QUOTAS
from tests.support import faults as wire

START = datetime(2026, 1, 1, tzinfo=UTC)


def after(seconds):
    return START + timedelta(seconds=seconds)


@pytest.fixture
def begun(sessions, clock):
    """Five sessions, half a second apart."""
    for number in range(5):
        sessions.create_session("u1", session_id=f"s{number}")
        clock.sleep(0.5)


def ids(page):
    return [session.session_id for session in page.items]


def test_a_session_is_found_as_it_was_created(sessions):
    metadata = {"title": "a", "tags": {"b"}, "calls": 3, "of": {"deep": [None, True, b"\0"]}}
    created = sessions.create_session("u#1%", session_id="s#1", metadata=metadata)
    assert created.timestamp == START
    assert created.metadata == metadata
    assert sessions.get_session("u#1%", "s#1") == created
    assert sessions.get_session_by_id("s#1") == created
    assert sessions.list_user_sessions("u#1%").items == (created,)


def test_an_id_is_made_up_unless_one_is_given(sessions):
    first, second = sessions.create_session("u1"), sessions.create_session("u1")
    assert first.session_id != second.session_id
    assert sessions.get_session("u1", first.session_id) == first


def test_a_second_session_of_one_id_is_refused(sessions):
    first = sessions.create_session("u1", session_id="s1", metadata={"n": 1})
    with pytest.raises(AlreadyExists, match="session userId='u1' sessionId='s1' already"):
        sessions.create_session("u1", session_id="s1")
    assert sessions.get_session("u1", "s1") == first


def test_creating_with_the_same_operation_id_again_gives_the_same_session(sessions, clock):
    first = sessions.create_session("u1", op="o")
    clock.sleep(10)
    assert sessions.create_session("u1", op="o") == first
    assert sessions.list_user_sessions("u1").items == (first,)


@pytest.mark.parametrize("loss", [wire.LOST, wire.LOST_IN_503])
def test_a_lost_answer_leaves_one_session(sessions, faults, loss):
    faults.on("PutItem", loss)
    created = sessions.create_session("u1")
    assert sessions.list_user_sessions("u1").items == (created,)


def test_whoever_learns_nothing_can_repeat_what_the_error_says(sessions, faults):
    faults.always("PutItem", wire.LOST)
    with pytest.raises(UnknownOutcome) as unknown:
        sessions.create_session("u1")
    faults.always("PutItem", None)
    created = sessions.create_session("u1", **unknown.value.repeat_with)
    assert sessions.list_user_sessions("u1").items == (created,)


@pytest.mark.parametrize(("user_id", "session_id"), [("u1", "s2"), ("u2", "s1")])
def test_a_session_that_is_not_there_is_not_found(sessions, user_id, session_id):
    sessions.create_session("u1", session_id="s1")
    with pytest.raises(NotFound, match="there is no session"):
        sessions.get_session(user_id, session_id)


def test_an_id_that_nobody_has_is_not_found(sessions):
    sessions.create_session("u1", session_id="s1")
    with pytest.raises(NotFound, match="there is no session sessionId='s'"):
        sessions.get_session_by_id("s")


def test_an_id_that_two_users_have_is_no_way_to_find_a_session(sessions):
    sessions.create_session("u1", session_id="s1")
    sessions.create_session("u2", session_id="s1")
    with pytest.raises(CorruptItem, match="two users have the session sessionId='s1'"):
        sessions.get_session_by_id("s1")
    assert sessions.get_session("u2", "s1").user_id == "u2"


def test_a_session_that_the_index_still_shows_is_not_found(sessions, faults):
    sessions.create_session("u1", session_id="s1")
    faults.on("Query", wire.after(lambda: sessions.delete_session("u1", "s1")))
    with pytest.raises(NotFound):
        sessions.get_session_by_id("s1")


def test_a_session_is_read_from_the_table_and_not_from_the_index(sessions, faults):
    sessions.create_session("u1", session_id="s1")
    sessions.get_session_by_id("s1")
    (read,) = faults.bodies("GetItem")
    assert read["ConsistentRead"] is True
    assert "ConsistentRead" not in faults.bodies("Query")[0]


def test_deleting_a_session_again_is_no_error(sessions):
    sessions.create_session("u1", session_id="s1")
    for _ in range(2):
        sessions.delete_session("u1", "s1")
        with pytest.raises(NotFound):
            sessions.get_session("u1", "s1")
        with pytest.raises(NotFound):
            sessions.get_session_by_id("s1")
    assert ids(sessions.list_user_sessions("u1")) == []


@pytest.mark.usefixtures("begun")
def test_sessions_are_listed_newest_first_page_by_page(sessions):
    sessions.create_session("u2")
    assert ids(sessions.list_user_sessions("u1")) == ["s4", "s3", "s2", "s1", "s0"]
    first = sessions.list_user_sessions("u1", limit=2)
    assert ids(first) == ["s4", "s3"]
    assert ids(sessions.list_user_sessions("u1", limit=2, cursor=first.cursor)) == ["s2", "s1"]
    pages = walk(lambda cursor: sessions.list_user_sessions("u1", limit=1, cursor=cursor))
    assert [session.session_id for session in pages] == ["s4", "s3", "s2", "s1", "s0"]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (after(0.5), after(1.5), ["s3", "s2", "s1"]),
        (after(1), after(1), ["s2"]),
        (after(1.001), after(1.499), []),
        (after(1.5), None, ["s4", "s3"]),
        (None, after(0.5), ["s1", "s0"]),
        (None, after(-1), []),
        (after(1.0004), after(1.0001), ["s2"]),
        (after(2).astimezone(timezone(timedelta(hours=5))), after(99), ["s4"]),
    ],
    ids=str,
)
@pytest.mark.usefixtures("begun")
def test_sessions_of_a_range_have_both_its_ends(sessions, start, end, found):
    assert ids(sessions.list_user_sessions("u1", start=start, end=end)) == found


@pytest.mark.usefixtures("begun")
def test_the_end_of_a_range_takes_in_every_id_of_its_moment(sessions):
    moment = sessions.create_session("u1", session_id="\U0010fffe").timestamp
    assert ids(sessions.list_user_sessions("u1", start=moment, end=moment)) == ["\U0010fffe"]


def test_a_range_that_ends_before_it_begins_is_refused(sessions, faults):
    with pytest.raises(InvalidInput, match="after its end; swap the two"):
        sessions.list_user_sessions("u1", start=after(1), end=after(0.999))
    assert faults.attempts == []


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 1),  # noqa: DTZ001 -- what is refused
        date(2026, 1, 1),
        "2026-01-01T00:00:00.000Z",
        0,
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
    ],
    ids=str,
)
def test_an_end_that_is_no_moment_is_refused(sessions, faults, moment):
    for range_ in ({"start": moment}, {"end": moment}):
        with pytest.raises(InvalidInput, match=r"no time zone|no moment|outside of the years"):
            sessions.list_user_sessions("u1", **range_)
    assert faults.attempts == []


@pytest.mark.usefixtures("begun")
def test_a_cursor_is_for_its_own_list_alone(sessions):
    cursor = sessions.list_user_sessions("u1", limit=2).cursor
    for other in (
        lambda: sessions.list_user_sessions("u2", cursor=cursor),
        lambda: sessions.list_user_sessions("u1", start=START, cursor=cursor),
        lambda: sessions.list_user_sessions("u1", cursor=cursor[:-1]),
        lambda: sessions.list_user_sessions("u1", cursor="x"),
    ):
        with pytest.raises(InvalidCursor):
            other()


@pytest.mark.parametrize("limit", [0, -1, 1001, 1.0, True, None])
def test_a_page_of_no_size_is_refused(sessions, limit):
    with pytest.raises(InvalidInput, match="ask for 1 to 1000"):
        sessions.list_user_sessions("u1", limit=limit)


@pytest.mark.parametrize("value", ["", None, 7, "\ud800"])
def test_an_id_that_cannot_be_a_key_is_refused(sessions, faults, value):
    calls = [
        lambda: sessions.get_session(value, "s1"),
        lambda: sessions.get_session("u1", value),
        lambda: sessions.get_session_by_id(value),
        lambda: sessions.list_user_sessions(value),
        lambda: sessions.list_user_sessions(value, start=START),
        lambda: sessions.delete_session(value, "s1"),
        lambda: sessions.create_session(value),
    ]
    if value is not None:
        calls.append(lambda: sessions.create_session("u1", session_id=value))
    for call in calls:
        with pytest.raises(InvalidInput):
            call()
    assert faults.attempts == []


def test_the_limit_of_the_longest_of_its_keys_is_that_of_an_id(sessions):
    fits = "é" * ((1024 - len("TIMESTAMP#2026-01-01T00:00:00.000Z#")) // 2)
    sessions.create_session("u1", session_id=fits)
    with pytest.raises(KeyTooLong, match="'GSI1SK' has 1,025 bytes"):
        sessions.create_session("u1", session_id=fits + "é")


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"cost": 1.5}, InvalidInput),
        ({"cost": float("nan")}, InvalidInput),
        ({"cost": {"deep": [10**38 + 1]}}, NumberOutOfRange),
        ({"tags": set()}, InvalidInput),
        ({"text": "x" * 410_000}, ItemTooLarge),
        ({"text": "\ud800"}, InvalidInput),
        ({1: "x"}, InvalidInput),
        ([("a", "b")], InvalidInput),
        ("x", InvalidInput),
    ],
    ids=lambda value: str(value)[:40],
)
def test_metadata_that_cannot_be_stored_is_refused(sessions, faults, metadata, error):
    with pytest.raises(error):
        sessions.create_session("u1", metadata=metadata)
    assert faults.attempts == []


def test_an_item_of_another_kind_is_no_session(sessions, backend):
    sessions.create_session("u1", session_id="s1")
    backend.client.update_item(
        TableName=backend.tables(USAGE_QUOTAS)["sessions-metadata"],
        Key={"PK": {"S": "USER#u1"}, "SK": {"S": "SESSION#s1"}},
        UpdateExpression="SET entityType = :t",
        ExpressionAttributeValues={":t": {"S": "quota"}},
    )
    for call in (
        lambda: sessions.get_session("u1", "s1"),
        lambda: sessions.get_session_by_id("s1"),
        lambda: sessions.list_user_sessions("u1"),
    ):
        with pytest.raises(CorruptItem, match="is 'quota' where 'session' is expected"):
            call()
