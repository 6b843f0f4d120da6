"""The application table keeps its two built-in kinds of record apart, and gives what is alive."""

from datetime import UTC, datetime, timedelta

import pytest

from tablewright.data_access.application_table import ApplicationTable, Session, UserProfile
from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    Incomplete,
    InvalidCursor,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    UnknownOutcome,
    VersionConflict,
)
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import APPLICATION_TABLE
from tests.support.faults import LOST, TIMED_OUT, Faults, before, leaving
from tests.support.own_records import INVOICES, Invoice

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def table(connect):
    return ApplicationTable(connect(APPLICATION_TABLE))


def profile(user_id="u1", **fields):
    return UserProfile.of(user_id=user_id, created_at=NOW, **fields)


def session(session_id="s1", *, user_id="u1", created_at=NOW, **fields):
    return Session.of(session_id=session_id, user_id=user_id, created_at=created_at, **fields)


def stored(backend, model=APPLICATION_TABLE):
    (name,) = backend.tables(model).values()
    return backend.items(name)


def put_raw(backend, **attributes):
    (name,) = backend.tables(APPLICATION_TABLE).values()
    backend.client.put_item(TableName=name, Item=attributes)


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


def test_an_update_changes_what_is_given_and_removes_what_is_none(table):
    table.put(profile(name="Ann", email="ann@example.com"))
    changed = table.update(UserProfile, {"name": "Bob", "email": None}, user_id="u1")
    assert changed == profile(name="Bob")
    assert table.get(UserProfile, user_id="u1") == changed


def test_an_update_of_a_record_that_is_deleted_meanwhile_leaves_no_ghost(table, backend):
    table.put(profile())
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", before(lambda: table.delete(UserProfile, user_id="u1")))
        with pytest.raises(NotFound):
            table.update(UserProfile, {"name": "Ann"}, user_id="u1")
    assert stored(backend) == []


def test_two_updates_of_different_fields_both_hold(table, backend):
    table.put(profile())
    other = before(lambda: table.update(UserProfile, {"email": "a@example.com"}, user_id="u1"))
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", other)
        changed = table.update(UserProfile, {"name": "Ann"}, user_id="u1")
    assert changed == profile(name="Ann", email="a@example.com")


def test_an_index_key_is_composed_of_what_another_wrote_meanwhile(table, backend):
    table.put(session())
    later = NOW + timedelta(days=1)
    other = before(lambda: table.update(Session, {"created_at": later}, session_id="s1"))
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", other)
        changed = table.update(Session, {"user_id": "u2", "created_at": NOW}, session_id="s1")
        assert faults.count("UpdateItem") == 2
    assert changed == session(user_id="u2")
    assert table.list_by_index(Session, user_id="u1").items == ()
    assert table.list_by_index(Session, user_id="u2").items == (changed,)


def test_an_update_that_meets_others_all_the_while_ends_at_its_deadline(table, backend, clock):
    table.put(session())
    moments = (NOW + timedelta(hours=hour) for hour in range(1, 1000))

    def change():
        table.update(Session, {"created_at": next(moments)}, session_id="s1")

    with Faults(backend.client) as faults:
        faults.always("UpdateItem", before(change))
        with pytest.raises(VersionConflict, match="sessionId='s1' has changed meanwhile"):
            table.update(Session, {"created_at": NOW}, session_id="s1")
    assert clock.elapsed <= 10


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


def test_what_a_newer_version_added_is_kept_by_an_update(table, backend):
    table.put(profile())
    (item,) = stored(backend)
    put_raw(backend, **item, colour={"S": "red"})
    table.update(UserProfile, {"name": "Ann"}, user_id="u1")
    assert stored(backend)[0]["colour"] == {"S": "red"}


@pytest.mark.parametrize(
    ("act", "left"),
    [
        (lambda table, **o: table.put(profile(), **o), profile()),
        (lambda table, **o: table.update(UserProfile, {"name": "Ann"}, user_id="u1", **o), None),
        (lambda table, **o: table.put_many([profile(name="Ann")], **o), None),
    ],
    ids=["put", "update", "put_many"],
)
@pytest.mark.parametrize("fault", [LOST, TIMED_OUT])
def test_a_write_of_unknown_outcome_is_repeated_by_its_operation_id(
    table, backend, act, left, fault
):
    if left is None:
        table.put(profile())
    with Faults(backend.client) as faults:
        for operation in ("PutItem", "UpdateItem", "BatchWriteItem"):
            faults.always(operation, fault)
        with pytest.raises(UnknownOutcome) as caught:
            act(table)
    assert set(caught.value.repeat_with) == {"op"}
    act(table, **caught.value.repeat_with)
    assert table.get(UserProfile, user_id="u1") == (left or profile(name="Ann"))


@pytest.mark.parametrize("operation", ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"])
def test_a_lost_answer_changes_nothing(table, backend, operation):
    with Faults(backend.client) as faults:
        faults.on(operation, LOST)
        table.put(profile())
        assert table.update(UserProfile, {"name": "Ann"}, user_id="u1") == profile(name="Ann")
        table.delete(UserProfile, user_id="u1")
        table.put_many([profile("u2")])
    assert table.get_many(UserProfile, [{"user_id": "u1"}, {"user_id": "u2"}]) == (
        None,
        profile("u2"),
    )


def test_many_records_go_over_what_is_there_and_the_last_of_a_key_counts(table):
    table.put(profile("u1", name="old"))
    table.put_many([profile(f"u{n % 40}", name=str(n)) for n in range(80)])
    keys = [{"user_id": f"u{n}"} for n in (39, 0, 39, 41)]
    assert [each and each.name for each in table.get_many(UserProfile, keys)] == [
        "79",
        "40",
        "79",
        None,
    ]
    table.put_many([])
    assert table.get_many(UserProfile, []) == ()


def test_writes_that_are_left_over_are_told(table, backend):
    with Faults(backend.client) as faults:
        faults.on("BatchWriteItem", leaving(1))
        faults.always("BatchWriteItem", leaving(0))
        with pytest.raises(Incomplete) as caught:
            table.put_many([profile(f"u{number}") for number in range(3)])
    assert len(caught.value.leftovers) == 2
    assert len(stored(backend)) == 1


@pytest.mark.parametrize(
    ("records", "error", "message"),
    [
        ([profile(), session()], InvalidInput, r"several kinds \['Session', 'UserProfile'\]"),
        ([profile(), profile("x" * 2050)], KeyTooLong, "at most 2,048"),
        ([profile(), profile("u2", name="x" * 409_600)], ItemTooLarge, "409,600"),
        (["text"], InvalidInput, "'str' is no record"),
    ],
)
def test_a_batch_with_one_record_that_cannot_be_stored_is_not_begun(
    table, backend, records, error, message
):
    with pytest.raises(error, match=message):
        table.put_many(records)
    assert stored(backend) == []


def test_an_item_that_would_grow_too_large_is_refused_before_it_is_sent(table, backend):
    table.put(profile(name="x" * 205_000))
    with Faults(backend.client) as faults, pytest.raises(ItemTooLarge, match="409,600"):
        table.update(UserProfile, {"email": "x" * 205_000}, user_id="u1")
    assert not faults.count("UpdateItem")


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
