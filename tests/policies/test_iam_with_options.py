"""The program keeps the rules on access policies with every option that changes access."""

import pytest

from rules import RULES
from tests.support.access_documents import ACCOUNT
from tests.support.policy_pack import judge_registrations
from tests.support.recording import record_stack

OF_ACCESS = [rule.id for rule in RULES if rule.id.startswith("iam-")]
OPTIONS = {
    "roleNames": {"shop/storefront": ["web"], "file_sharing/audit": ["auditor"]},
    "customerManagedKeyArn": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/mrk-1234abcd12ab34cd",
    "replicaRegions": ["eu-west-1"],
    "vpcEndpoint": {"vpcId": "vpc-0123456789abcdef0", "routeTableIds": ["rtb-01234567"]},
}


@pytest.mark.parametrize("rule", OF_ACCESS)
@pytest.mark.parametrize("preview", [True, False])
def test_a_stack_with_roles_a_key_replicas_and_an_endpoint_has_no_finding(rule, preview):
    registrations = record_stack("prod", preview=preview, **OPTIONS).registrations
    assert judge_registrations(registrations, "prod", only=rule) == []
