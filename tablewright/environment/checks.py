"""All checks across keys; one is left out where a key it reads was refused already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.environment import cross_checks, overrides, store_checks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tablewright.environment.errors import Problem
    from tablewright.environment.parsing import Parsed
    from tablewright.environment.scene import Scene

    Check = Callable[[Scene], Iterator[Problem]]

_CHECKS: tuple[tuple[Check, frozenset[str]], ...] = (
    (cross_checks.project, frozenset({"project"})),
    (store_checks.stores, frozenset({"stores"})),
    (store_checks.names, frozenset({"project", "environment", "stores"})),
    (store_checks.roles, frozenset({"stores", "roleNames"})),
    (
        store_checks.roles_without_policy,
        frozenset({"stores", "roleNames", "enableAuditTrail", "replicaRegions"}),
    ),
    # A refused override stands as its example, which weakens nothing, and hides no other.
    (overrides.weakening, frozenset({"environment", "weakeningReason"})),
    (
        cross_checks.silent_alarms,
        frozenset({"environment", "alarms", "alarmTopicArn", "alarmEmail"}),
    ),
    (cross_checks.alarm_targets, frozenset({"alarmTopicArn", "alarmEmail"})),
    (cross_checks.topic_region, frozenset({"alarmTopicArn"})),
    (cross_checks.key_region, frozenset({"customerManagedKeyArn"})),
    (cross_checks.replicas, frozenset({"replicaRegions"})),
    (cross_checks.replica_key, frozenset({"replicaRegions", "customerManagedKeyArn"})),
    (store_checks.replica_streams, frozenset({"replicaRegions", "stores"})),
    (cross_checks.owner_tags, frozenset({"owner"})),
    (cross_checks.cost_center_tags, frozenset({"costCenter"})),
    (cross_checks.extra_tags, frozenset({"extraTags"})),
    (cross_checks.endpoint_name, frozenset({"extraTags", "vpcEndpoint"})),
    (cross_checks.route_tables, frozenset({"vpcEndpoint"})),
)
"""Each check with the keys that it reads."""


def problems(parsed: Parsed, scene: Scene) -> Iterator[Problem]:
    """Run every check whose keys were all read."""
    for check, keys in _CHECKS:
        if not keys & parsed.refused:
            yield from check(scene)


def warnings(scene: Scene) -> Iterator[str]:
    """Say what is allowed here and still worth a look."""
    yield from overrides.warnings(scene)
    yield from map(str, cross_checks.silent_alarms_anywhere(scene))
    yield from store_checks.crowded_roles(scene)
