from __future__ import annotations

import pytest

from tablewright.models import ALL, KEYS_ONLY, Entity, Index, Key, ModelError, Projection
from tablewright.models.patterns import equals, query
from tests.support import small_models

ORDER = Entity("order", "orders", {"PK": "USER#<userId>", "SK": "<orderId>", "shop": "<shop>"})
TOTAL = Projection.include("total")


def declare(projection, *attributes):
    pattern = query(
        "pattern",
        ORDER,
        "api",
        index="byShop",
        key=(equals("shop", "<shop>"),),
        attributes=attributes,
    )
    index = Index(name="byShop", key=Key.of("shop"), projection=projection)
    table = small_models.table(indexes=(index,))
    return small_models.model(pattern, tables=(table,), entities=(ORDER,))


@pytest.mark.parametrize(
    ("projection", "attributes"),
    [
        (ALL, ()),
        (ALL, ("anything",)),
        (KEYS_ONLY, ("PK", "SK", "shop")),
        (TOTAL, ("PK", "SK", "shop", "total")),
    ],
)
def test_attributes_that_the_projection_holds_can_be_read(projection, attributes):
    model = declare(projection, *attributes)
    assert model.pattern("pattern").attributes == attributes


@pytest.mark.parametrize(
    ("projection", "attributes", "message"),
    [
        (
            KEYS_ONLY,
            ("shop", "total"),
            r"\['shop', 'total'\], but index 'byShop' lacks \['total'\] \(KEYS_ONLY\)",
        ),
        (
            KEYS_ONLY,
            (),
            r"all attributes, but index 'byShop' does not hold all attributes \(KEYS_ONLY\)",
        ),
        (
            TOTAL,
            ("total", "note"),
            r"\['total', 'note'\], but index 'byShop' lacks \['note'\] \(INCLUDE\)",
        ),
        (
            TOTAL,
            (),
            r"all attributes, but index 'byShop' does not hold all attributes \(INCLUDE\)",
        ),
    ],
)
def test_attributes_outside_the_projection_are_refused(projection, attributes, message):
    expected = rf"^table 'orders': access pattern 'pattern' needs {message}; project them, or need"
    with pytest.raises(ModelError, match=expected):
        declare(projection, *attributes)
