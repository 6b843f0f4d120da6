"""A replica is kept as safely as its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.order import for_each, known_first
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import texts
from rules.framework.tokens import TABLE, TABLE_REPLICA
from rules.framework.values import MalformedError
from rules.tables.parity import INLINE, STANDALONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource
    from rules.tables.parity import Aspect

_DEMANDED: Final = "standaloneMustHave"


def _check(resource: Resource, settings: Settings) -> Iterator[Finding]:
    properties = resource.properties
    if resource.type == TABLE_REPLICA:
        return known_first(*(_standalone(aspect, properties) for aspect in _demanded(settings)))
    return for_each(
        properties, "replicas", lambda replica, at: _inline(properties, replica, f"replica {at}")
    )


def _inline(table: Properties, replica: Properties, which: str) -> Iterator[Finding]:
    return known_first(*(_compare(aspect, table, replica, which) for aspect in INLINE))


def _compare(
    aspect: Aspect, table: Properties, replica: Properties, which: str
) -> Iterator[Finding]:
    if not aspect.replica(replica) and aspect.table(table):
        yield Finding(
            aspect.id, f"{which} is without {aspect.what}, which its table has; {aspect.remedy}"
        )


def _standalone(aspect: Aspect, replica: Properties) -> Iterator[Finding]:
    if not aspect.replica(replica):
        yield Finding(
            aspect.id,
            f"the replica is without {aspect.what}, which the setting {_DEMANDED} asks of it; "
            f"{aspect.remedy}",
        )


def _demanded(settings: Settings) -> list[Aspect]:
    names = settings.texts(_DEMANDED)
    known = {aspect.id: aspect for aspect in STANDALONE}
    if not known.keys() >= set(names):
        raise MalformedError(f"setting {_DEMANDED}", f"a list out of {', '.join(known)}", names)
    return [known[name] for name in names]


DDB_REPLICA_PARITY = ResourceRule(
    id="ddb-replica-parity",
    demands="A replica has the key, recovery, protection and tags that its table has.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Give each replica kms_key_arn, point_in_time_recovery, "
    "deletion_protection_enabled and propagate_tags as its table has them; tablewright does so "
    "for every region of tablewright:replicaRegions.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html",
    mappings=Mappings(checkov=("CKV_AWS_271", "CKV_AWS_165~")),
    settings={
        _DEMANDED: texts(
            "What a TableReplica must have, out of key, protection, recovery and tags: judged "
            "alone, it does not show what its table has.",
            tuple(aspect.id for aspect in INLINE),
            least=1,
            enum=[aspect.id for aspect in STANDALONE],
        )
    },
    types=(TABLE, TABLE_REPLICA),
    check=_check,
)
