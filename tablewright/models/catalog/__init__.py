"""The five workloads, one module each, in the order in which a stack deploys them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tablewright.models.catalog.application_table import APPLICATION_TABLE
from tablewright.models.catalog.file_sharing import FILE_SHARING
from tablewright.models.catalog.kv_storage import KV_STORAGE
from tablewright.models.catalog.shop import SHOP
from tablewright.models.catalog.usage_quotas import USAGE_QUOTAS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.models.model import DataModel

_MODELS = (FILE_SHARING, APPLICATION_TABLE, KV_STORAGE, SHOP, USAGE_QUOTAS)

CATALOG: Mapping[str, DataModel] = MappingProxyType({model.name: model for model in _MODELS})
"""Every model by its name, as the configuration key `stores` lists it."""

__all__ = [
    "APPLICATION_TABLE",
    "CATALOG",
    "FILE_SHARING",
    "KV_STORAGE",
    "SHOP",
    "USAGE_QUOTAS",
]
