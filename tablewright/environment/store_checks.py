"""What the chosen stores must satisfy together: known, distinct, and nameable."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING, get_args

from tablewright.environment import cross_checks
from tablewright.environment.errors import LabelError, Problem
from tablewright.environment.label import TableFact
from tablewright.environment.parsing import did_you_mean, full_key
from tablewright.models.access import Operation
from tablewright.models.names import VERIFIER
from tablewright.models.table import StreamView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tablewright.environment.scene import Scene


POLICIES_OF_A_ROLE = 10
"""What IAM attaches by default (page "IAM and AWS STS quotas"); an account may have it raised."""


def stores(scene: Scene) -> Iterator[Problem]:
    """Find stores that no model declares, and stores listed twice."""
    key = full_key("stores")
    for store, count in Counter(scene.configuration.stores).items():
        if store not in scene.catalog:
            yield Problem(
                key=key,
                value=store,
                reason="is not a known store",
                remedy=did_you_mean(store, tuple(scene.catalog)),
            )
        if count > 1:
            yield Problem(
                key=key, value=store, reason=f"is listed {count} times", remedy="list it once"
            )


def roles(scene: Scene) -> Iterator[Problem]:
    """Find roles given to consumers that the stack's stores do not have, or given twice."""
    known = tuple(
        f"{model.name}/{name}" for model in scene.models for name in (*model.consumers, VERIFIER)
    )
    for consumer, names_ in scene.configuration.role_names.items():
        key = f"{full_key('roleNames')}.{consumer}"
        if consumer not in known:
            yield Problem(
                key=key,
                reason="is not <store>/<consumer> of a store of this stack",
                remedy=did_you_mean(consumer, known),
            )
        for role, count in Counter(names_).items():
            if count > 1:
                yield Problem(
                    key=key, value=role, reason=f"is listed {count} times", remedy="list it once"
                )


def crowded_roles(scene: Scene) -> Iterator[str]:
    """Point at roles that get more policies than IAM attaches by default, one a consumer.

    A consumer whose grants outgrow one policy has several, which only its component knows.
    """
    given = Counter(role for names_ in scene.configuration.role_names.values() for role in names_)
    for role, count in given.items():
        if count > POLICIES_OF_A_ROLE:
            yield (
                f"{full_key('roleNames')}: {role!r} gets at least {count} managed policies, where "
                f"IAM attaches {POLICIES_OF_A_ROLE} to a role by default; give some of the "
                "consumers another role, or raise the account's quota"
            )


def roles_without_policy(scene: Scene) -> Iterator[Problem]:
    """Find roles of consumers that only read streams, none of which this stack has."""
    for model in scene.models:
        for consumer in model.consumers:
            key = f"{model.name}/{consumer}"
            if key in scene.configuration.role_names and not any(
                pattern.operation is not Operation.READ_STREAM
                or scene.has_stream(model.table(pattern.table))
                for pattern in model.patterns_of(consumer)
            ):
                yield Problem(
                    key=f"{full_key('roleNames')}.{key}",
                    reason="has no policy without its stream",
                    remedy=f"set {full_key('enableAuditTrail')}: true or remove it",
                )


def names(scene: Scene) -> Iterator[Problem]:
    """Find physical names that AWS refuses, the worst of a kind, and names with two owners."""
    if any(cross_checks.project(scene)):
        return
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    worst: dict[str, tuple[str, LabelError]] = {}
    for kind, owner, compose in _names(scene):
        try:
            owners[kind, compose()].append(owner)
        except LabelError as error:
            if kind not in worst or error.excess > worst[kind][1].excess:
                worst[kind] = (owner, error)
    for owner, refused in worst.values():
        yield Problem(
            key=full_key("project"),
            value=scene.configuration.project,
            reason=f"makes a name for {owner} that AWS refuses: {refused.reason}",
            remedy=refused.remedy,
        )
    for (kind, name), sharing in owners.items():
        if len(sharing) > 1:
            yield Problem(
                key=full_key("stores"),
                reason=f"{' and '.join(sharing)} would share the {kind} {name!r}",
                remedy="deploy them in stacks of their own, or rename one in its model",
            )


def replica_streams(scene: Scene) -> Iterator[Problem]:
    """Find tables whose stream a replica could not use: AWS replicates by both images."""
    if not scene.configuration.replica_regions:
        return
    for model in scene.models:
        for table in model.tables:
            if table.stream and table.stream.view is not StreamView.NEW_AND_OLD_IMAGES:
                yield Problem(
                    key=full_key("replicaRegions"),
                    reason=f"needs streams of NEW_AND_OLD_IMAGES, and table {table.name!r} of "
                    f"store {model.name!r} has one of {table.stream.view}",
                    remedy="remove the replicas, or change the stream in the model",
                )


def _names(scene: Scene) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Give each physical name that models bring: its kind, whose it is, and how it is made."""
    label = scene.label
    for model in scene.models:
        for table in model.tables:
            owner = f"table {table.name!r} of store {model.name!r}"
            yield "table name", owner, partial(label.table, table.name)
            for fact in get_args(TableFact):
                path = partial(label.table_parameter, table.group, table.name, fact)
                yield "SSM path", owner, path
        for consumer in (*model.consumers, VERIFIER):
            owner = f"consumer {consumer!r} of store {model.name!r}"
            yield "managed policy name", owner, partial(label.access_policy, model.name, consumer)
            yield "SSM path", owner, partial(label.policy_parameter, model.name, consumer)
