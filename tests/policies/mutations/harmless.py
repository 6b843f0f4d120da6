"""Changes that no rule minds, so that what is caught is caught for its own sake."""

from rules.framework.tokens import PARAMETER
from tests.policies.mutations.capacity import SCALED
from tests.policies.mutations.cases import (
    FULFILMENT,
    KEY,
    KV_ALONE,
    READ_ALARM,
    SHOP,
    SHOP_ARN,
    STOREFRONT,
    TAGS,
    Mutation,
)
from tests.policies.mutations.keys import THIRD_INDEX
from tests.policies.mutations.replicas import standalone_replica
from tests.support.mutated_access import allow, grant
from tests.support.mutations import add, append, option, put, take

SECRET = {
    "name": "/dropify-prod/shop/payment-api-key",
    "type": "SecureString",
    "value": "4eC39HqLyjWDarjtT1zdp7dc",
    "keyId": KEY,
    "tags": TAGS,
}

CHANGES = {
    "an index is added with its alarms": THIRD_INDEX,
    "a replica is added as a resource of its own": standalone_replica(),
    "an index projects one more attribute": append(
        SHOP, "globalSecondaryIndexes.1.nonKeyAttributes", "phone"
    ),
    "the longest recovery is left to AWS's default": take(
        SHOP, "pointInTimeRecovery.recoveryPeriodInDays"
    ),
    "items expire no more": take(SHOP, "ttl"),
    "what scaling changes is ignored": option(SHOP, ignore_changes=("readCapacity",)),
    "a resource has a further tag": put(STOREFRONT, "tags.Team", "checkout"),
    "an alarm waits for a few more": put(READ_ALARM, "threshold", 5),
    "a consumer may read many items at once": allow(
        FULFILMENT, "ShopTable", "dynamodb:BatchGetItem"
    ),
    "a denial has wildcards": grant(
        STOREFRONT, "NoDeletion", "dynamodb:Delete*", f"{SHOP_ARN}*", Effect="Deny"
    ),
    "a secret has a key of its own": add(f"{PARAMETER}::secret", SECRET),
}

HARMLESS = [
    *(Mutation(does=does, change=change, finds=[]) for does, change in CHANGES.items()),
    Mutation(does="capacity is provisioned and scaled", change=SCALED, finds=[], stack=KV_ALONE),
]
