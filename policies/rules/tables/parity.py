"""What a replica may lack that its table has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rules.tables.encryption import has_customer_managed_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.framework.reading import Properties


def _table_has_key(table: Properties) -> bool:
    encryption = table.section("serverSideEncryption")
    return encryption.flag("enabled") and has_customer_managed_key(encryption)


def _has_tags(properties: Properties) -> bool:
    return any(properties.section(name).names() for name in ("tags", "tagsAll"))


@dataclass(frozen=True, kw_only=True)
class Aspect:
    """One thing that a table has and its replicas may lack."""

    id: str
    what: str
    remedy: str
    table: Callable[[Properties], bool]
    replica: Callable[[Properties], bool]


KEY: Final = Aspect(
    id="key",
    what="a customer-managed key",
    remedy="set kmsKeyArn to a key of the replica's region",
    table=_table_has_key,
    replica=has_customer_managed_key,
)
_ALIKE: Final = (
    KEY,
    Aspect(
        id="protection",
        what="deletion protection",
        remedy="set deletionProtectionEnabled to true",
        table=lambda table: table.flag("deletionProtectionEnabled"),
        replica=lambda replica: replica.flag("deletionProtectionEnabled"),
    ),
    Aspect(
        id="recovery",
        what="point-in-time recovery",
        remedy="set pointInTimeRecovery to true",
        table=lambda table: table.section("pointInTimeRecovery").flag("enabled"),
        replica=lambda replica: replica.flag("pointInTimeRecovery"),
    ),
)
_TAGS: Final = Aspect(
    id="tags",
    what="tags",
    remedy="set propagateTags to true",
    table=_has_tags,
    replica=lambda replica: replica.flag("propagateTags"),
)
INLINE: Final = (*_ALIKE, _TAGS)
# A TableReplica has no propagateTags, but tags of its own.
STANDALONE: Final = (*_ALIKE, replace(_TAGS, remedy="set tags", replica=_has_tags))
