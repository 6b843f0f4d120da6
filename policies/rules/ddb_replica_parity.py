"""Rule 6: a replica is kept as safely as its table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from .shared.encryption import is_customer_managed
from .shared.finding import Finding
from .shared.mappings import Mappings
from .shared.reading import MalformedError, Properties, for_each, known_first
from .shared.rule import ADVISORY, MANDATORY, Levels, ResourceRule
from .shared.settings import texts
from .shared.tokens import TABLE, TABLE_REPLICA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .shared.settings import Settings
    from .shared.subjects import Resource

_DEMANDED: Final = "standaloneMustHave"


def _table_has_key(table: Properties) -> bool:
    encryption = table.section("serverSideEncryption")
    return encryption.flag("enabled") and is_customer_managed(encryption.text("kmsKeyArn"))


def _has_tags(properties: Properties) -> bool:
    return any(properties.section(name).names() for name in ("tags", "tagsAll"))


@dataclass(frozen=True, kw_only=True)
class _Aspect:
    """One thing that a table has and its replicas may lack."""

    id: str
    what: str
    remedy: str
    table: Callable[[Properties], bool]
    replica: Callable[[Properties], bool]


_ASPECTS: Final = (
    _Aspect(
        id="key",
        what="a customer-managed key",
        remedy="set kmsKeyArn to a key of the replica's region",
        table=_table_has_key,
        replica=lambda replica: is_customer_managed(replica.text("kmsKeyArn")),
    ),
    _Aspect(
        id="protection",
        what="deletion protection",
        remedy="set deletionProtectionEnabled to true",
        table=lambda table: table.flag("deletionProtectionEnabled"),
        replica=lambda replica: replica.flag("deletionProtectionEnabled"),
    ),
    _Aspect(
        id="recovery",
        what="point-in-time recovery",
        remedy="set pointInTimeRecovery to true",
        table=lambda table: table.section("pointInTimeRecovery").flag("enabled"),
        replica=lambda replica: replica.flag("pointInTimeRecovery"),
    ),
    _Aspect(
        id="tags",
        what="tags",
        remedy="set propagateTags to true",
        table=_has_tags,
        replica=lambda replica: replica.flag("propagateTags"),
    ),
)
# A TableReplica has no propagateTags, but tags of its own.
_STANDALONE: Final = (
    *_ASPECTS[:-1],
    replace(_ASPECTS[-1], remedy="set tags", replica=_has_tags),
)


def _check(resource: Resource, settings: Settings) -> Iterator[Finding]:
    properties = resource.properties
    if resource.type == TABLE_REPLICA:
        return known_first(*(_standalone(aspect, properties) for aspect in _demanded(settings)))
    return for_each(
        properties, "replicas", lambda replica, at: _inline(properties, replica, f"replica {at}")
    )


def _inline(table: Properties, replica: Properties, which: str) -> Iterator[Finding]:
    return known_first(*(_compare(aspect, table, replica, which) for aspect in _ASPECTS))


def _compare(
    aspect: _Aspect, table: Properties, replica: Properties, which: str
) -> Iterator[Finding]:
    if not aspect.replica(replica) and aspect.table(table):
        yield Finding(
            aspect.id, f"{which} is without {aspect.what}, which its table has; {aspect.remedy}"
        )


def _standalone(aspect: _Aspect, replica: Properties) -> Iterator[Finding]:
    if not aspect.replica(replica):
        yield Finding(
            aspect.id,
            f"the replica is without {aspect.what}, which the setting {_DEMANDED} asks of it; "
            f"{aspect.remedy}",
        )


def _demanded(settings: Settings) -> list[_Aspect]:
    names = settings.texts(_DEMANDED)
    known = {aspect.id: aspect for aspect in _STANDALONE}
    if not known.keys() >= set(names):
        raise MalformedError(f"setting {_DEMANDED}", f"a list out of {', '.join(known)}", names)
    return [known[name] for name in names]


DDB_REPLICA_PARITY = ResourceRule(
    id="ddb-replica-parity",
    demands="A replica has the key, recovery, protection and tags that its table has.",
    severity=Severity.HIGH,
    levels=Levels(dev=ADVISORY, staging=MANDATORY, prod=MANDATORY),
    remediation_steps="Give each replica kms_key_arn, point_in_time_recovery, "
    "deletion_protection_enabled and propagate_tags as its table has them; tablewright does so "
    "for every region of tablewright:replicaRegions.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html",
    mappings=Mappings(checkov=("CKV_AWS_271", "CKV_AWS_165~")),
    settings={
        _DEMANDED: texts(
            "What a TableReplica must have, out of key, protection, recovery and tags: judged "
            "alone, it does not show what its table has.",
            tuple(aspect.id for aspect in _ASPECTS),
        )
    },
    types=(TABLE, TABLE_REPLICA),
    check=_check,
)
