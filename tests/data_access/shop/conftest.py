"""The shop's repositories on each backend, and what a test may do beside them."""

import pytest

from tablewright.data_access.shop import (
    CartsRepository,
    OrdersRepository,
    ProductsRepository,
    UsersRepository,
)
from tablewright.models.catalog import SHOP
from tests.support.faults import Faults


class Table:
    """What a test sees of the table beside the repositories."""

    def __init__(self, backend):
        self._client = backend.client
        self._items = backend.items
        self.name = backend.tables(SHOP)["shop"]

    def items(self):
        """Return every item by its key."""
        return {(i["PK"]["S"], i["SK"]["S"]): i for i in self._items(self.name)}

    def put(self, **item):
        """Put an item of strings, as nothing in the package would."""
        texts = {name: {"S": value} for name, value in item.items()}
        self._client.put_item(TableName=self.name, Item=texts)

    def delete(self, partition, sort):
        key = {"PK": {"S": partition}, "SK": {"S": sort}}
        self._client.delete_item(TableName=self.name, Key=key)


@pytest.fixture
def table(backend):
    return Table(backend)


@pytest.fixture
def faults(backend):
    """Faults on the client that the repositories use; `attempts` are counted."""
    with Faults(backend.client) as faults:
        yield faults


@pytest.fixture
def connection(connect):
    return connect(SHOP)


@pytest.fixture
def users(connection):
    return UsersRepository(connection)


@pytest.fixture
def orders(connection):
    return OrdersRepository(connection)


@pytest.fixture
def products(connection):
    return ProductsRepository(connection)


@pytest.fixture
def carts(connection):
    return CartsRepository(connection)
