"""What the tests of transactions write with, and see."""

import pytest

from tablewright.models.catalog import SHOP
from tests.support.faults import Faults
from tests.support.shop_writes import Writes


@pytest.fixture
def repository(connect):
    return Writes(connect(SHOP))


@pytest.fixture
def faults(backend):
    with Faults(backend.client) as faults:
        yield faults


@pytest.fixture
def items(backend):
    """Tells every item of the table by its partition key."""
    return lambda: {i["PK"]["S"]: i for i in backend.items(backend.tables(SHOP)["shop"])}
