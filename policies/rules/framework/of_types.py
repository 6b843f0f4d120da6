"""A policy of the SDK that knows which types of resources it judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_policy import ResourceValidationPolicy

if TYPE_CHECKING:
    from collections.abc import Container

    from pulumi_policy import ResourceValidationArgs


class OfTypes(ResourceValidationPolicy):
    """A policy that is not applicable to resources of other types, and to no others."""

    def __init__(self, types: Container[str], **policy: Any) -> None:  # noqa: ANN401 -- the SDK's
        super().__init__(**policy)
        self._types = types

    def judges(self, token: str) -> bool:
        """Tell whether the policy applies to resources of a type."""
        return token in self._types


def refuse_other_types(rule: str, types: Container[str], args: ResourceValidationArgs) -> None:
    """Leave the policy where it does not apply."""
    if args.resource_type not in types:
        args.not_applicable(why_not(rule, args.resource_type))


def why_not(rule: str, token: str) -> str:
    """Return why a rule does not apply to resources of a type."""
    return f"{rule} does not judge {token}"
