import pytest

from tablewright.local.property_path import covers, names_only, parse, text_of


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("hashKey",), "hashKey"),
        (("globalSecondaryIndexes", 0, "keySchemas", 1), "globalSecondaryIndexes[0].keySchemas[1]"),
        (("tags", "CostCenter"), "tags.CostCenter"),
        (("tags", "cost.center"), 'tags["cost.center"]'),
        (("tags", "aws:owner", "x"), 'tags["aws:owner"].x'),
    ],
)
def test_a_path_is_written_as_a_preview_writes_it_and_read_back(path, text):
    assert text_of(path) == text
    assert parse(text) == path


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("tags", ("tags", "Owner"), True),
        ("tags.Owner", ("tags",), False),
        ("tags.Owner", ("tags", "Team"), False),
        ("*", ("anything", 3), True),
        ("globalSecondaryIndexes[*].name", ("globalSecondaryIndexes", 4, "name"), True),
        ("globalSecondaryIndexes[0].name", ("globalSecondaryIndexes", 1, "name"), False),
    ],
)
def test_a_pattern_covers_what_it_names_and_what_lies_inside(pattern, path, expected):
    assert covers(parse(pattern), path) is expected


def test_positions_are_left_out_where_any_element_is_meant():
    assert names_only(("globalSecondaryIndexes", 2, "name")) == ("globalSecondaryIndexes", "name")
    assert names_only(parse("globalSecondaryIndexes[*].name")) == ("globalSecondaryIndexes", "name")
    assert names_only(parse("globalSecondaryIndexes[].name")) == ("globalSecondaryIndexes", "name")
