"""Whom an access policy is given to, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework import tokens
from rules.framework.finding import Finding
from rules.framework.reading import if_known
from rules.iam.arns import arn_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.reading import Properties
    from rules.framework.subjects import Resource, Stack

_INLINE: Final = (
    tokens.ROLE_POLICY,
    tokens.USER_POLICY,
    tokens.GROUP_POLICY,
    tokens.PERMISSION_SET_INLINE_POLICY,
)
_OF_USERS: Final = (
    tokens.USER_POLICY,
    tokens.USER_POLICY_ATTACHMENT,
    tokens.USER_POLICY_ATTACHMENTS_EXCLUSIVE,
)
ATTACHMENTS: Final = (
    tokens.POLICY_ATTACHMENT,
    tokens.ROLE_POLICY_ATTACHMENT,
    tokens.ROLE_POLICY_ATTACHMENTS_EXCLUSIVE,
    tokens.USER_POLICY_ATTACHMENT,
    tokens.USER_POLICY_ATTACHMENTS_EXCLUSIVE,
    tokens.GROUP_POLICY_ATTACHMENT,
    tokens.GROUP_POLICY_ATTACHMENTS_EXCLUSIVE,
    tokens.PERMISSION_SET_MANAGED_POLICY,
    tokens.PERMISSION_SET_MANAGED_POLICIES_EXCLUSIVE,
)
"""The types that attach managed policies, beside the role itself."""


def inline(resource: Resource) -> Iterator[Finding]:
    """Find access policies that are inline."""
    # An empty object of `inlinePolicies` says that the role has none.
    given = resource.properties.sections("inlinePolicies")
    if resource.type in _INLINE or any(each.names() for each in given):
        yield Finding(
            "inline",
            "the access policy is inline, where no other role can share it and audits miss it; "
            "make it an aws.iam.Policy, and attach that",
        )


def of_users(resource: Resource) -> Iterator[Finding]:
    """Find access policies of users."""
    if resource.type in _OF_USERS or resource.properties.count("users"):
        yield Finding(
            "user",
            "the access policy is attached to a user, who keeps it outside any role; attach it "
            "to a role that users or programs assume",
        )


def aws_managed(resource: Resource) -> Iterator[Finding]:
    """Find AWS-managed policies among those that are attached.

    That an unknown ARN comes from an access policy of the stack, which is judged itself, is for
    iam-grants-match-stack; the ARN is judged during the update.
    """
    properties = resource.properties
    single = if_known(properties, "managedPolicyArn")
    if resource.type == tokens.PERMISSION_SET_MANAGED_POLICY:
        yield _aws_managed(single or "whatever the permission set gets")
        return
    attached = (
        if_known(properties, "policyArn"),
        *properties.known_texts("managedPolicyArns"),
        *properties.known_texts("policyArns"),
    )
    for text in attached:
        arn = arn_of(text)
        if arn and arn.account.lower() == "aws":
            yield _aws_managed(text)


def _aws_managed(text: str) -> Finding:
    return Finding(
        "aws-managed",
        f"{text!r} is AWS-managed: AWS changes it, and it names no resource of yours; attach an "
        "access policy of your own",
    )


def from_elsewhere(resource: Resource, stack: Stack) -> Iterator[Finding]:
    """Find ARNs that are yet unknown, and come from no access policy of the stack.

    Anything may make such an ARN, that of an AWS-managed policy too, by what it does with an output
    of any resource; with one of an access policy it may as well, which only the update tells.
    """
    for name in ("policyArn", "managedPolicyArns", "policyArns"):
        known, unknown = _counts(resource.properties, name)
        sources = {*resource.depends.get(name, ())}
        policies = {urn for urn in sources if _is_access_policy(stack.by_urn(urn))}
        # What is known may come from any resource, such as the stack that it is read from.
        if unknown > len(policies) or (unknown and len(sources - policies) > known):
            yield Finding(
                "unknown-attachment",
                f"{name} of '{resource.name}' does not come from an aws.iam.Policy of the stack, "
                "so that nobody can tell yet what it attaches; give the policy's arn as it is, or "
                "write the ARN out",
                resource.urn,
            )


def _counts(properties: Properties, name: str) -> tuple[int, int]:
    """Return how many ARNs a property holds that are known, and that are not."""
    if name == "policyArn":
        try:
            return int(properties.holds(name)), 0
        except UnknownValueError:
            return 0, 1
    known = len(properties.known_texts(name))
    return known, properties.count(name) - known


def _is_access_policy(resource: Resource | None) -> bool:
    return resource is not None and resource.type == tokens.MANAGED_POLICY
