from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tablewright.models import KeyTemplate, ModelError
from tablewright.models.keys import LAST, decode, encode, shard_of

TEXT = st.text(min_size=1)
SPEAKING = st.text(alphabet="#%2350ab", min_size=1)
ANY_TEXT = TEXT | SPEAKING
TWO_FIELDS = [
    "<a>#<b>",
    "USER#<a>#QUOTA#<b>",
    "<a>x#y<b>",
    "STATUS#<a>#USER#<b>END",
]


@given(ANY_TEXT)
def test_decoding_undoes_encoding(value):
    assert decode(encode(value)) == value


@given(ANY_TEXT)
def test_an_encoded_value_holds_no_separator(value):
    assert "#" not in encode(value)


@pytest.mark.parametrize("text", TWO_FIELDS)
@given(first=st.tuples(ANY_TEXT, ANY_TEXT), second=st.tuples(ANY_TEXT, ANY_TEXT))
def test_two_different_records_never_share_a_key(text, first, second):
    template = KeyTemplate(text)
    keys = [template.render({"a": a, "b": b}) for a, b in (first, second)]
    assert (keys[0] == keys[1]) is (first == second)


@pytest.mark.parametrize("text", TWO_FIELDS)
def test_moving_a_separator_from_one_field_to_its_neighbour_changes_the_key(text):
    values = ["x", "#", "%", "%23", "x#", "#x", "x#y", "x%23"]
    keys = {
        KeyTemplate(text).render({"a": a, "b": b}) for a, b in itertools.product(values, values)
    }
    assert len(keys) == len(values) ** 2


def test_a_key_is_composed_as_it_is_written():
    template = KeyTemplate("USER#<userId>#QUOTA#<type>")
    assert template.render({"userId": "a#b", "type": "50%"}) == "USER#a%23b#QUOTA#50%25"


@pytest.mark.parametrize("text", TWO_FIELDS)
@given(a=ANY_TEXT, b=ANY_TEXT)
def test_parsing_a_key_gives_the_fields_that_it_was_composed_of(text, a, b):
    template = KeyTemplate(text)
    assert template.parse(template.render({"a": a, "b": b})) == {"a": a, "b": b}


def test_parsing_a_key_leaves_out_its_shard():
    template = KeyTemplate("TIER#<tier>#<userId%8>")
    assert template.parse(template.render({"tier": "gold", "userId": "u"})) == {"tier": "gold"}


@pytest.mark.parametrize("key", ["USER#", "USER", "ORDER#a", "USER#a#b", "xUSER#a"])
def test_a_key_of_another_template_is_not_parsed(key):
    with pytest.raises(ModelError, match="is not composed by it"):
        KeyTemplate("USER#<a>").parse(key)


@given(ANY_TEXT)
def test_a_shard_is_within_range_and_stays_the_same(value):
    shard = shard_of(value, 8)
    assert shard in range(8)
    assert KeyTemplate("DOMAIN#x#<userId%8>").render({"userId": value}) == f"DOMAIN#x#{shard}"


def test_shards_are_crc_32_whose_published_check_value_holds():
    assert shard_of("123456789", 2**32) == 0xCBF43926
    assert shard_of("123456789", 8) == 6


def test_a_shard_is_taken_from_the_bytes_of_utf_8():
    assert [shard_of(value, 8) for value in ("user-1", "user-2", "ü", "\U0001f600")] == [4, 6, 5, 4]


def test_a_reader_can_visit_every_shard():
    template = KeyTemplate("TIER#<tier>#<userId%8>")
    assert template.shards == 8
    keys = [template.render({"tier": "gold"}, shard=shard) for shard in range(template.shards)]
    assert keys == [f"TIER#gold#{shard}" for shard in range(8)]


def test_a_template_without_shards_has_one_partition():
    assert KeyTemplate("USER#<userId>").shards == 1


@given(prefix=ANY_TEXT, rest=st.text())
def test_a_prefix_field_begins_the_key_of_every_value_that_begins_with_it(prefix, rest):
    condition = KeyTemplate("KEY#<key*>").render({"key": prefix})
    assert KeyTemplate("KEY#<key>").render({"key": prefix + rest}).startswith(condition)


@given(prefix=ANY_TEXT, value=ANY_TEXT)
def test_a_prefix_field_begins_no_other_key(prefix, value):
    assume(not value.startswith(prefix))
    condition = KeyTemplate("KEY#<key*>").render({"key": prefix})
    assert not KeyTemplate("KEY#<key>").render({"key": value}).startswith(condition)


