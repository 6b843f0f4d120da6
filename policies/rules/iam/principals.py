"""Whom a statement of a resource's own policy lets in, and whether that is somebody trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rules.iam.arns import arn_of, is_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.iam.documents import Condition, Statement

_EXACT: Final = "StringEquals"
"""Not `…IfExists`, nor `ForAllValues:…`: a request without the key passes those."""
_OF_ARNS: Final = {"ArnEquals", "ArnLike", "StringEquals", "StringLike"}


@dataclass(frozen=True)
class Trust:
    """The accounts and organizations that may be let in; `own` is asked for last."""

    accounts: frozenset[str]
    organizations: frozenset[str]
    own: Callable[[], str]

    def holds(self, account: str) -> bool:
        """Tell whether an account is trusted; raises what keeps the own one from being known."""
        return account in self.accounts or account == self.own()

    def narrows(self, statement: Statement) -> bool:
        """Tell whether conditions leave only principals of trusted accounts or organizations."""
        keys = {"aws:principalaccount": self.holds, "aws:principalorgid": self._has}
        return any(self._equals(each, keys) for each in statement.conditions)

    def narrows_source(self, statement: Statement) -> bool:
        """Tell whether conditions let a service act only for trusted accounts."""
        keys = {"aws:sourceaccount": self.holds, "aws:sourceorgid": self._has}
        return any(
            self._equals(each, keys) or self._is_source_arn(each) for each in statement.conditions
        )

    def _has(self, organization: str) -> bool:
        return organization in self.organizations

    @staticmethod
    def _equals(condition: Condition, keys: dict[str, Callable[[str], bool]]) -> bool:
        trusted = keys.get(condition.key.lower())
        if trusted is None or condition.operator != _EXACT:
            return False
        return bool(condition.values) and all(map(trusted, condition.values))

    def _is_source_arn(self, condition: Condition) -> bool:
        if condition.key.lower() != "aws:sourcearn" or condition.operator not in _OF_ARNS:
            return False
        accounts = [arn.account if arn else "" for arn in map(arn_of, condition.values)]
        return bool(accounts) and all(map(self.holds, accounts))


def account_of(principal: str) -> str | None:
    """Return the account that an AWS principal belongs to, None where it does not tell."""
    arn = arn_of(principal)
    account = arn.account if arn and arn.service in {"iam", "sts"} else principal
    return account if is_account(account) else None
