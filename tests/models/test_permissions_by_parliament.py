"""parliament's second opinion on every document that the models generate."""

import parliament
import pytest

from tablewright.models import grants
from tablewright.models.catalog import CATALOG
from tablewright.models.statements import Statement, document
from tests.support.iam_universe import documents_of, scope_of

KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SHOP = CATALOG["shop"]
SCOPE = scope_of(SHOP)
TABLE = SHOP.tables[0]

CATALOG_DOCUMENTS = [
    pytest.param(text, id=f"{model.name}-{consumer}")
    for model in CATALOG.values()
    for consumer in model.consumers
    for text in documents_of(model, consumer, scope_of(model, regions=("eu-west-1", "eu-north-1")))
]
READY_STATEMENTS = {
    "read": grants.read(TABLE, SCOPE),
    "read_write": grants.read_write(TABLE, SCOPE),
    "single_action": grants.single_action("dynamodb:Query", TABLE, SCOPE),
    "parameters": [grants.parameters(["/dropify-dev/tables/shop-table-name"], SCOPE)],
    "key": [grants.customer_managed_key(KEY, SCOPE, writes=True)],
    "tenant": [
        Statement(
            sid="Tenant",
            actions=("dynamodb:GetItem", "dynamodb:Query"),
            resources=SCOPE.table("shop"),
            conditions=grants.leading_keys("T#${aws:PrincipalTag/team}"),
        )
    ],
    "verifier": grants.verifier(
        SCOPE,
        ["/dropify-dev/tables/shop-table-name"],
        ["dropify-dev-shop-storefront"],
        alarm_arns=[SCOPE.alarm("dropify-dev-shop-read-throttling")],
        topic_arns=["arn:aws:sns:eu-central-1:123456789012:dropify-dev-alarms"],
        role_arns=[SCOPE.role("storefront")],
        vpc_endpoint=True,
    ),
}


# The action is of tables and of streams (Service Authorization Reference); parliament wants both.
EITHER = "dynamodb:GetResourcePolicy"


def findings(text):
    policy = parliament.analyze_policy_string(text, include_community_auditors=True)
    found = [(finding.issue, finding.detail, finding.location) for finding in policy.findings]
    return [one for one in found if not (one[0] == "RESOURCE_MISMATCH" and wants_both(one[1]))]


def wants_both(detail):
    return all(each["action"] == EITHER and "stream" in each["required_format"] for each in detail)


@pytest.mark.parametrize("text", CATALOG_DOCUMENTS)
def test_parliament_finds_nothing_in_the_policy_of_a_consumer(text):
    assert findings(text) == []


@pytest.mark.parametrize("name", READY_STATEMENTS)
def test_parliament_finds_nothing_in_the_ready_statements(name):
    assert findings(document(READY_STATEMENTS[name])) == []


@pytest.mark.parametrize(
    ("statement", "issue"),
    [
        (
            Statement(sid="S", actions=("dynamodb:GetThing",), resources=SCOPE.table("shop")),
            "UNKNOWN_ACTION",
        ),
        (
            Statement(sid="S", actions=("dynamodb:GetRecords",), resources=SCOPE.table("shop")),
            "RESOURCE_MISMATCH",
        ),
        (
            Statement(
                sid="S",
                actions=("dynamodb:Scan",),
                resources=SCOPE.table("shop"),
                conditions=grants.leading_keys("acme"),
            ),
            "UNKNOWN_CONDITION_FOR_ACTION",
        ),
    ],
)
def test_parliament_does_find_what_is_wrong(statement, issue):
    assert issue in {found[0] for found in findings(document([statement]))}
