"""Entries are found by user, by owner and status, by e-mail domain, and by day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    InvalidCursor,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    UnknownOutcome,
    VersionConflict,
)
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import USAGE_QUOTAS
from tests.support import faults as wire

START = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = START.date()


@pytest.fixture
def entry(directory):
    return directory.create_entry(user_id="u1", owner="o1", status="new", email="a@example.com")


def ids(page):
    return [entry.user_id for entry in page.items]


def items(backend):
    return backend.items(backend.tables(USAGE_QUOTAS)["directory"])


def test_an_entry_is_found_in_every_way_as_it_was_created(directory):
    created = directory.create_entry(
        user_id="u#1%", owner="o#1", status="in#use", email="a#b@Exa#mple.com"
    )
    assert (created.timestamp, created.version) == (START, 1)
    assert directory.get_entry("u#1%") == created
    for page in (
        directory.list_by_owner("o#1"),
        directory.list_by_owner("o#1", status="in#use"),
        directory.list_by_email_domain("exa#mple.com"),
        directory.list_created_on(TODAY),
    ):
        assert page.items == (created,)


def test_a_second_entry_of_one_user_is_refused(directory, entry):
    with pytest.raises(AlreadyExists, match="there is an entry userId='u1' already"):
        directory.create_entry(user_id="u1", owner="o2", status="new")
    assert directory.get_entry("u1") == entry


def test_creating_with_the_same_operation_id_again_gives_the_same_entry(directory, clock):
    first = directory.create_entry(owner="o1", status="new", op="o")
    clock.sleep(100_000)
    assert directory.create_entry(owner="o1", status="new", op="o") == first
    assert directory.list_by_owner("o1").items == (first,)


def test_whoever_learns_nothing_can_repeat_what_the_error_says(directory, faults):
    faults.always("PutItem", wire.LOST)
    with pytest.raises(UnknownOutcome) as unknown:
        directory.create_entry(owner="o1", status="new")
    faults.always("PutItem", None)
    created = directory.create_entry(owner="o1", status="new", **unknown.value.repeat_with)
    assert directory.list_by_owner("o1").items == (created,)


def test_an_entry_that_is_not_there_is_not_found(directory, backend):
    with pytest.raises(NotFound, match="there is no entry userId='u1'"):
        directory.get_entry("u1")
    with pytest.raises(NotFound):
        directory.set_status("u1", "old", version=1)
    assert items(backend) == [], "and no ghost is left"


@pytest.mark.usefixtures("entry")
def test_a_new_status_moves_the_entry_in_the_index(directory):
    changed = directory.set_status("u1", "in#use", version=1)
    assert (changed.status, changed.version) == ("in#use", 2)
    assert directory.get_entry("u1") == changed
    assert directory.list_by_owner("o1", status="new").items == ()
    assert directory.list_by_owner("o1", status="in#use").items == (changed,)
    assert directory.list_by_owner("o1", status="in").items == ()
    assert directory.list_by_owner("o1").items == (changed,)
    assert directory.list_by_email_domain("example.com").items == (changed,)
    assert directory.list_created_on(TODAY).items == (changed,)


@pytest.mark.parametrize("version", [0, 1, 3])
@pytest.mark.usefixtures("entry")
def test_an_entry_that_has_changed_since_it_was_read_is_left_alone(directory, version):
    current = directory.set_status("u1", "used", version=1)
    with pytest.raises(VersionConflict, match="entry userId='u1' has changed meanwhile"):
        directory.set_status("u1", "old", version=version)
    assert directory.get_entry("u1") == current


@pytest.mark.parametrize("loss", [wire.LOST, wire.LOST_CONNECTION, wire.LOST_IN_NONSENSE])
@pytest.mark.usefixtures("entry")
def test_a_lost_answer_sets_a_status_once(directory, faults, loss):
    faults.on("UpdateItem", loss)
    changed = directory.set_status("u1", "used", version=1, op="o")
    assert changed.version == 2
    assert directory.set_status("u1", "used", version=1, op="o") == changed


@pytest.mark.usefixtures("entry")
def test_deleting_an_entry_again_is_no_error(directory, backend):
    for _ in range(2):
        directory.delete_entry("u1")
        with pytest.raises(NotFound):
            directory.get_entry("u1")
    assert items(backend) == []


def test_an_owner_lists_entries_by_status_and_user_page_by_page(directory):
    for number in range(6):
        directory.create_entry(user_id=f"u{number}", owner="o1", status="ab"[number % 2])
    directory.create_entry(user_id="u9", owner="o1#", status="a")
    order = ["u0", "u2", "u4", "u1", "u3", "u5"]
    assert ids(directory.list_by_owner("o1")) == order
    assert ids(directory.list_by_owner("o1", status="b")) == order[3:]
    listed = walk(lambda cursor: directory.list_by_owner("o1", limit=4, cursor=cursor))
    assert [entry.user_id for entry in listed] == order


def test_a_domain_is_the_same_in_any_case(directory):
    for user_id, email in [("u1", "A@Example.COM"), ("u2", "b@example.com"), ("u3", "c@x.com")]:
        directory.create_entry(user_id=user_id, owner="o1", status="new", email=email)
    for domain in ("example.com", "EXAMPLE.com"):
        assert ids(directory.list_by_email_domain(domain)) == ["u1", "u2"]
    assert directory.get_entry("u1").email == "A@Example.COM"


def test_an_entry_without_an_address_is_in_no_domain(directory, backend):
    directory.create_entry(user_id="u1", owner="o1", status="new")
    (item,) = items(backend)
    assert not {"email", "GSI2PK"} & item.keys()
    assert ids(directory.list_by_owner("o1")) == ids(directory.list_created_on(TODAY)) == ["u1"]


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_the_entries_of_a_domain_come_in_the_order_of_users_from_all_shards(directory, limit):
    for number in reversed(range(30)):
        directory.create_entry(
            user_id=f"u{number:02}", owner="o1", status="new", email=f"{number}@example.com"
        )
    listed = walk(
        lambda cursor: directory.list_by_email_domain("example.com", limit=limit, cursor=cursor)
    )
    assert [entry.user_id for entry in listed] == [f"u{number:02}" for number in range(30)]


@pytest.mark.parametrize("limit", [4, 100])
def test_the_entries_of_a_day_come_in_the_order_of_time_from_all_shards(directory, clock, limit):
    clock.sleep(24 * 3600 - 2)
    for number in range(20):
        directory.create_entry(user_id=f"u{99 - number}", owner="o1", status="new")
        clock.sleep(0.2)
    days = [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2)]
    listed = [
        [
            entry.user_id
            for entry in walk(
                lambda cursor, day=day: directory.list_created_on(day, limit=limit, cursor=cursor)
            )
        ]
        for day in days
    ]
    users = [f"u{99 - number}" for number in range(20)]
    assert listed == [users[:10], users[10:], []]


@pytest.mark.parametrize("day", ["2026-01-01", START, None, 20260101], ids=str)
def test_a_day_that_is_none_is_refused(directory, faults, day):
    with pytest.raises(InvalidInput, match=r"is no day; give a datetime\.date"):
        directory.list_created_on(day)
    assert faults.attempts == []


@pytest.mark.parametrize("email", ["", "a", "@example.com", "a@", 7, "a@\ud800"])
def test_what_is_no_address_is_refused(directory, faults, email):
    with pytest.raises(InvalidInput):
        directory.create_entry(owner="o1", status="new", email=email)
    assert faults.attempts == []


@pytest.mark.parametrize("value", ["", None, 7, 1.5, "\ud800"])
def test_what_cannot_be_a_key_is_refused(directory, faults, value):
    calls = [
        lambda: directory.create_entry(owner=value, status="new"),
        lambda: directory.create_entry(owner="o1", status=value),
        lambda: directory.get_entry(value),
        lambda: directory.set_status(value, "new", version=1),
        lambda: directory.set_status("u1", value, version=1),
        lambda: directory.delete_entry(value),
        lambda: directory.list_by_owner(value),
        lambda: directory.list_by_email_domain(value),
    ]
    if value is not None:
        calls.append(lambda: directory.list_by_owner("o1", status=value))
        calls.append(lambda: directory.create_entry(owner="o1", status="new", user_id=value))
    for call in calls:
        with pytest.raises(InvalidInput):
            call()
    assert faults.attempts == []


@pytest.mark.parametrize("version", [1.0, "1", None, True, float("nan")])
def test_a_version_that_is_none_is_refused(directory, faults, version):
    with pytest.raises(InvalidInput, match="version"):
        directory.set_status("u1", "new", version=version)
    assert faults.attempts == []


@pytest.mark.parametrize(
    ("given", "attribute"),
    [
        ({"user_id": "u" * 1024}, "GSI1SK"),
        ({"status": "é" * 600}, "GSI1SK"),
        ({"owner": "é" * 1022}, "GSI1PK"),
        ({"email": "a@" + "é" * 1022}, "GSI2PK"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_the_limits_of_keys_count_for_indexes_too(directory, faults, given, attribute):
    with pytest.raises(KeyTooLong, match=f"key '{attribute}' has"):
        directory.create_entry(**{"owner": "o1", "status": "new", **given})
    assert faults.attempts == []


def test_a_new_status_may_be_as_long_as_its_key(directory, entry):
    fits = "s" * (1024 - len("STATUS##USER#u1"))
    with pytest.raises(KeyTooLong, match="'GSI1SK' has 1,025 bytes"):
        directory.set_status("u1", fits + "s", version=1)
    assert directory.set_status("u1", fits, version=entry.version).status == fits


def test_an_entry_over_400_kilobytes_is_refused(directory, faults):
    with pytest.raises(ItemTooLarge):
        directory.create_entry(owner="o1", status="new", email="x" * 410_000 + "@example.com")
    assert faults.attempts == []


def test_a_cursor_is_for_its_own_list_alone(directory):
    for number in range(4):
        directory.create_entry(
            user_id=f"u{number}", owner="o1", status="new", email=f"{number}@example.com"
        )
    by_domain = directory.list_by_email_domain("example.com", limit=2).cursor
    by_owner = directory.list_by_owner("o1", limit=2).cursor
    for call in (
        lambda: directory.list_by_email_domain("example.org", cursor=by_domain),
        lambda: directory.list_created_on(TODAY, cursor=by_domain),
        lambda: directory.list_by_owner("o1", cursor=by_domain),
        lambda: directory.list_by_owner("o1", status="new", cursor=by_owner),
        lambda: directory.list_by_owner("o2", cursor=by_owner),
        lambda: directory.list_created_on(date(2026, 1, 2), cursor=by_owner),
    ):
        with pytest.raises(InvalidCursor):
            call()


@pytest.mark.usefixtures("entry")
def test_an_item_that_is_no_entry_is_corrupt(directory, backend):
    backend.client.update_item(
        TableName=backend.tables(USAGE_QUOTAS)["directory"],
        Key={"PK": {"S": "USER#u1"}, "SK": {"S": "METADATA"}},
        UpdateExpression="SET email = :e",
        ExpressionAttributeValues={":e": {"S": "nowhere"}},
    )
    for call in (
        lambda: directory.get_entry("u1"),
        lambda: directory.list_by_owner("o1"),
        lambda: directory.list_created_on(TODAY),
    ):
        with pytest.raises(CorruptItem, match="a stored entry: email"):
            call()
