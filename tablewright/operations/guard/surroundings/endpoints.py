"""The way from a VPC to DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.access_policies import judge_document
from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.reading.values import texts
from tablewright.operations.guard.scene import Arguments, Harmless, Judge, judged_by_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge what would become of a VPC endpoint."""
    if change.removed or change.replaced:
        how = "is deleted" if change.removed else "is deleted and made anew"
        yield _broken(
            change,
            "removed" if change.removed else "replace",
            f"the gateway endpoint {how}",
            "requests from subnets without another way to DynamoDB",
        )
    elif change.old is not None:
        yield from judged_by_arguments(change, scene, ARGUMENTS)


def _routes(change: Change, _: Scene) -> Iterator[Finding]:
    kept = texts(change.after("routeTableIds"))
    lost = sorted({*texts(change.before("routeTableIds"))} - {*kept})
    if lost:
        yield _broken(
            change,
            "routeTableIds",
            f"route tables {', '.join(lost)} lose their way to DynamoDB",
            "requests from their subnets",
        )


def _moving(argument: str) -> Judge:
    """Return the judge of an argument by which the endpoint leads elsewhere."""

    def judge_argument(change: Change, _: Scene) -> Iterator[Finding]:
        yield _broken(
            change,
            argument,
            f"{argument} of the VPC endpoint changes",
            "requests from subnets without another way to DynamoDB",
        )

    return judge_argument


def _broken(change: Change, cause: str, what: str, fails: str) -> Finding:
    return Finding(
        kind=Kind.CONTRACT_BROKEN,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=fails,
        instead="move whoever needs it first",
    )


_MOVING: Final = (
    "dnsOptions",
    "ipAddressType",
    "privateDnsEnabled",
    "region",
    "resourceConfigurationArn",
    "securityGroupIds",
    "serviceName",
    "serviceNetworkArn",
    "serviceRegion",
    "subnetConfigurations",
    "subnetIds",
    "vpcEndpointType",
    "vpcId",
)
ARGUMENTS: Final[Arguments] = {
    "autoAccept": Harmless("it counts only when an endpoint is made"),
    "policy": judge_document,
    "routeTableIds": _routes,
    "tags": Harmless("tags hold no data"),
    "tagsAll": Harmless("tags hold no data"),
    **{name: _moving(name) for name in _MOVING},
}
"""Every argument of the provider's endpoint."""
