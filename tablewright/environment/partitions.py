"""AWS partitions: which one a region is in."""

from __future__ import annotations

from typing import Final

_DEFAULT = "aws"
_BY_PREFIX: Final = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}


def partition_of(region: str) -> str:
    """Tell a region's partition by how its name begins."""
    return next((p for prefix, p in _BY_PREFIX.items() if region.startswith(prefix)), _DEFAULT)
