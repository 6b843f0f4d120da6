"""Lists and maps are taken as deep as DynamoDB takes them, and refused before anything recurses."""

import pytest

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.kv_storage import KeysRepository
from tablewright.data_access.values.codec import encode
from tablewright.models.catalog import KV_STORAGE


def nested(levels):
    value = "leaf"
    for level in range(levels):
        value = {"in": value} if level % 2 else [value]
    return value


IN_ITSELF = []
IN_ITSELF.append(IN_ITSELF)


def test_as_many_levels_as_dynamodb_takes_are_encoded():
    assert encode(nested(32))
    with pytest.raises(InvalidInput, match="nested deeper than the 32 levels"):
        encode(nested(33))


@pytest.mark.parametrize("value", [nested(5000), IN_ITSELF], ids=["deep", "in itself"])
@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_value_without_end_is_refused_before_anything_is_sent(connect, faults, write, value):
    keys = KeysRepository(connect(KV_STORAGE))
    del faults.attempts[:]
    with pytest.raises(InvalidInput, match="nested deeper") as refused:
        getattr(keys, write)("n", "k", value)
    assert not faults.attempts
    assert len(str(refused.value)) < 300
