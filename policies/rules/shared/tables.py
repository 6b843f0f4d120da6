"""What several rules ask of a table: whether its data may be lost, its keys and its indexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .settings import Schema, Settings, texts

if TYPE_CHECKING:
    from .reading import Properties

EPHEMERAL_TABLES: Final[Schema] = {
    "ephemeralTables": texts(
        "Tables whose items may be lost at any time; each is the end of a physical name, after "
        "`-<environment>-`."
    )
}


def is_ephemeral(properties: Properties, settings: Settings) -> bool:
    """Tell whether the settings exempt a table from what protects its data."""
    environment = settings.environment_if_known()
    endings = [f"-{environment}-{table}" for table in settings.texts("ephemeralTables")]
    return bool(endings) and properties.text("name").endswith(tuple(endings))


@dataclass(frozen=True)
class KeySchema:
    """The key attributes of a table or index, by name."""

    partition: tuple[str, ...]
    sort: tuple[str, ...]


@dataclass(frozen=True)
class IndexView:
    """A global secondary index, whether it is inline in its table or a resource of its own."""

    name: str
    keys: KeySchema
    projection: str
    position: int


def keys_of(properties: Properties) -> KeySchema:
    """Return the key of a table, a global or a local secondary index, however it is spelled."""
    parts = [
        (part.text("keyType"), part.text("attributeName"))
        for part in properties.sections("keySchemas")
    ]
    if parts:
        return KeySchema(
            tuple(name for kind, name in parts if kind == "HASH"),
            tuple(name for kind, name in parts if kind == "RANGE"),
        )
    return KeySchema(
        tuple(filter(None, (properties.text("hashKey"),))),
        tuple(filter(None, (properties.text("rangeKey"),))),
    )


def inline_index(properties: Properties, position: int) -> IndexView:
    """Return one of a table's inline global secondary indexes."""
    projection = properties.text("projectionType")
    return IndexView(properties.text("name"), keys_of(properties), projection, position)


def standalone_index(properties: Properties) -> IndexView:
    """Return the index of a `GlobalSecondaryIndex` resource."""
    projection = properties.section("projection").text("projectionType")
    return IndexView(properties.text("indexName"), keys_of(properties), projection, 0)
