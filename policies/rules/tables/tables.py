"""What several rules ask of a table: whether its data may be lost, its keys and its indexes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rules.framework.settings import Schema, Settings, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.framework.reading import Properties

SHORT_NAME: Final = "^[A-Za-z0-9_.-]+$"
"""The pattern of what ends a physical name, which is no glob."""
EPHEMERAL_TABLES: Final[Schema] = {
    "ephemeralTables": texts(
        "Tables whose items may be lost at any time; each is the end of a physical name, after "
        "the first `-<environment>-`.",
        pattern=SHORT_NAME,
    )
}


def is_ephemeral(properties: Properties, settings: Settings) -> bool:
    """Tell whether the settings exempt a table from what protects its data."""
    return is_listed(lambda: properties.text("name"), "ephemeralTables", settings)


def is_listed(name: Callable[[], str], setting: str, settings: Settings) -> bool:
    """Tell whether a setting lists a table, by what follows the environment in its physical name.

    The name is read only where the setting lists any.
    """
    listed = settings.texts(setting)
    return bool(listed) and after_environment(name(), settings) in listed


def after_environment(name: str, settings: Settings) -> str | None:
    """Return all that follows the first `-<environment>-` of a name, None where there is none.

    To compare only how a name ends would take `a-prod-ledger-prod-cache` for `a-prod-cache`.
    """
    _, found, rest = name.partition(f"-{settings.environment_if_known()}-")
    return rest if found else None


@dataclass(frozen=True)
class KeySchema:
    """The key attributes of a table or index, by name."""

    partition: tuple[str, ...]
    sort: tuple[str, ...]

    @property
    def attributes(self) -> tuple[str, ...]:
        """All of them, those of the partition key first."""
        return self.partition + self.sort

    def answers(self, other: KeySchema) -> bool:
        """Tell whether every query of the other key is a query of this one.

        A query gives all attributes of the partition key, and those of the sort key from the left.
        A partition key of more attributes spreads its load further, so it repeats none of fewer.
        """
        return (
            bool(other.partition)
            and frozenset(self.partition) == frozenset(other.partition)
            and self.sort[: len(other.sort)] == other.sort
        )


def keys_of(properties: Properties) -> KeySchema:
    """Return the key of a table, a global or a local secondary index, however it is spelled."""
    return KeySchema(partition_key(properties), _key(properties, "RANGE", "rangeKey"))


def partition_key(properties: Properties) -> tuple[str, ...]:
    """Return the attributes of the partition key; a local secondary index has none of its own."""
    return _key(properties, "HASH", "hashKey")


def _key(properties: Properties, kind: str, argument: str) -> tuple[str, ...]:
    parts = properties.sections("keySchemas")
    if not parts:
        return tuple(filter(None, (properties.text(argument),)))
    return tuple(part.text("attributeName") for part in parts if part.text("keyType") == kind)
