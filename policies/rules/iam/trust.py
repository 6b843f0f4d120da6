"""What is wrong with a statement of a role's trust policy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rules.framework.finding import Finding
from rules.iam.arns import arn_of, before_wildcard, filled_in, is_account
from rules.iam.conditions import demands, is_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.iam.statements import Statement

_SUBJECT: Final = re.compile(r"[^:*?]+:[^:/*?]+[:/]")
"""A subject's start up to its owner, such as `repo:my-organization/` of GitHub."""


def trust(statement: Statement, which: str, without_source: frozenset[str]) -> Iterator[Finding]:
    """Judge every principal; `without_source` are services that send no source to compare."""
    for kind, value in statement.principals if statement.allows else ():
        if "*" in value or kind == "*":
            yield Finding(
                "trust-anyone", f"{which} trusts {value!r}; name the roles or services instead"
            )
        elif kind == "Service" and value.lower() not in without_source:
            yield from _service(statement, which, value)
        elif kind == "Federated":
            yield from _federated(statement, which, value)
        elif kind == "AWS" and _is_account(value):
            yield from _account(statement, which, value)


def _service(statement: Statement, which: str, value: str) -> Iterator[Finding]:
    if not (
        demands(statement, "aws:SourceAccount", is_account)
        or demands(statement, "aws:SourceArn", _names_account)
        or demands(statement, "aws:SourceOrgID")
    ):
        yield Finding(
            "trust-service",
            f"{which} trusts {value!r} on behalf of any account; add a condition on "
            "aws:SourceAccount, or on aws:SourceArn with the account in it; if the service sends "
            "neither, list it in setting servicesWithoutSource",
        )


def _federated(statement: Statement, which: str, value: str) -> Iterator[Finding]:
    audience = next((key for mark, key in _BY_AUDIENCE.items() if mark in value.lower()), "")
    if audience and demands(statement, audience):
        return
    if not audience and demands(statement, "*:sub", _is_subject):
        return
    yield Finding(
        "trust-federated",
        f"{which} trusts every identity of {value!r}; add StringEquals or StringLike on "
        f"{audience or 'its :sub'} with a value that begins with its owner",
    )


_BY_AUDIENCE: Final = {
    ":saml-provider/": "saml:aud",
    "cognito-identity.amazonaws.com": "cognito-identity.amazonaws.com:aud",
    "accounts.google.com": "accounts.google.com:aud",
    "graph.facebook.com": "graph.facebook.com:app_id",
    "www.amazon.com": "www.amazon.com:app_id",
}
"""Providers whose audience names one's own application; tokens of others share theirs."""


def _account(statement: Statement, which: str, value: str) -> Iterator[Finding]:
    if not (
        demands(statement, "aws:PrincipalArn", _names_principal)
        or demands(statement, "sts:ExternalId", _begins)
        or demands(statement, "aws:PrincipalTag/*", _begins)
    ):
        yield Finding(
            "trust-account",
            f"{which} trusts all of account {value!r}; name its roles, or add a condition on "
            "sts:ExternalId or aws:PrincipalTag, or on aws:PrincipalArn with the account in it, "
            "whose values begin with more than a wildcard",
        )


def _is_account(value: str) -> bool:
    arn = arn_of(value)
    return is_account(value) if arn is None else arn.resource == "root"


def _names_account(value: str) -> bool:
    arn = arn_of(value)
    return arn is not None and is_account(arn.account)


def _is_subject(value: str) -> bool:
    return is_literal(value) or _SUBJECT.match(filled_in(value, "*")) is not None


def _names_principal(value: str) -> bool:
    """Tell whether a pattern is held to one account, and to more than all of its roles."""
    arn = arn_of(value)
    name = arn.resource.partition("/")[2] if arn else ""
    return arn is not None and is_account(arn.account) and _begins(name)


def _begins(value: str) -> bool:
    return bool(before_wildcard(filled_in(value, "*")))