def test_an_empty_prefix_finds_all():
    assert KeyTemplate("KEY#<key*>").render({"key": ""}) == "KEY#"


@given(time=ANY_TEXT, name=ANY_TEXT)
def test_a_between_ending_in_the_last_character_takes_in_the_whole_end(time, name):
    assume(not name.startswith(LAST))
    key = KeyTemplate("TIMESTAMP#<ts>#<id>").render({"ts": time, "id": name})
    low = KeyTemplate("TIMESTAMP#<ts>").render({"ts": time})
    high = KeyTemplate(f"TIMESTAMP#<ts>#{LAST}").render({"ts": time})
    assert low.encode() <= key.encode() <= high.encode()


def test_a_between_ending_in_the_last_character_leaves_out_the_next_moment():
    key = KeyTemplate("TIMESTAMP#<ts>#<id>").render({"ts": "2025-01-01T00:00:00.001Z", "id": "a"})
    high = KeyTemplate(f"TIMESTAMP#<ts>#{LAST}").render({"ts": "2025-01-01T00:00:00.000Z"})
    assert key.encode() > high.encode()


@given(st.lists(TEXT, min_size=2, max_size=2))
def test_code_points_order_as_the_bytes_that_dynamodb_compares(values):
    keys = [KeyTemplate("KEY#<key>").render({"key": value}) for value in values]
    assert (keys[0] < keys[1]) is (keys[0].encode() < keys[1].encode())


@pytest.mark.parametrize("values", [{}, {"userId": ""}, {"userId": None}, {"userId": 7}])
def test_a_key_without_all_its_fields_is_refused(values):
    with pytest.raises(ModelError, match=r"'USER#<userId>': field 'userId' is .*at least one"):
        KeyTemplate("USER#<userId>").render(values)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("<a><b>", r"fields 'a' and 'b' have '' between them.*with a '#'"),
        ("<a>-<b>", r"fields 'a' and 'b' have '-' between them.*with a '#'"),
        ("USER#<a>#<b>|<c>", r"fields 'b' and 'c' have '\|' between them"),
        ("USER#<user id>", r"is no field; write <name>"),
        ("USER#<userId", r"is no field"),
        ("KEY#<key*>#END", r"prefix field <key\*> has a part after it"),
        ("KEY#<key*>#<other*>", r"prefix field <key\*> has a part after it"),
        ("TIER#<userId%0>", r"'<userId%0>' has 0 shards; .*at least 2"),
        ("TIER#<userId%1>", r"'<userId%1>' has 1 shards; .*or write <userId>"),
    ],
)
def test_a_template_that_could_mislead_is_refused(text, message):
    with pytest.raises(ModelError, match=message):
        KeyTemplate(text)


@pytest.mark.parametrize("text", ["METADATA", "<a>", "<a>-#<b>", "TIER#<t>#<u%2>", "KEY#<key*>"])
def test_its_neighbour_is_taken(text):
    assert KeyTemplate(text).text == text


COVERED = [
    ("USER#<userId>", "USER#<userId>", True, True),
    ("USER#<userId>", "USER#", True, False),
    ("USER#<userId>", "USER#", False, True),
    ("USER#<userId>", "US", False, True),
    ("USER#<userId>", "ORDER#", False, False),
    ("USER#<userId>", "USER#<orderId>", False, False),
    ("USER#<userId>", "USER#<userId>#", False, False),
    ("KEY#<key>", "KEY#<key*>", False, True),
    ("KEY#<key>", "KEY#<key*>", True, False),
    ("KEY#<key>", "KEY#<name*>", False, False),
    ("AT#<ts>#<id>", "AT#<ts>#", False, True),
    ("AT#<ts>#<id>", "AT#<ts>#<id>", False, True),
    ("AT#<ts>#<id>", "AT#<id>", False, False),
    ("TIER#<t>#<u%8>", "TIER#<t>#<u%8>", True, True),
    ("TIER#<t>#<u%8>", "TIER#<t>#<u%4>", True, False),
    ("TIER#<t>#<u%8>", "TIER#<t>#<u>", True, False),
]


@pytest.mark.parametrize(("key", "condition", "whole", "covered"), COVERED)
def test_a_condition_covers_only_keys_that_it_can_match(key, condition, whole, covered):
    assert KeyTemplate(key).covers(KeyTemplate(condition), whole=whole) is covered
