"""The application table keeps its kinds of record apart, and gives what is alive."""

from datetime import timedelta

import pytest

from tablewright.data_access.application_table import ApplicationTable, Session, UserProfile
from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    InvalidCursor,
    InvalidInput,
    NotFound,
)
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import APPLICATION_TABLE
from tests.support.application_records import NOW, profile, put_raw, session, stored
from tests.support.own_records import INVOICES, Invoice


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (profile("a#b%", name="Ann", email="ann@example.com"), {"user_id": "a#b%"}),
        (profile(), {"user_id": "u1"}),
        (session("s#", expires_at=NOW + timedelta(days=1)), {"session_id": "s#"}),
        (session(), {"session_id": "s1"}),
    ],
)
def test_a_record_is_found_as_it_was_put(table, record, key):
    assert table.put(record) == record
    assert table.get(type(record), **key) == record
    assert table.list(type(record), **key).items == (record,)
    assert table.get_many(type(record), [key]) == (record,)


def test_the_items_are_those_that_the_application_table_has_always_had(table, backend):
    table.put(session(expires_at=NOW + timedelta(hours=1)), op="op-1")
    (item,) = stored(backend)
    assert item == {
        "PK": {"S": "SESSION#s1"},
        "SK": {"S": "METADATA"},
        "GSI1PK": {"S": "USER#u1"},
        "GSI1SK": {"S": "SESSION#2026-01-01T00:00:00.000Z#s1"},
        "entityType": {"S": "session"},
        "operationId": {"S": "op-1"},
        "userId": {"S": "u1"},
        "createdAt": {"S": "2026-01-01T00:00:00.000Z"},
        "TTL": {"N": "1767229200"},
    }


def test_a_key_that_is_taken_is_refused_and_keeps_its_record(table):
    table.put(profile(name="Ann"))
    with pytest.raises(AlreadyExists, match="there is a user_profile userId='u1' already"):
        table.put(profile(name="Bob"))
    assert table.get(UserProfile, user_id="u1").name == "Ann"


@pytest.mark.parametrize(
    ("record", "key"), [(UserProfile, {"user_id": "u1"}), (Session, {"session_id": "s1"})]
)
def test_what_is_not_there_is_not_found_and_deleting_it_is_no_error(table, record, key):
    for act in (table.get, lambda of, **k: table.update(of, {"created_at": NOW}, **k)):
        with pytest.raises(NotFound):
            act(record, **key)
    table.delete(record, **key)
    assert table.list(record, **key).items == ()
    assert table.get_many(record, [key]) == (None,)


def test_the_sessions_of_a_user_are_listed_newest_first_page_by_page(table):
    made = [session(f"s{n}", created_at=NOW + timedelta(seconds=n)) for n in (3, 1, 2, 0)]
    for each in made:
        table.put(each)
    table.put(session("theirs", user_id="u2"))
    table.put(profile())
    pages = walk(lambda cursor: table.list_by_index(Session, user_id="u1", limit=3, cursor=cursor))
    assert [each.session_id for each in pages] == ["s3", "s2", "s1", "s0"]


def test_a_cursor_is_good_for_its_own_list_alone(table):
    for number in range(2):
        table.put(session(f"s{number}"))
    cursor = table.list_by_index(Session, user_id="u1", limit=1).cursor
    with pytest.raises(InvalidCursor):
        table.list_by_index(Session, user_id="u2", cursor=cursor)
    with pytest.raises(InvalidCursor):
        table.list(Session, session_id="s0", cursor=cursor)


def test_an_expired_record_is_given_by_nothing_and_counts_as_absent(table, clock, backend):
    expired = session(expires_at=clock.now() + timedelta(seconds=10))
    table.put(expired)
    table.put(session("alive"))
    clock.sleep(9)
    assert table.get(Session, session_id="s1") == expired
    clock.sleep(1)
    assert len(stored(backend)) == 2
    for act in (table.get, lambda of, **k: table.update(of, {"user_id": "u2"}, **k)):
        with pytest.raises(NotFound):
            act(Session, session_id="s1")
    assert table.list(Session, session_id="s1").items == ()
    assert [each.session_id for each in table.list_by_index(Session, user_id="u1").items] == [
        "alive"
    ]
    assert table.get_many(Session, [{"session_id": "s1"}]) == (None,)
    assert table.put(session(user_id="u2")) == table.get(Session, session_id="s1")


@pytest.mark.parametrize("expires_at", [NOW.replace(year=2100), NOW.replace(tzinfo=None), 2**40])
def test_a_moment_that_time_to_live_cannot_hold_is_refused(expires_at):
    with pytest.raises(InvalidInput, match="expires_at"):
        session(expires_at=expires_at)


def test_an_item_of_another_kind_under_a_key_is_told_and_left_alone(table, backend):
    put_raw(backend, PK={"S": "USER#u1"}, SK={"S": "METADATA"}, entityType={"S": "invoice"})
    was = stored(backend)
    acts = (
        lambda: table.get(UserProfile, user_id="u1"),
        lambda: table.list(UserProfile, user_id="u1"),
        lambda: table.get_many(UserProfile, [{"user_id": "u1"}]),
        lambda: table.put(profile()),
        lambda: table.update(UserProfile, {"name": "Ann"}, user_id="u1"),
        lambda: table.delete(UserProfile, user_id="u1"),
    )
    for act in acts:
        with pytest.raises(CorruptItem, match="'invoice' where 'user_profile' is expected"):
            act()
    assert stored(backend) == was


def test_an_item_that_says_no_kind_is_told(table, backend):
    put_raw(backend, PK={"S": "USER#u1"}, SK={"S": "METADATA"}, createdAt={"S": "2026"})
    with pytest.raises(CorruptItem, match="None where 'user_profile' is expected"):
        table.get(UserProfile, user_id="u1")


def test_two_teams_records_lie_in_one_table_side_by_side(connect, backend):
    # One physical table, each with a model of its own.
    built_in = connect(APPLICATION_TABLE)
    own = ApplicationTable(built_in, INVOICES, {Invoice: "invoice"})
    table = ApplicationTable(built_in)
    table.put(profile())
    made = Invoice.of(account_id="u1", invoice_id="i", status="open", total=1, issued_at=NOW)
    own.put(made)
    assert own.list(Invoice, account_id="u1").items == (made,)
    assert table.get(UserProfile, user_id="u1") == profile()
    assert len(stored(backend)) == 2
