from __future__ import annotations

import dataclasses

import pytest

from tablewright.models import (
    KEYS_ONLY,
    Attribute,
    AttributeType,
    Index,
    Key,
    ModelError,
    Projection,
    Stream,
    StreamView,
)
from tests.support import small_models

SIZE = Attribute("size", AttributeType.NUMBER)
BY_SIZE = Index(name="bySize", key=Key.of("PK", SIZE), local=True)
BY_AGE = Index(name="byAge", key=Key.of("GSI1PK", "SK"))


def test_attribute_definitions_follow_from_the_keys_each_once():
    table = small_models.table(indexes=(small_models.BY_STATUS, BY_SIZE, BY_AGE))
    assert [(attribute.name, str(attribute.type)) for attribute in table.attributes] == [
        ("PK", "S"),
        ("SK", "S"),
        ("GSI1PK", "S"),
        ("GSI1SK", "S"),
        ("size", "N"),
    ]


def test_an_attribute_is_a_string_unless_it_says_otherwise():
    assert Key.of("PK", SIZE).attributes == (Attribute("PK", AttributeType.STRING), SIZE)


def test_a_key_may_lack_a_sort_key():
    assert Key.of("PK").names == ("PK",)


def test_indexes_are_sorted_by_name_within_their_kind():
    table = small_models.table(indexes=(small_models.BY_STATUS, BY_SIZE, BY_AGE))
    assert [index.name for index in table.global_indexes] == ["byAge", "byStatus"]
    assert [index.name for index in table.local_indexes] == ["bySize"]


def test_an_index_is_found_by_its_name():
    table = small_models.table()
    assert table.index("byStatus") is small_models.BY_STATUS
    assert table.key_of("byStatus") == small_models.BY_STATUS.key
    assert table.key_of(None) == Key.of("PK", "SK")


def test_an_index_that_is_not_there_is_reported_with_those_that_are():
    message = r"table 'orders': there is no index 'byAge' \(indexes: 'byStatus'\); declare it"
    with pytest.raises(ModelError, match=message):
        small_models.table().index("byAge")


def test_a_table_without_indexes_says_so():
    with pytest.raises(ModelError, match=r"there is no index 'byAge' \(indexes: none\)"):
        small_models.table(indexes=()).index("byAge")


@pytest.mark.parametrize(
    ("stream", "with_trail", "without_trail"),
    [
        (None, False, False),
        (Stream(), True, True),
        (Stream(audit_trail_only=True), True, False),
    ],
)
def test_a_stream_for_the_audit_trail_exists_only_where_that_is_enabled(
    stream, with_trail, without_trail
):
    table = small_models.table(stream=stream)
    assert table.has_stream(audit_trail=True) is with_trail
    assert table.has_stream(audit_trail=False) is without_trail


def test_a_stream_holds_both_images_unless_it_says_otherwise():
    assert Stream().view is StreamView.NEW_AND_OLD_IMAGES


def test_include_names_at_least_one_attribute():
    assert Projection.include("status").attributes == ("status",)
    with pytest.raises(ModelError, match=r"projection INCLUDE: 0 non-key attributes; INCLUDE"):
        Projection.include()


def test_other_projections_name_no_attribute():
    with pytest.raises(ModelError, match=r"projection KEYS_ONLY: 1 non-key attributes; .*none"):
        Projection(KEYS_ONLY.kind, ("status",))


def test_a_table_cannot_be_changed_after_its_checks():
    table = small_models.table()
    with pytest.raises(dataclasses.FrozenInstanceError):
        table.name = "x"
