"""The VPC endpoint: whom it lets reach what."""

import json

import pytest

from tests.support.recording import (
    ENVIRONMENTS,
    TABLE,
    VPC_ENDPOINT,
    consumer_statements,
    record_stack,
)

ENDPOINT = {"vpcId": "vpc-0123456789abcdef0", "routeTableIds": ["rtb-0123456789abcdef0"]}
TABLES = "arn:aws:dynamodb:us-east-1:123456789012:table/"


def test_a_stack_has_no_vpc_endpoint_unless_it_names_a_vpc():
    assert record_stack("prod").of_type(VPC_ENDPOINT) == ()


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_vpc_endpoint_lets_the_account_reach_the_stacks_tables_and_nothing_else(environment):
    recording = record_stack(environment, vpcEndpoint=ENDPOINT)
    endpoint = recording.only(VPC_ENDPOINT)
    assert endpoint.inputs["vpcId"] == ENDPOINT["vpcId"]
    assert endpoint.inputs["routeTableIds"] == ENDPOINT["routeTableIds"]
    assert endpoint.inputs["vpcEndpointType"] == "Gateway"
    assert endpoint.inputs["serviceName"] == "com.amazonaws.us-east-1.dynamodb"
    statements = json.loads(endpoint.inputs["policy"])["Statement"]
    reached, granted = set(), set()
    for entry in statements:
        assert entry["Condition"] == {"StringEquals": {"aws:PrincipalAccount": "123456789012"}}
        reached |= {(a, resource) for a in entry["Action"] for resource in entry["Resource"]}
    for entry in consumer_statements(recording):
        dynamodb = [action for action in entry["Action"] if action.startswith("dynamodb:")]
        granted |= {(a, r) for a in dynamodb for r in entry["Resource"] if r != "*"}
    assert reached == granted
    names = {resource.removeprefix(TABLES).partition("/")[0] for _, resource in reached}
    assert names == {table.inputs["name"] for table in recording.of_type(TABLE)}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_vpc_endpoint_is_named_after_its_stack(environment):
    endpoint = record_stack(environment, vpcEndpoint=ENDPOINT).only(VPC_ENDPOINT)
    assert endpoint.inputs["tags"]["Name"] == f"dropify-{environment}-dynamodb"


def test_the_vpc_endpoint_keeps_a_name_that_the_stack_gives():
    endpoint = record_stack("prod", vpcEndpoint=ENDPOINT, extraTags={"Name": "mine"})
    assert endpoint.only(VPC_ENDPOINT).inputs["tags"]["Name"] == "mine"


def test_the_vpc_endpoints_policy_is_known_at_preview():
    preview = record_stack("prod", preview=True, vpcEndpoint=ENDPOINT).only(VPC_ENDPOINT)
    deployed = record_stack("prod", vpcEndpoint=ENDPOINT).only(VPC_ENDPOINT)
    assert preview.inputs["policy"] == deployed.inputs["policy"]
