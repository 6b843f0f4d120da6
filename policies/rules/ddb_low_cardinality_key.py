"""A partition key has many values, so that load spreads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import for_each, known_first
from rules.framework.rule import ADVISORY, ResourceRule
from rules.framework.settings import texts
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, TABLE
from rules.tables.tables import partition_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LOW: Final = (
    *("status", "state", "type", "kind", "category", "class", "level", "tier", "priority", "role"),
    *("flag", "is", "has", "active", "enabled", "deleted", "boolean", "gender"),
    *("country", "region", "continent", "currency", "language", "locale"),
    *("date", "day", "week", "month", "quarter", "year"),
)
_THE: Final = {"table": "the table", "index": "a global secondary index"}
_IDENTIFYING: Final = ("id", "uuid", "ulid", "arn", "hash", "token", "email")


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    properties = resource.properties
    if resource.type == GLOBAL_SECONDARY_INDEX:
        return _key(properties, "index", settings)
    return known_first(
        _key(properties, "table", settings),
        for_each(
            properties, "globalSecondaryIndexes", lambda index, _: _key(index, "index", settings)
        ),
    )


def _key(holder: Properties, finding: str, settings: Settings) -> Iterator[Finding]:
    attributes = partition_key(holder)
    low, identifying = _lower(settings.texts("words")), _lower(settings.texts("identifyingWords"))
    if attributes and all(_is_low(attribute, low, identifying) for attribute in attributes):
        yield Finding(
            finding,
            f"partition key {', '.join(attributes)} of {_THE[finding]} seems to have few values, "
            "and one value takes about 1,000 write units a second; partition by an identifier, "
            "or add one or a shard to the key",
        )


def _is_low(attribute: str, low: frozenset[str], identifying: frozenset[str]) -> bool:
    words = [word.lower() for word in _WORD.findall(attribute)]
    return not low.isdisjoint(words) and words[-1] not in identifying


def _lower(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


DDB_LOW_CARDINALITY_KEY = ResourceRule(
    id="ddb-low-cardinality-key",
    demands="No partition key is named for something that has few values.",
    severity=Severity.LOW,
    default_level=ADVISORY,
    remediation_steps="Set hash_key, or the HASH attribute of key_schemas, to an identifier and "
    "the attribute of few values as the sort key; or write a sharded value. With tablewright, "
    "change the key of the table or index, or shard it. What the last word of a name says to have "
    "many values goes into setting identifyingWords.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-uniform-load.html",
    settings={
        "words": texts(
            "Words that tell, anywhere in an attribute's name, that it has few values: `is` in "
            "isActive, `status` in order_status; case does not matter.",
            _LOW,
            least=1,
            pattern="^[A-Za-z]+$",
        ),
        "identifyingWords": texts(
            "Words that tell, at the end of an attribute's name, that it has many values anyway: "
            "`id` in roleId.",
            _IDENTIFYING,
            pattern="^[A-Za-z]+$",
        ),
    },
    types=(TABLE, GLOBAL_SECONDARY_INDEX),
    check=_check,
)
