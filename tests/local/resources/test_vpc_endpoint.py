import json

import pytest

from tablewright.local.resources.stand_ins import STANDS_FOR
from tablewright.local.resources.vpc_endpoint import VpcEndpointHandler

HANDLER = VpcEndpointHandler()


def inputs(actions=("dynamodb:GetItem",), **changes):
    statement = {"Effect": "Allow", "Principal": "*", "Action": list(actions), "Resource": "*"}
    return {
        "vpcId": "vpc-0123",
        "serviceName": "com.amazonaws.eu-north-1.dynamodb",
        "vpcEndpointType": "Gateway",
        "routeTableIds": ["rtb-1", "rtb-2"],
        "policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
        "tags": {"Owner": "you", "Old": "1"},
        **changes,
    }


def routed(clients):
    """The declared ids of the route tables with a route to a prefix list."""
    tables = clients.ec2.describe_route_tables()["RouteTables"]
    return {
        tag["Value"]
        for table in tables
        if any(route.get("DestinationPrefixListId") for route in table["Routes"])
        for tag in table["Tags"]
    }


def test_a_vpc_endpoint_lives_from_creation_to_deletion(clients):
    old = inputs()
    id_, created = HANDLER.create(clients, old)
    assert created["arn"] == f"arn:aws:ec2:eu-north-1:123456789012:vpc-endpoint/{id_}"
    assert json.loads(created["policy"]) == json.loads(old["policy"])
    same = old.keys() - {"policy"}
    assert {name: created[name] for name in same} == {name: old[name] for name in same}
    assert created == HANDLER.read(clients, id_, old)

    new = inputs(["dynamodb:Query"], routeTableIds=["rtb-2", "rtb-3"], tags={"Owner": "me"})
    updated = HANDLER.update(clients, id_, old, new)
    assert json.loads(updated["policy"]) == json.loads(new["policy"])
    assert updated["routeTableIds"] == ["rtb-2", "rtb-3"]
    assert updated["tags"] == {"Owner": "me"}
    assert updated == HANDLER.read(clients, id_, new)

    assert routed(clients) == {"rtb-2", "rtb-3"}

    HANDLER.delete(clients, id_, updated)
    HANDLER.delete(clients, id_, updated)
    assert routed(clients) == set()
    assert HANDLER.read(clients, id_, new) is None


def test_a_vpc_made_elsewhere_gets_one_stand_in(clients):
    for _ in range(2):
        HANDLER.create(clients, inputs(routeTableIds=[]))

    marked = [{"Name": f"tag:{STANDS_FOR}", "Values": ["vpc-0123"]}]
    assert len(clients.ec2.describe_vpcs(Filters=marked)["Vpcs"]) == 1


def test_a_vpc_and_a_route_table_that_exist_are_taken_as_they_are(clients):
    vpc = clients.ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    table = clients.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]

    id_, outputs = HANDLER.create(clients, inputs(vpcId=vpc, routeTableIds=[table]))

    [found] = clients.ec2.describe_vpc_endpoints(VpcEndpointIds=[id_])["VpcEndpoints"]
    assert (found["VpcId"], found["RouteTableIds"]) == (vpc, [table])
    assert (outputs["vpcId"], outputs["routeTableIds"]) == (vpc, [table])


def test_an_endpoint_without_a_policy_of_its_own_reads_the_same(clients):
    bare = {"vpcId": "vpc-0123", "serviceName": "com.amazonaws.eu-north-1.dynamodb"}

    id_, outputs = HANDLER.create(clients, bare)

    assert HANDLER.update(clients, id_, bare, bare) == outputs


def test_only_gateway_endpoints_pass_the_check():
    assert HANDLER.check(inputs()) == []
    [(name, reason)] = HANDLER.check(inputs(vpcEndpointType="Interface"))
    assert name == "vpcEndpointType"
    assert "'Interface' does not live in the emulator" in reason


@pytest.mark.parametrize("property_", ["vpcId", "serviceName", "vpcEndpointType"])
def test_what_makes_an_endpoint_another_one_replaces_it(property_):
    assert property_ in HANDLER.replace_on
