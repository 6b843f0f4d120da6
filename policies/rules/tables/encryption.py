"""Whose key encrypts a table."""

from __future__ import annotations

from typing import Final

_AWS_MANAGED: Final = "alias/aws/dynamodb"


def is_customer_managed(key: str) -> bool:
    """Tell whether `kmsKeyArn` names a key other than the one that AWS manages."""
    return bool(key) and not key.endswith(_AWS_MANAGED)
