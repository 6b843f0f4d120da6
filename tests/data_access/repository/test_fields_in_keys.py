"""A kind reads a record's fields from attributes and keys, and refuses items of no such record."""

from decimal import Decimal

import pytest

from tablewright.data_access.errors import CorruptItem
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.records import Count, Id, Record, Text
from tablewright.models import DataModel, Entity, Key, TableSpec
from tablewright.models.patterns import get

TABLE = TableSpec(
    name="notes", key=Key.of("owner", "place"), environment_variable="NOTES_TABLE_NAME"
)
NOTE = Entity(
    "note",
    TABLE.name,
    {"owner": "OWNER#<owner>#<room>", "place": "<shelf>"},
    attributes=("entityType", "operationId", "text", "size"),
)
MODEL = DataModel(
    name="notebook",
    tables=(TABLE,),
    entities=(NOTE,),
    patterns=(get("get_note", NOTE, "reader"),),
)


class Note(Record):
    owner: Id
    room: Id
    shelf: Id
    text: Text | None = None
    size: Count = 0


KIND = Kind(MODEL, NOTE, Note)
STORED = {
    "owner": {"S": "OWNER#a%23b#100%25"},
    "place": {"S": "s%23"},
    "entityType": {"S": "note"},
    "text": {"S": "kept #%23"},
    "size": {"N": "1E+3"},
}


def test_fields_are_read_from_the_key_that_holds_them():
    """The attribute `owner` holds the field `owner` and another one."""
    note = Note(owner="a#b", room="100%", shelf="s#", text="kept #%23", size=1000)
    assert KIND.read(STORED) == note
    assert KIND.read(KIND.item(note, "op-1")) == note


@pytest.mark.parametrize(
    ("attribute", "stored"),
    [
        ("owner", {"S": "OWNER#a"}),
        ("owner", {"S": "OWNER#a#b#c"}),
        ("owner", {"N": "1"}),
        ("owner", None),
        ("place", {"S": "a#b"}),
        ("entityType", {"S": "other"}),
        ("entityType", None),
        ("text", {"N": "1"}),
        ("size", {"S": "1"}),
        ("size", {"N": "1.5"}),
    ],
)
def test_an_item_of_no_such_record_is_corrupt(attribute, stored):
    item = {**STORED, attribute: stored}
    if stored is None:
        del item[attribute]
    with pytest.raises(CorruptItem):
        KIND.read(item)


def test_a_whole_number_is_stored_as_it_is_written():
    note = Note(owner="a", room="b", shelf="c", size=1000)
    assert KIND.item(note)["size"] == {"N": "1000"}
    assert Decimal(STORED["size"]["N"]) == note.size
