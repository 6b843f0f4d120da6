"""A team's own kind of record works as the documentation says, and a wrong one is told."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tablewright.data_access.application_table import ApplicationTable, Session, UserProfile
from tablewright.data_access.errors import InvalidInput, NotFound
from tablewright.data_access.repository.pages import walk
from tablewright.data_access.repository.records import Id, Record, Text
from tablewright.models import DataModel, Entity, ModelError
from tablewright.models.catalog.application_table import APPLICATION, APPLICATION_TABLE
from tablewright.models.patterns import begins_with, between, create, equals, get, query, update
from tests.support.own_records import INVOICES, Invoice, follow_the_documentation

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def invoice(invoice_id, *, status="open", issued_at=NOW, **fields):
    return Invoice.of(
        account_id="a1",
        invoice_id=invoice_id,
        status=status,
        total=Decimal(12),
        issued_at=issued_at,
        **fields,
    )


@pytest.fixture
def invoices(connect):
    return ApplicationTable(connect(INVOICES), INVOICES, {Invoice: "invoice"})


def found_by_status(invoices, status):
    page = invoices.list_by_index(Invoice, account_id="a1", status=status)
    return [each.invoice_id for each in page.items]


def test_the_example_of_the_documentation_runs_as_it_stands(connect):
    left = follow_the_documentation(connect(INVOICES), NOW)
    assert [each.status for each in left["paid"]] == ["paid"]
    stored = left["table"].get(Invoice, account_id="a1", invoice_id="i1")
    assert stored == invoice("i1", status="paid")


def test_an_index_key_moves_with_each_of_the_fields_that_it_is_composed_of(invoices):
    invoices.put(invoice("i1"))
    invoices.put(invoice("i2"))
    invoices.update(Invoice, {"status": "paid"}, account_id="a1", invoice_id="i1")
    assert (found_by_status(invoices, "open"), found_by_status(invoices, "paid")) == (
        ["i2"],
        ["i1"],
    )
    later = {"issued_at": NOW + timedelta(days=1), "status": "open"}
    changed = invoices.update(Invoice, later, account_id="a1", invoice_id="i1")
    assert changed == invoice("i1", issued_at=NOW + timedelta(days=1))
    assert found_by_status(invoices, "open") == ["i2", "i1"]


def test_an_exact_amount_and_a_moment_are_kept(invoices):
    invoices.put(invoice("i1"))
    changes = {"total": Decimal("19.990"), "issued_at": NOW + timedelta(microseconds=1999)}
    changed = invoices.update(Invoice, changes, account_id="a1", invoice_id="i1")
    assert changed.total == Decimal("19.99")
    assert changed.issued_at == NOW + timedelta(milliseconds=1)
    assert invoices.get(Invoice, account_id="a1", invoice_id="i1") == changed


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"total": 1.5}, "total.*give an int or a Decimal"),
        ({"total": Decimal("NaN")}, "total"),
        ({"total": Decimal("1" * 39)}, "39 digits"),
        ({"status": None}, "status"),
        ({"status": 7}, "status"),
        ({"status": ""}, "status"),
        ({"colour": "red"}, r"no fields \['colour'\]"),
        ({"invoice_id": "i2"}, r"\['invoice_id'\] are part of its key"),
        ({}, "nothing to change"),
        ({"status": "x" * 1100}, "sort key has at most 1,024"),
    ],
)
def test_a_change_that_the_record_refuses_changes_nothing(invoices, changes, message):
    invoices.put(invoice("i1"))
    with pytest.raises(InvalidInput, match=message):
        invoices.update(Invoice, changes, account_id="a1", invoice_id="i1")
    assert invoices.get(Invoice, account_id="a1", invoice_id="i1") == invoice("i1")


def test_time_to_live_can_be_set_moved_and_removed(invoices, clock):
    key = {"account_id": "a1", "invoice_id": "i1"}
    invoices.put(invoice("i1"))
    soon = clock.now() + timedelta(seconds=10)
    assert invoices.update(Invoice, {"expires_at": soon}, **key).expires_at == soon
    assert invoices.update(Invoice, {"expires_at": None}, **key).expires_at is None
    clock.sleep(20)
    assert invoices.get(Invoice, **key) == invoice("i1")
    invoices.update(Invoice, {"expires_at": clock.now() + timedelta(seconds=5)}, **key)
    clock.sleep(5)
    with pytest.raises(NotFound):
        invoices.update(Invoice, {"status": "paid"}, **key)


def test_many_records_are_put_and_read_in_one_call(invoices):
    records = [invoice(f"i{number:03}") for number in range(130)]
    invoices.put_many([*records, records[7]])
    keys = [{"account_id": "a1", "invoice_id": each.invoice_id} for each in reversed(records)]
    found = invoices.get_many(Invoice, [*keys, {"account_id": "a1", "invoice_id": "none"}])
    assert found == (*reversed(records), None)


class Note(Record):
    owner: Id
    at: Id
    tag: Text | None = None
    room: Text | None = None


NOTE = Entity(
    "note",
    APPLICATION.name,
    {
        "PK": "OWNER#<owner>",
        "SK": "NOTE#<at>",
        "GSI1PK": "ROOM#<owner%8>",
        "GSI1SK": "TAG#<tag>#<room>",
    },
    attributes=("entityType", "operationId", "tag", "room", "TTL"),
)
NOTES = DataModel(
    name="notes",
    tables=(APPLICATION,),
    entities=(NOTE,),
    patterns=(
        create("put.note", NOTE, "api"),
        update("update.note", NOTE, "api"),
        get("get.note", NOTE, "api"),
        query(
            "list.note",
            NOTE,
            "api",
            key=(equals("PK", "OWNER#<owner>"), between("SK", "NOTE#<at>", "NOTE#<at>")),
        ),
        query(
            "list_by_index.note",
            NOTE,
            "api",
            index="GSI1",
            key=(equals("GSI1PK", "ROOM#<owner%8>"), begins_with("GSI1SK", "TAG#<tag*>")),
        ),
    ),
)


@pytest.fixture
def notes(connect):
    return ApplicationTable(connect(NOTES), NOTES, {Note: "note"})


def tagged(notes, tag, **options):
    return [each.at for each in notes.list_by_index(Note, tag=tag, **options).items]


def test_a_record_is_in_an_index_while_it_has_all_of_its_key(notes):
    notes.put(Note.of(owner="o", at="1", tag="a"))
    assert tagged(notes, "") == []
    notes.update(Note, {"room": "r"}, owner="o", at="1")
    assert tagged(notes, "") == ["1"]
    notes.update(Note, {"tag": None}, owner="o", at="1")
    assert tagged(notes, "") == []
    assert notes.get(Note, owner="o", at="1") == Note.of(owner="o", at="1", room="r")


def test_an_index_over_shards_is_read_as_a_whole_in_order_and_page_by_page(notes):
    for number in range(12):
        notes.put(Note.of(owner=f"o{number}", at=f"{number:02}", tag=f"t{number:02}", room="r"))
    assert tagged(notes, "t") == [f"{number:02}" for number in range(12)]
    pages = walk(lambda cursor: notes.list_by_index(Note, tag="t0", limit=3, cursor=cursor))
    assert [each.at for each in pages] == [f"{number:02}" for number in range(10)]


def test_a_range_has_two_ends_and_a_prefix_may_be_left_out(notes):
    for number in range(5):
        notes.put(Note.of(owner="o", at=str(number), tag="t", room="r"))
    found = notes.list(Note, owner="o", at="1", upper={"at": "3"})
    assert [each.at for each in found.items] == ["1", "2", "3"]
    assert len(notes.list_by_index(Note).items) == 5
    with pytest.raises(InvalidInput, match="after its end; swap the two"):
        notes.list(Note, owner="o", at="3", upper={"at": "1"})


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda table: table.get(UserProfile), "'userId' is None"),
        (lambda table: table.get(UserProfile, user_id=""), "at least one character"),
        (lambda table: table.get(UserProfile, user_id=7), "'userId' is 7"),
        (lambda table: table.get(UserProfile, userId="u1"), "'userId' is no field .*user_id"),
        (lambda table: table.get(UserProfile, user_id="u1", name="Ann"), "'name' is no field"),
        (lambda table: table.list(Session, user_id="u1"), "'user_id' is no field .*session_id"),
        (lambda table: table.list_by_index(Session, session_id="s1"), "'session_id' is no field"),
        (lambda table: table.get(Invoice, account_id="a1"), "'Invoice' is no record of this table"),
        (lambda table: table.put("text"), "'str' is no record of this table"),
        (lambda table: table.get([]), "no record of this table"),
        (lambda table: table.get_many(Note, [{}]), "'Note' is no record of this table"),
        (lambda table: table.update(UserProfile, {"name": "a" * 410_000}, user_id="u1"), "400|409"),
    ],
)
def test_what_names_no_record_is_refused(connect, ask, message):
    table = ApplicationTable(connect(APPLICATION_TABLE))
    table.put(UserProfile.of(user_id="u1", created_at=NOW))
    with pytest.raises(InvalidInput, match=message):
        ask(table)


class Keyless(Record):
    at: Id


class Reserved(Record):
    cursor: Id


RESERVED = Entity("reserved", APPLICATION.name, {"PK": "R#<cursor>", "SK": "METADATA"})
RESERVED_MODEL = DataModel(
    name="reserved",
    tables=(APPLICATION,),
    entities=(RESERVED, NOTE),
    patterns=(*NOTES.patterns, get("get.reserved", RESERVED, "api")),
)


@pytest.mark.parametrize(
    ("model", "kinds", "message"),
    [
        (NOTES, {Keyless: "note"}, r"record Keyless lacks \['owner'\]"),
        (NOTES, {UserProfile: "note"}, r"record UserProfile has .*'userId'"),
        (NOTES, {Note: "memo"}, "no entity 'memo'"),
        (RESERVED_MODEL, {Reserved: "reserved"}, r"key fields called \['cursor'\]"),
    ],
)
def test_a_record_that_does_not_fit_its_entity_is_refused_when_it_is_registered(
    connect, model, kinds, message
):
    with pytest.raises(ModelError, match=message):
        ApplicationTable(connect(model), model, kinds)


def test_a_method_whose_pattern_is_not_declared_says_which(notes):
    with pytest.raises(ModelError, match=r"no access pattern 'delete\.note'; declare it"):
        notes.delete(Note, owner="o", at="1")
