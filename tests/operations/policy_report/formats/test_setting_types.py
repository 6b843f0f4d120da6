"""The type of a setting is told with every limit that a level file would break."""

import pytest

from rules import RULES
from tablewright.operations.policy_report.formats.setting_types import told

TEXT = {"type": "string", "minLength": 1.0}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "boolean"}, "boolean"),
        ({"type": "number", "minimum": 1.0, "maximum": 35.0}, "number from `1` up to `35`"),
        ({"type": "number", "minimum": 0.5}, "number from `0.5`"),
        (TEXT, "string, not empty"),
        ({**TEXT, "pattern": "^[a-z]+$"}, "string like `^[a-z]+$`"),
        ({"type": "string", "pattern": "^(a|b)$"}, r"string like ^(a\|b)\$"),
        ({"type": "string", "enum": ["a", "b"]}, 'one of `"a"`, `"b"`'),
        ({"type": "array"}, "list"),
        (
            {"type": "array", "items": TEXT, "minItems": 1.0},
            "list of at least `1`; each string, not empty",
        ),
        ({"type": "array", "items": TEXT, "minItems": 0.0}, "list; each string, not empty"),
        (
            {
                "type": "object",
                "propertyNames": {"pattern": "^[a-z]+$"},
                "additionalProperties": {"type": "string", "enum": ["A"]},
            },
            'object; names like `^[a-z]+$`; each value one of `"A"`',
        ),
        ({"type": "object", "propertyNames": {"pattern": "."}}, "object"),
        ({}, ""),
    ],
)
def test_a_type_is_told_with_its_limits(schema, words):
    assert told(schema) == words


def test_every_setting_of_the_pack_has_a_type_in_words():
    for rule in RULES:
        for schema in rule.schema().values():
            assert told(schema)
