"""What one configuration key demands of another, or of the names and tags made of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tablewright.environment import naming_limits, tags
from tablewright.environment.errors import NOT_SET, LabelError, Problem
from tablewright.environment.parsing import REGION_KEY, full_key
from tablewright.environment.partitions import partition_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.environment.scene import Scene

_MULTI_REGION_KEY = ":key/mrk-"


def project(scene: Scene) -> Iterator[Problem]:
    """Find a project that no name can begin with."""
    try:
        naming_limits.check_project(scene.configuration.project)
    except LabelError as error:
        yield Problem(
            key=full_key("project"),
            reason=error.reason,
            remedy=error.remedy,
        )


def owner_tags(scene: Scene) -> Iterator[Problem]:
    """Find an owner that cannot be a tag's value."""
    return _tag_value("owner", scene.configuration.owner)


def cost_center_tags(scene: Scene) -> Iterator[Problem]:
    """Find a cost center that cannot be a tag's value."""
    return _tag_value("costCenter", scene.configuration.cost_center)


def extra_tags(scene: Scene) -> Iterator[Problem]:
    """Find extra tags that AWS refuses or that would override required ones."""
    extra = scene.configuration.extra_tags
    for tag, error in tags.problems(extra):
        yield Problem(
            key=full_key("extraTags") + ("" if tag is None else f".{tag}"),
            value=NOT_SET if tag is None else extra[tag],
            reason=error.reason,
            remedy=error.remedy,
        )


def endpoint_name(scene: Scene) -> Iterator[Problem]:
    """Find extra tags that fill a resource, and leave the VPC endpoint no room for its name."""
    extra = scene.configuration.extra_tags
    if not scene.configuration.vpc_endpoint or tags.NAME in extra:
        return
    if len(extra) + len(tags.REQUIRED) == tags.MOST_TAGS:
        yield Problem(
            key=full_key("extraTags"),
            reason=f"{len(extra)} extra and {len(tags.REQUIRED)} required tags leave none of the "
            f"{tags.MOST_TAGS} that AWS takes for the {tags.NAME} of the VPC endpoint",
            remedy=f"keep at most {len(extra) - 1}, or give a {tags.NAME} among them",
        )


def route_tables(scene: Scene) -> Iterator[Problem]:
    """Find route tables listed twice."""
    endpoint = scene.configuration.vpc_endpoint
    for table, count in Counter(endpoint.route_table_ids if endpoint else ()).items():
        if count > 1:
            yield Problem(
                key=f"{full_key('vpcEndpoint')}.routeTableIds",
                value=table,
                reason=f"is listed {count} times",
                remedy="list it once",
            )


def alarm_targets(scene: Scene) -> Iterator[Problem]:
    """Refuse two targets for alarms: a topic that the stack was given is not the stack's."""
    if scene.configuration.alarm_topic_arn and scene.configuration.alarm_email:
        yield Problem(
            key=full_key("alarmEmail"),
            value=scene.configuration.alarm_email,
            reason=f"is set beside {full_key('alarmTopicArn')}, and alarms go to one of them",
            remedy="remove it and subscribe the address to the topic, or remove the topic",
        )


def silent_alarms(scene: Scene) -> Iterator[Problem]:
    """Refuse alarms that tell nobody in a guarded environment."""
    return silent_alarms_anywhere(scene) if scene.usual.guarded else iter(())


def silent_alarms_anywhere(scene: Scene) -> Iterator[Problem]:
    """Find alarms that tell nobody."""
    configuration = scene.configuration
    if scene.effective.alarms and not (configuration.alarm_topic_arn or configuration.alarm_email):
        yield Problem(
            key=full_key("alarmTopicArn"),
            reason=f"is not set, nor is {full_key('alarmEmail')}, so alarms would tell nobody",
            remedy="set one of the two",
        )


def topic_region(scene: Scene) -> Iterator[Problem]:
    """Find a topic in another region or partition: CloudWatch tells only those of its own."""
    return _region("alarmTopicArn", scene.configuration.alarm_topic_arn, scene.region)


def key_region(scene: Scene) -> Iterator[Problem]:
    """Find a key in another region or partition than the tables."""
    return _region(
        "customerManagedKeyArn", scene.configuration.customer_managed_key_arn, scene.region
    )


def replicas(scene: Scene) -> Iterator[Problem]:
    """Find regions that cannot hold a replica."""
    key = full_key("replicaRegions")
    if scene.configuration.replica_regions and not scene.region:
        yield Problem(
            key=REGION_KEY,
            reason=f"is not set, so {key} cannot be told from the stack's own region",
            remedy=f"write, for example, `{REGION_KEY}: us-east-1`",
        )
    for replica, count in Counter(scene.configuration.replica_regions).items():
        if replica == scene.region:
            yield Problem(
                key=key,
                value=replica,
                reason="is the stack's own region, where the table itself is",
                remedy="remove it",
            )
        elif scene.region and partition_of(replica) != partition_of(scene.region):
            yield Problem(
                key=key,
                value=replica,
                reason=f"is in partition {partition_of(replica)}, but {REGION_KEY} "
                f"{scene.region} is in {partition_of(scene.region)}",
                remedy="remove it, or deploy a stack of its own there",
            )
        if count > 1:
            yield Problem(
                key=key, value=replica, reason=f"is listed {count} times", remedy="list it once"
            )


def replica_key(scene: Scene) -> Iterator[Problem]:
    """Refuse a key that exists in one region only: each replica needs one in its own."""
    arn = scene.configuration.customer_managed_key_arn
    if scene.configuration.replica_regions and arn and _MULTI_REGION_KEY not in arn:
        yield Problem(
            key=full_key("customerManagedKeyArn"),
            value=arn,
            reason=f"is a key of one region, but {full_key('replicaRegions')} needs it in each",
            remedy="use a multi-region key (its id begins with mrk-) replicated there",
        )


def _tag_value(key: str, value: str) -> Iterator[Problem]:
    if reason := tags.value_refusal(value):
        yield Problem(
            key=full_key(key),
            value=value,
            reason=f"cannot be a tag: it {reason}",
            remedy="write another value",
        )


def _region(key: str, arn: str | None, region: str | None) -> Iterator[Problem]:
    theirs = arn.split(":")[3] if arn else None
    if region and theirs and theirs != region:
        yield Problem(
            key=full_key(key),
            value=arn,
            reason=f"is in {theirs}, but {REGION_KEY} is {region}",
            remedy=f"write an ARN in {region}",
        )
    elif arn and theirs and partition_of(theirs) != (partition := arn.split(":")[1]):
        yield Problem(
            key=full_key(key),
            value=arn,
            reason=f"is of partition {partition}, but {theirs} is in {partition_of(theirs)}",
            remedy=f"write an ARN that begins 'arn:{partition_of(theirs)}:'",
        )
