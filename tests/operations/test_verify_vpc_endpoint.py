"""The VPC endpoint is verified in a VPC that the emulator knows, and in one it stands in for."""

from __future__ import annotations

import pytest

from tablewright.local.resources.stand_ins import STANDS_FOR
from tablewright.models import grants
from tablewright.operations.verify import Status
from tests.support.deployed_stack import deployed

ELSEWHERE = {
    "vpcId": "vpc-0123456789abcdef0",
    "routeTableIds": ["rtb-0123456789abcdef0", "rtb-0123456789abcdef1"],
}
RESOURCE = f"VPC endpoint com.amazonaws.us-east-1.dynamodb in {ELSEWHERE['vpcId']}"


@pytest.fixture
def stack():
    with deployed(stores=["kv_storage"], environment="local", vpcEndpoint=ELSEWHERE) as running:
        yield running


def endpoint_of(stack):
    [found] = stack.endpoint.ec2.describe_vpc_endpoints()["VpcEndpoints"]
    return found


def test_a_vpc_made_elsewhere_verifies_clean_with_what_the_verifier_may(stack):
    performed = set()
    stack.endpoint._session.events.register(
        "before-call.ec2", lambda model, **_: performed.add(f"ec2:{model.name}")
    )

    report = stack.verify()

    assert report.problems == ()
    assert any(check.resource == RESOURCE for check in report.checks)
    assert performed == set(grants.ENDPOINT_ACTIONS)


def test_a_name_of_the_stack_s_own_is_the_endpoint_s_and_verified():
    named = {"vpcEndpoint": ELSEWHERE, "extraTags": {"Name": "mine"}}
    with deployed(stores=["kv_storage"], environment="local", **named) as running:
        assert running.verify().problems == ()
        running.endpoint.ec2.create_tags(
            Resources=[endpoint_of(running)["VpcEndpointId"]],
            Tags=[{"Key": "Name", "Value": "other"}],
        )
        [problem] = running.verify().problems
    assert (problem.resource, problem.property) == (RESOURCE, "tags")


def test_a_route_table_too_few_is_different(stack):
    found = endpoint_of(stack)
    stack.endpoint.ec2.modify_vpc_endpoint(
        VpcEndpointId=found["VpcEndpointId"], RemoveRouteTableIds=found["RouteTableIds"][:1]
    )

    [problem] = stack.verify().problems

    assert (problem.resource, problem.property) == (RESOURCE, "route tables")
    assert problem.status is Status.DIFFERENT
    assert len(problem.actual) == 1
    assert set(problem.actual) < set(ELSEWHERE["routeTableIds"])


def test_an_endpoint_in_a_vpc_that_stands_for_no_declared_one_is_missing(stack):
    found = endpoint_of(stack)
    key = f"{STANDS_FOR}/{found['VpcId']}"
    stack.endpoint.ec2.delete_tags(Resources=[found["VpcEndpointId"]], Tags=[{"Key": key}])

    [problem] = stack.verify().problems

    assert (problem.resource, problem.property) == (RESOURCE, "existence")
    assert problem.status is Status.MISSING
