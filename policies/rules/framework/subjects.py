"""What a rule is given to judge: one resource, or the whole stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rules.framework.reading import Properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pulumi_policy import PolicyResource, PolicyResourceOptions, ResourceValidationArgs

    from rules.framework.session import Session


@dataclass(frozen=True)
class Resource:
    """One resource: its inputs where it is judged alone, its outputs within a stack.

    `depends` names, for each property, the URNs that its value comes from; it is known within a
    stack alone, and so is `provider`, the arguments of the provider.
    """

    type: str
    name: str
    urn: str
    properties: Properties
    options: PolicyResourceOptions
    depends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    provider: Properties = field(default_factory=lambda: Properties({}))

    @classmethod
    def alone(cls, args: ResourceValidationArgs) -> Resource:
        """View a resource as a resource rule sees it."""
        return cls(args.resource_type, args.name, args.urn, Properties(args.props), args.opts)

    @classmethod
    def within_stack(cls, seen: PolicyResource) -> Resource:
        """View a resource as a stack rule sees it."""
        depends = {
            name: tuple(other.urn for other in others)
            for name, others in seen.property_dependencies.items()
        }
        return cls(
            seen.resource_type,
            seen.name,
            seen.urn,
            Properties(seen.props),
            seen.opts,
            depends,
            Properties(seen.provider.props if seen.provider else {}),
        )


@dataclass(frozen=True)
class Stack:
    """Every resource of a stack, components included, and what the run has found so far."""

    resources: tuple[Resource, ...]
    session: Session

    @classmethod
    def of(cls, resources: Iterable[PolicyResource], session: Session) -> Stack:
        """View a stack as a stack rule sees it."""
        return cls(tuple(Resource.within_stack(each) for each in resources), session)

    def of_type(self, *types: str) -> tuple[Resource, ...]:
        """Return the resources of some types, in order of registration."""
        return tuple(each for each in self.resources if each.type in types)

    def by_urn(self, urn: str) -> Resource | None:
        """Return the resource with a URN."""
        return self._by_urn.get(urn)

    @cached_property
    def _by_urn(self) -> dict[str, Resource]:
        return {each.urn: each for each in self.resources}


class Views:
    """One view of a stack for every rule that is given the same list of resources."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: tuple[Sequence[PolicyResource], Stack] | None = None

    def of(self, resources: Sequence[PolicyResource]) -> Stack:
        """Return the view; any of the SDK's threads may ask, and at worst two make the same."""
        last = self._last
        if last is None or last[0] is not resources:
            last = self._last = resources, Stack.of(resources, self._session)
        return last[1]
