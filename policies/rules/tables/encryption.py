"""Whose key encrypts a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

if TYPE_CHECKING:
    from rules.framework.reading import Properties

_AWS_MANAGED: Final = "alias/aws/dynamodb"


def has_customer_managed_key(holder: Properties, name: str = "kmsKeyArn") -> bool:
    """Tell whether a property names a key other than one that AWS manages.

    What is unknown is the key of a resource that is to be made, or found, so it is no alias of
    AWS; the update judges the key itself.
    """
    try:
        return is_customer_managed(holder.text(name))
    except UnknownValueError:
        return True


def is_customer_managed(key: str) -> bool:
    """Tell whether `kmsKeyArn` names a key other than the one that AWS manages."""
    return bool(key) and not key.endswith(_AWS_MANAGED)
