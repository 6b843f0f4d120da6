"""The topic that alarms tell, and who is subscribed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.scene import (
    Arguments,
    Harmless,
    judged_by_arguments,
    noted,
)
from tablewright.operations.guard.surroundings.alarms import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.finding import Finding
    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge what would become of a topic."""
    yield from _judged(change, scene, "topic", ARGUMENTS)


def judge_subscription(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge what would become of a subscription."""
    yield from _judged(change, scene, "subscription", SUBSCRIPTION_ARGUMENTS)


def _judged(change: Change, scene: Scene, noun: str, arguments: Arguments) -> Iterator[Finding]:
    if change.removed or change.replaced:
        how = "is deleted" if change.removed else "is deleted and made anew"
        yield unwatched(
            change,
            "removed" if change.removed else "replace",
            f"{noun} {change.name}, which alarms tell, {how}; whoever subscribes by e-mail must "
            "confirm again",
        )
    elif change.old is not None:
        yield from dict.fromkeys(judged_by_arguments(change, scene, arguments))


def _reaching(change: Change, _: Scene) -> Iterator[Finding]:
    changed = [
        name
        for name in change.changed
        if _reaching in (ARGUMENTS.get(name), SUBSCRIPTION_ARGUMENTS.get(name))
    ]
    yield unwatched(
        change,
        changed[0],
        f"{', '.join(changed)} of {change.name} changes: alarms may no longer reach who is told",
    )


def _delivered(change: Change, _: Scene) -> Iterator[Finding]:
    yield noted(change, "delivery", f"{change.name} delivers in another way")


_TAGS: Final = Harmless("tags hold no data")
_FEEDBACK: Final = Harmless("it logs deliveries, and changes none")
_SERVICES: Final = ("application", "firehose", "http", "lambda", "sqs")
ARGUMENTS: Final[Arguments] = {
    "archivePolicy": _delivered,
    "contentBasedDeduplication": _delivered,
    "deliveryPolicy": _delivered,
    "displayName": Harmless("it is what an e-mail shows as its sender"),
    "fifoThroughputScope": _delivered,
    "fifoTopic": _reaching,
    "kmsMasterKeyId": _reaching,
    "maximumMessageSize": _delivered,
    "name": _reaching,
    "namePrefix": _reaching,
    "policy": _reaching,
    "region": _reaching,
    "signatureVersion": _delivered,
    "tags": _TAGS,
    "tagsAll": _TAGS,
    "tracingConfig": Harmless("it traces messages, and changes none"),
    **{
        f"{service}{ending}": _FEEDBACK
        for service in _SERVICES
        for ending in (
            "FailureFeedbackRoleArn",
            "SuccessFeedbackRoleArn",
            "SuccessFeedbackSampleRate",
        )
    },
}
"""Every argument of the provider's topic."""
SUBSCRIPTION_ARGUMENTS: Final[Arguments] = {
    "confirmationTimeoutInMinutes": Harmless("it counts only when a subscription is made"),
    "deliveryPolicy": _delivered,
    "endpoint": _reaching,
    "endpointAutoConfirms": Harmless("it counts only when a subscription is made"),
    "filterPolicy": _reaching,
    "filterPolicyScope": _reaching,
    "protocol": _reaching,
    "rawMessageDelivery": _delivered,
    "redrivePolicy": _delivered,
    "region": _reaching,
    "replayPolicy": _delivered,
    "subscriptionRoleArn": _reaching,
    "topic": _reaching,
}
"""Every argument of the provider's subscription."""
