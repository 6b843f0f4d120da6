"""A kind composes keys last, keeps their limits, and reads nothing that does not fit."""

import traceback

import pytest

from tablewright.data_access.errors import CorruptItem, InvalidInput, ItemTooLarge, KeyTooLong
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.records import Expiry, Flag, Id, Record, Text
from tablewright.data_access.values.sizes import size_of
from tablewright.models import DataModel, Entity, Index, Key, ModelError, TableSpec
from tablewright.models.patterns import create, equals, query


class Note(Record):
    owner: Id
    title: Text
    room: Text | None = None
    tag: Text | None = None
    done: Flag = False
    expires_at: Expiry | None = None


NOTES_TABLE = TableSpec(
    name="notes",
    key=Key.of("PK", "SK"),
    environment_variable="NOTES_TABLE_NAME",
    indexes=(Index(name="GSI1", key=Key.of("GSI1PK", "GSI1SK")),),
    ttl_attribute="expiresAt",
)
NOTE = Entity(
    "note",
    "notes",
    {
        "PK": "OWNER#<owner>",
        "SK": "NOTE#<title>",
        "GSI1PK": "ROOM#<room>",
        "GSI1SK": "TAG#<tag>#<owner%8>",
    },
    attributes=("entityType", "operationId", "room", "tag", "done", "expiresAt", "deletingAt"),
)
NOTES = DataModel(
    name="notes",
    tables=(NOTES_TABLE,),
    entities=(NOTE,),
    patterns=(
        create("create_note", NOTE, "api"),
        query("list_room", NOTE, "api", index="GSI1", key=equals("GSI1PK", "ROOM#<room>")),
    ),
)
KIND = Kind(NOTES, NOTE, Note)


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ({}, []),
        ({"room": "r"}, ["GSI1PK"]),
        ({"tag": "t"}, ["GSI1SK"]),
        ({"room": "r", "tag": "t"}, ["GSI1PK", "GSI1SK"]),
    ],
    ids=str,
)
def test_an_index_key_attribute_is_there_where_all_of_its_fields_are(given, held):
    item = KIND.item(Note(owner="o", title="t", **given))
    assert sorted(name for name in item if name.startswith("GSI")) == held


@pytest.mark.parametrize(
    ("fields", "name", "fits", "most"),
    [
        ({"title": "t"}, "owner", 2048 - len("OWNER#"), 2048),
        ({"owner": "o"}, "title", 1024 - len("NOTE#"), 1024),
        ({"owner": "o", "title": "t"}, "room", 2048 - len("ROOM#"), 2048),
        ({"owner": "o", "title": "t"}, "tag", 1024 - len("TAG##0"), 1024),
    ],
)
@pytest.mark.parametrize("character", ["a", "#", "%", "é", "😀"])
def test_a_key_is_as_long_as_it_is_composed_in_bytes(fields, name, fits, most, character):
    size = len(character.encode()) if character not in "#%" else len("%23")
    value = character * (fits // size) + "a" * (fits % size)
    KIND.item(Note(**fields, **{name: value}))
    with pytest.raises(KeyTooLong, match=f"has {most + 1:,} bytes; a .* key has at most {most:,}"):
        KIND.item(Note(**fields, **{name: value + "a"}))


@pytest.mark.parametrize("given", [{"room": ""}, {"tag": ""}, {"room": "\ud800"}], ids=repr)
def test_an_index_key_of_nothing_or_of_half_a_character_is_refused(given):
    with pytest.raises(InvalidInput):
        KIND.item(Note.model_construct(owner="o", title="t", **given))


def test_an_item_over_400_kilobytes_is_refused():
    note = Note(owner="o", title="t")
    most = 400 * 1024 - size_of(KIND.item(note, ""))
    KIND.item(note, "x" * most)
    with pytest.raises(ItemTooLarge, match="note: the item has 409,601 bytes"):
        KIND.item(note, "x" * (most + 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"PK": {"S": "USER#o"}},
        {"PK": {"S": "OWNER#a#b"}},
        {"SK": {"N": "1"}},
        {"done": {"S": "yes"}},
        {"expiresAt": {"S": "soon"}},
        {"room": {"N": "1"}},
        {"room": {"X": "1"}},
    ],
    ids=str,
)
def test_an_item_that_does_not_fit_its_record_is_corrupt(wrong):
    item = KIND.item(Note(owner="o", title="t", room="r"))
    with pytest.raises(CorruptItem):
        KIND.read(item | wrong)
    del item["PK"]
    with pytest.raises(CorruptItem, match="key 'PK'"):
        KIND.read(item)


@pytest.mark.parametrize(
    ("attributes", "alive"),
    [
        ({}, True),
        ({"expiresAt": {"N": "101"}}, True),
        ({"expiresAt": {"N": "100.5"}}, True),
        ({"expiresAt": {"N": "100"}}, False),
        ({"expiresAt": {"N": "99"}}, False),
        ({"expiresAt": {"S": "1999-01-01"}}, True),
        ({"deletingAt": {"S": "x"}}, False),
        ({"deletingAt": {"S": "x"}, "expiresAt": {"N": "101"}}, False),
    ],
    ids=str,
)
def test_an_item_counts_until_it_expires_or_is_marked(attributes, alive):
    assert KIND.is_live(attributes, 100) is alive


def test_a_move_in_an_index_has_each_attribute_that_holds_the_field():
    assert KIND.index_keys_with("room", {"room": "a#"}) == {"GSI1PK": "ROOM#a%23"}
    fields = {"owner": "o", "tag": "t"}
    assert KIND.index_keys_with("tag", fields) == {"GSI1SK": "TAG#t#4"}
    assert KIND.index_keys_with("owner", fields) == {"GSI1SK": "TAG#t#4"}, "never the table's own"
    assert KIND.index_keys_with("done", fields) == {}
    with pytest.raises(InvalidInput, match="'owner' is None"):
        KIND.index_keys_with("tag", {"tag": "t"})


def test_the_key_of_another_template_is_corrupt_and_told_unless_it_is_secret():
    item = KIND.item(Note(owner="o", title="t")) | {"PK": {"S": "something else"}}
    with pytest.raises(CorruptItem, match=r"a stored note: key template .*'something else'"):
        KIND.read(item)
    with pytest.raises(CorruptItem, match="a stored note: its key") as refused:
        Kind(NOTES, NOTE, Note, secret=True).read(item)
    assert "something else" not in "".join(traceback.format_exception(refused.value))


def test_a_kind_of_a_secret_key_does_not_name_it():
    secret = Kind(NOTES, NOTE, Note, secret=True)
    assert KIND.named({"owner": "o"}) == "note owner='o'"
    assert secret.named({"owner": "o"}) == KIND.named({}) == "note"


def test_a_record_with_a_field_that_the_entity_lacks_is_no_kind():
    class Wrong(Note):
        colour: Text = ""

    with pytest.raises(ModelError, match=r"record Wrong has \['colour'\]"):
        Kind(NOTES, NOTE, Wrong)
    with pytest.raises(ModelError, match=r"\['title'\]"):
        Kind(NOTES, NOTE, Note, attributes=("PK", "room", "tag", "done", "expiresAt"))
