"""Any declared index serves a record; what does not fit its model is told."""

from datetime import UTC, datetime

import pytest

from tablewright.data_access.application_table import ApplicationTable, Session, UserProfile
from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.repository.pages import walk
from tablewright.data_access.repository.records import Id, Record, Text
from tablewright.models import DataModel, Entity, ModelError
from tablewright.models.catalog.application_table import APPLICATION, APPLICATION_TABLE
from tablewright.models.patterns import begins_with, between, create, equals, get, query, update
from tests.support.own_records import Invoice

NOW = datetime(2026, 1, 1, tzinfo=UTC)


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
        (lambda table: table.get(UserProfile, user_id=7), "'userId' is int"),
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
