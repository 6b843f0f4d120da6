"""What a stack itself has deployed is exactly what an import would find: nothing would change."""

from __future__ import annotations

import pytest

from tests.support.adoption import adopted
from tests.support.deployed_stack import deployed

TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call"
STORES = ["file_sharing", "kv_storage", "shop", "usage_quotas"]
STACKS = {
    "dev": {
        "costCenter": "development",
        "stores": [*STORES, "application_table"],
    },
    "prod": {
        "costCenter": "production",
        "stores": STORES,
        "enableAuditTrail": True,
        "alarmTopicArn": TOPIC,
    },
}


@pytest.mark.parametrize("stack", STACKS)
def test_the_first_deployment_after_an_import_of_the_stacks_own_tables_changes_nothing(stack):
    with deployed(environment=stack, owner="platform-team", **STACKS[stack]) as running:
        code, report = adopted(running.endpoint.url, stack=stack)
    assert code == 0
    assert len(report["tables"]) >= 9
    for table in report["tables"]:
        assert table["verdict"] == "adoptable"
        assert table["settings"] == []
        assert table["findings"] == []
