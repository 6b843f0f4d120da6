"""Products of the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.shop.records import PRODUCT, Product
from tablewright.models.catalog import shop as model

if TYPE_CHECKING:
    from decimal import Decimal


class ProductsRepository(BaseRepository):
    """Creates and finds products."""

    model = model.SHOP

    @performs("create_product")
    def create_product(
        self,
        *,
        product_id: str | None = None,
        name: str,
        price: Decimal | int,
        stock: int = 0,
        op: str | None = None,
    ) -> Product:
        """Create a product and return it; raises AlreadyExists for an id that is taken."""
        op = op or self._connection.new_id()
        product = Product.of(
            product_id=op if product_id is None else product_id,
            name=name,
            price=price,
            stock=stock,
        )
        return self._put("create_product", PRODUCT, product, op=op)

    @performs("get_product")
    def get_product(self, product_id: str) -> Product:
        """Return a product; raises NotFound."""
        return self._require("get_product", PRODUCT, {"productId": product_id})
