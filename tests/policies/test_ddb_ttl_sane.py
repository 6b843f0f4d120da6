"""Items expire by a number attribute of its own, or not at all."""

import pytest

from rules.framework.tokens import PARAMETER, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ddb-ttl-sane"
ON = {"hashKey": "userId", "ttl": {"attributeName": "expiresAt", "enabled": True}}
BY_EXPIRY = {"name": "byExpiry", "hashKey": "userId", "rangeKey": "expiresAt"}
PARTITIONED = {"keySchemas": [{"attributeName": "expiresAt", "keyType": "HASH"}]}
LOCAL = {"name": "byExpiry", "rangeKey": "expiresAt"}


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (ON, []),
        ({"hashKey": "userId"}, []),
        ({**ON, "ttl": None}, []),
        ({**ON, "ttl": {"enabled": False}}, []),
        ({**ON, "attributes": [{"name": "userId", "type": "S"}]}, []),
        ({**ON, "ttl": {"enabled": True}}, ["no-attribute"]),
        ({**ON, "ttl": {"enabled": True, "attributeName": ""}}, ["no-attribute"]),
        ({**ON, "ttl": {"attributeName": "expiresAt"}}, ["not-enabled"]),
        ({**ON, "ttl": {"attributeName": "expiresAt", "enabled": False}}, ["not-enabled"]),
        ({**ON, "hashKey": "expiresAt"}, ["table-key"]),
        ({**ON, "rangeKey": "expiresAt"}, ["table-key"]),
        ({**ON, "globalSecondaryIndexes": [BY_EXPIRY]}, ["index-key"]),
        ({**ON, "globalSecondaryIndexes": [PARTITIONED]}, ["index-key"]),
        ({**ON, "localSecondaryIndexes": [LOCAL]}, ["index-key"]),
        ({**ON, "attributes": [{"name": "expiresAt", "type": "N"}]}, []),
        ({**ON, "attributes": [{"name": "expiresAt", "type": "S"}]}, ["type"]),
        ({**ON, "attributes": [{"name": "expiresAt"}]}, ["type"]),
        ({**ON, "ttl": [{"attributeName": "expiresAt", "enabled": True}]}, ["malformed"]),
        ({**ON, "ttl": {"attributeName": "expiresAt", "enabled": "true"}}, ["malformed"]),
    ],
)
def test_items_expire_by_a_number_that_is_no_key(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({**ON, "tags": UNKNOWN, "name": UNKNOWN}, []),
        ({"ttl": {"enabled": False}, "hashKey": UNKNOWN, "attributes": UNKNOWN}, [CANNOT_RUN]),
        ({"ttl": {"enabled": False}, "hashKey": UNKNOWN, "attributes": [UNKNOWN]}, []),
        ({"hashKey": UNKNOWN, "globalSecondaryIndexes": [{"hashKey": UNKNOWN}]}, []),
        ({**ON, "ttl": UNKNOWN}, [CANNOT_RUN]),
        ({**ON, "ttl": {"attributeName": UNKNOWN, "enabled": True}}, [CANNOT_RUN]),
        ({**ON, "hashKey": UNKNOWN, "attributes": [{"name": "expiresAt"}]}, ["type", CANNOT_RUN]),
        (
            {**ON, "globalSecondaryIndexes": UNKNOWN, "localSecondaryIndexes": [LOCAL]},
            ["index-key", CANNOT_RUN],
        ),
        ({**ON, "globalSecondaryIndexes": [UNKNOWN, BY_EXPIRY]}, ["index-key", CANNOT_RUN]),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


def test_other_resources_are_not_judged():
    assert findings(judge_resource(RULE, PARAMETER, {})) == [NOT_APPLICABLE]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_the_project_expires_items_properly(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
