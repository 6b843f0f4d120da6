"""What a mutation is, and the stacks and resources that mutations change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rules.framework.tokens import (
    MANAGED_POLICY,
    METRIC_ALARM,
    PARAMETER,
    ROLE_POLICY_ATTACHMENT,
    TABLE,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.support.mutations import Change

ACCOUNT = "123456789012"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/mrk-1234abcd12ab34cd"

SHOP_ALONE = {
    "stores": ["shop"],
    "enableAuditTrail": None,
    "customerManagedKeyArn": KEY,
    "maxReadRequestUnits": 1_000,
    "maxWriteRequestUnits": 1_000,
    "roleNames": {"shop/storefront": ["web"]},
}
"""A stack of one table with two indexes, a stream and TTL; what is optional is on.

The fewer a stack has, the cheaper it is to judge: about 10 ms.
"""
REPLICATED = {**SHOP_ALONE, "replicaRegions": ["eu-west-1"]}
KV_ALONE = {**SHOP_ALONE, "stores": ["kv_storage"], "roleNames": {}}
"""One table, one index, and neither stream nor TTL."""

SHOP = f"{TABLE}::shop-shop"
SHOP_NAME = r"dropify-prod-shop(?![\w-])"
SHOP_ARN = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/dropify-prod-shop"
KV = f"{TABLE}::kv-storage-kv-storage-data"

STOREFRONT = f"{MANAGED_POLICY}::shop-access-storefront"
FULFILMENT = f"{MANAGED_POLICY}::shop-access-fulfilment"
EVENTS = f"{MANAGED_POLICY}::shop-access-events"
VERIFIER = f"{MANAGED_POLICY}::shop-access-verifier"
WEB = f"{ROLE_POLICY_ATTACHMENT}::shop-access-storefront-web"

NAME_EXPORT = f"{PARAMETER}::shop-exports-shop-name"
ARN_EXPORT = f"{PARAMETER}::shop-exports-shop-arn"
STREAM_EXPORT = f"{PARAMETER}::shop-exports-shop-stream-arn"
POLICY_EXPORT = f"{PARAMETER}::shop-access-storefront-policy-arn"

READ_ALARM = f"{METRIC_ALARM}::shop-shop-read-throttle"
INDEX_ALARM = f"{METRIC_ALARM}::shop-shop/GSI2-write-throttle"
SYSTEM_ALARM = f"{METRIC_ALARM}::shop-shop-system-errors"
USER_ALARM = f"{METRIC_ALARM}::account-alarms-user-errors"

TAGS = {
    "Project": "dropify",
    "Environment": "prod",
    "Owner": "platform-team",
    "CostCenter": "production",
    "ManagedBy": "pulumi",
    "DataModel": "shop",
}

DESTRUCTION = [
    f"iam-no-destructive-in-app-role/{of} on {STOREFRONT}"
    for of in ("tables", "backups", "permissions")
]
WHOLE_TABLE = [f"iam-scan-declared/{of} on {STOREFRONT}" for of in ("scan", "partiql", "export")]
"""What a statement on the shop's table finds that leaves open which actions it allows."""


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """A change of a program, or of its waivers, and all that the pack then finds anew."""

    does: str
    change: Change | None = None
    finds: Sequence[str]
    """Each as `<policy>/<finding> on <type>::<name>`, as often as it is found."""
    at_preview: Sequence[str] | None = None
    """The same on a first preview, where what only a deployment tells is needed to judge."""
    given: Change | None = None
    """What the stack has before; the pack finds nothing more in it."""
    stack: Mapping[str, Any] = field(default_factory=lambda: SHOP_ALONE)
    environment: str = "prod"
    waivers: str = ""
    """Entries of waivers.yaml."""

    def found(self, *, preview: bool) -> list[str]:
        """Return what must be found, in order."""
        return sorted(self.finds if not preview or self.at_preview is None else self.at_preview)
