"""The policy of the VPC endpoint: the union of what consumers may do to tables, and no more."""

import json

import pytest

from components import DynamodbEndpointArgs, Grant, TableOptions
from components.dynamodb_endpoint import endpoint_document
from tablewright.models import ModelError
from tablewright.models.catalog import CATALOG, FILE_SHARING, SHOP
from tablewright.models.limits import ENDPOINT_POLICY_CHARACTERS
from tests.support.component_samples import SCOPE, store_args
from tests.support.configurations import settings
from tests.support.many_tables import model_of

TABLES = f"arn:aws:dynamodb:us-east-1:{SCOPE.account}:table/"


def statements(*plans):
    return json.loads(endpoint_document(plans, SCOPE.account))["Statement"]


def allowed(*plans):
    return {
        (action, resource.removeprefix(TABLES))
        for entry in statements(*plans)
        for action in entry["Action"]
        for resource in entry["Resource"]
    }


def plan_of(model, **changes):
    return store_args(model, **changes).plan_access()


def test_every_statement_is_for_principals_of_the_account():
    for entry in statements(*(plan_of(model) for model in CATALOG.values())):
        assert entry["Effect"] == "Allow"
        assert entry["Principal"] == "*"
        condition = {"StringEquals": {"aws:PrincipalAccount": SCOPE.account}}
        assert entry["Condition"] == condition
        assert "*" not in entry["Resource"]


def test_two_stores_share_one_policy_of_both_their_tables():
    both = allowed(plan_of(SHOP), plan_of(FILE_SHARING))
    assert both == allowed(plan_of(SHOP)) | allowed(plan_of(FILE_SHARING))
    assert ("dynamodb:Query", "dropify-prod-shop/index/GSI1") in both
    assert ("dynamodb:GetRecords", "dropify-prod-shop/stream/*") in both
    assert not any(resource.startswith("dropify-prod-files/stream") for _, resource in both)


def test_neither_listings_nor_the_verifier_pass():
    actions = {action for action, _ in allowed(plan_of(SHOP))}
    assert actions.isdisjoint({"dynamodb:ListStreams", "dynamodb:DescribeTable"})
    assert all(action.startswith("dynamodb:") for action in actions)


def test_resources_of_the_same_actions_share_a_statement():
    found = [tuple(entry["Action"]) for entry in statements(plan_of(SHOP), plan_of(FILE_SHARING))]
    assert len(found) == len(set(found))


def test_grants_and_replicas_pass_too():
    options = TableOptions(replica_regions=("eu-west-1",))
    plan = plan_of(SHOP, table_options=options, grants=(Grant(consumer="tool", access="read"),))
    found = allowed(plan)
    assert ("dynamodb:BatchGetItem", "dropify-prod-shop") in found
    replica = TABLES.replace("us-east-1", "eu-west-1")
    assert ("dynamodb:BatchGetItem", f"{replica}dropify-prod-shop") in found


def test_the_policy_of_every_store_together_fits():
    plans = [plan_of(model) for model in CATALOG.values()]
    assert len(endpoint_document(plans, SCOPE.account)) < ENDPOINT_POLICY_CHARACTERS


def test_a_policy_that_aws_refuses_is_refused_here():
    with pytest.raises(ModelError, match=r"VPC endpoint policy: .* AWS takes 20,480"):
        endpoint_document([plan_of(model_of(200))], SCOPE.account)


def test_a_stack_without_a_vpc_is_told_what_to_write():
    with pytest.raises(ValueError, match="tablewright:vpcEndpoint is not set; write its vpcId"):
        DynamodbEndpointArgs.of(settings(), (), SCOPE)
