"""Grants that lend further rights: passing a role, and using a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rules.framework.finding import Finding
from rules.iam.arns import arn_of, filled_in, has_wildcard
from rules.iam.conditions import demands, is_literal
from rules.iam.granted import allowed, may_be_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.iam.statements import Statement

_KEY_USE: Final = tuple(
    f"kms:{action}"
    for action in (
        "CreateGrant", "Decrypt", "DeriveSharedSecret", "Encrypt", "GenerateDataKey",
        "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext",
        "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo",
    )
)  # fmt: skip


def passing(statement: Statement, which: str) -> Iterator[Finding]:
    """Judge iam:PassRole: only named roles, and only to a named service."""
    roles = [each for each in statement.resources if may_be_of(each, "iam")]
    if not allowed(statement, ("iam:PassRole",)) or not (roles or statement.not_resources):
        return
    if statement.not_resources or any(map(_is_open, roles)):
        yield Finding("pass-role", f"{which} allows iam:PassRole on any role; name the roles' ARNs")
    if not demands(statement, "iam:PassedToService"):
        yield Finding(
            "pass-role-service",
            f"{which} allows iam:PassRole to any service; add StringEquals on iam:PassedToService",
        )


def key_use(statement: Statement, which: str) -> Iterator[Finding]:
    """Judge the use of keys: only by a key's ARN, and only through a service."""
    found = allowed(statement, _KEY_USE)
    keys = [each for each in statement.resources if may_be_of(each, "kms")]
    wide = [each for each in keys if not _is_key(each)]
    if not found or not (keys or statement.not_resources):
        return
    if wide or statement.not_resources:
        yield Finding(
            "kms-key",
            f"{which} allows {told(found)} on {', '.join(wide) or 'NotResource'}; name the keys' "
            "ARNs (arn:aws:kms:<region>:<account>:key/<id>), no alias and no wildcard",
        )
    if not demands(statement, "kms:ViaService", _is_service):
        yield Finding(
            "kms-via-service",
            f"{which} allows {told(found)} outside any service; add StringEquals on "
            "kms:ViaService, such as dynamodb.<region>.amazonaws.com",
        )


def _is_open(text: str) -> bool:
    return has_wildcard(filled_in(text, "*"))


def _is_key(text: str) -> bool:
    arn = arn_of(text)
    named = arn is not None and arn.service == "kms" and arn.resource.startswith("key/")
    return named and not _is_open(text)


def _is_service(value: str) -> bool:
    return is_literal(value.partition(".")[0])
