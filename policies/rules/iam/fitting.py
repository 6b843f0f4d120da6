"""What the table of actions says of an action as a statement writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rules.iam.actions import Action, action_table
from rules.iam.arns import arn_of, has_wildcard

if TYPE_CHECKING:
    from collections.abc import Iterable

_CROSS_SERVICE_KEYS: Final = frozenset(
    {
        "ec2:roledelivery",
        "ec2:sourceinstancearn",
        "glue:credentialissuingservice",
        "glue:roleassumedby",
        "identitystore:userid",
        "lambda:sourcefunctionarn",
        "ssm:sourceinstancearn",
    }
)
"""Keys of a service that requests to any other carry: IAM's page of global condition keys."""


@dataclass(frozen=True)
class Grant:
    """An action of a statement with the actions that it stands for."""

    action: str
    matching: tuple[Action, ...]
    is_judged: bool
    """Whether the table can tell: not for `*`, nor for services it holds in part or not at all."""

    @property
    def is_unknown(self) -> bool:
        """Tell whether AWS has no such action."""
        return self.is_judged and not self.matching

    @property
    def is_foreign(self) -> bool:
        """Tell whether the action is of one service that the table does not hold whole."""
        return not self.is_judged and not has_wildcard(self.action.partition(":")[0])

    @property
    def accepted(self) -> str:
        """Say which resources the action accepts."""
        kinds = sorted({kind for each in self.matching for kind in each.resources})
        return f"{self.action} accepts {' or '.join(kinds) if kinds else 'no ARN, only `*`'}"

    def fits(self, resource: str) -> bool:
        """Tell whether the action may be granted on a resource of the statement."""
        return any(each.fits(resource) for each in self.matching)

    def misfits(self, resource: str) -> bool:
        """Tell whether a resource is of the action's service, but of no type that it accepts.

        Of a pattern such as `dynamodb:Get*`, no more is asked than that one action fits.
        """
        if has_wildcard(self.action) or self.fits(resource):
            return False
        arn = arn_of(resource)
        return arn is not None and arn.service == self.action.partition(":")[0].lower()

    def takes(self, key: str) -> bool:
        """Tell whether requests carry a condition key; those of an identity, and `aws:`, all do."""
        service = key.partition(":")[0].lower()
        if service in {"aws", "saml"} or "." in service or key.lower() in _CROSS_SERVICE_KEYS:
            return True
        return any(each.takes(key) for each in self.matching)


def grants_of(actions: Iterable[str]) -> tuple[Grant, ...]:
    """Return the actions of a statement, each once."""
    return tuple(_grant(action) for action in dict.fromkeys(actions))


def _grant(action: str) -> Grant:
    table = action_table()
    service, colon, _ = action.partition(":")
    if not colon and not has_wildcard(action):
        return Grant(action, (), is_judged=True)
    found = table.matching(action)
    known = table.services.get(service.lower())
    return Grant(action, found, is_judged=bool(found) or (known is not None and known.complete))
