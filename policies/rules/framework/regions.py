"""Where a resource is: its region, and the account that its provider works in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.values import plain

if TYPE_CHECKING:
    from rules.framework.subjects import Resource

_ACCOUNT: Final = ("profile", "assumeRoles", "allowedAccountIds")
"""Arguments of the AWS provider that tell accounts apart; they arrive as JSON."""


def region_of(resource: Resource) -> str:
    """Return the region of a resource or else of its provider, empty where neither says one.

    Raises UnknownValueError. A preview leaves open the region of a resource that is to take its
    provider's.
    """
    try:
        own = resource.properties.text("region")
    except UnknownValueError:
        of_provider = resource.provider.text("region")
        if resource.depends.get("region") or not of_provider:
            raise
        return of_provider
    return own or resource.provider.text("region")


def region_if_known(resource: Resource) -> str:
    """Return the region of a resource, empty where only a deployment can tell."""
    try:
        return region_of(resource)
    except UnknownValueError:
        return ""


def account_of(resource: Resource) -> tuple[str, ...]:
    """Return what a resource's provider says of its account; raises UnknownValueError."""
    provider = resource.provider
    return tuple(str(plain(provider.value(name), name)) for name in _ACCOUNT)


def may_be_near(one: Resource, other: Resource) -> bool:
    """Tell whether two resources may be in one region, as what watches or moves a table must be.

    Where one names no region, the one in its ARN counts.
    """
    try:
        first, second = region_of(one), region_of(other)
        if not first and not second:
            return True
        return (first or _in_arn(one)) == (second or _in_arn(other))
    except UnknownValueError:
        return True  # judged again at the update


def _in_arn(resource: Resource) -> str:
    # An ARN is arn:<partition>:<service>:<region>:…
    return (resource.properties.text("arn") + ":::").split(":")[3]
