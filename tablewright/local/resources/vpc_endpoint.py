"""VPC endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from tablewright.local.errors import RefusedError
from tablewright.local.handler import BaseHandler, Inputs, Outputs, Problem
from tablewright.local.type_tokens import VPC_ENDPOINT

from . import tags
from .documents import normalized
from .stand_ins import (
    declared_ids,
    marks,
    stand_in_route_tables,
    stand_in_vpc,
    without_marks,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.local.clients import Clients

_GATEWAY = "Gateway"


class VpcEndpointHandler(BaseHandler):
    """`aws:ec2/vpcEndpoint:VpcEndpoint` of the kind Gateway, with its policy.

    A VPC and route tables that the emulator does not know are prepared as stand-ins.
    """

    type_token = VPC_ENDPOINT
    replace_on = frozenset({"region", "vpcId", "serviceName", "serviceRegion", "vpcEndpointType"})
    required = ("vpcId", "serviceName")

    def check(self, inputs: Inputs) -> list[Problem]:
        """Refuse the kinds of endpoint that this project has no use for."""
        kind = inputs.get("vpcEndpointType") or _GATEWAY
        if kind == _GATEWAY or not isinstance(kind, str):
            return super().check(inputs)
        reason = f"'{kind}' does not live in the emulator; DynamoDB takes '{_GATEWAY}'"
        return [*super().check(inputs), ("vpcEndpointType", reason)]

    def create(self, clients: Clients, inputs: Inputs) -> tuple[str, Outputs]:
        """Create the endpoint and its routes."""
        vpc = stand_in_vpc(clients, inputs["vpcId"])
        named = inputs.get("routeTableIds") or ()
        tables = stand_in_route_tables(clients, named, vpc)
        request: dict[str, Any] = {
            "VpcId": vpc,
            "ServiceName": inputs["serviceName"],
            "VpcEndpointType": _GATEWAY,
            "RouteTableIds": tables,
        }
        if policy := inputs.get("policy"):
            request["PolicyDocument"] = normalized(policy)
        used = {vpc: inputs["vpcId"], **dict(zip(tables, named, strict=True))}
        if tagged := {**tags.declared(inputs), **marks(used)}:
            specification = {"ResourceType": "vpc-endpoint", "Tags": tags.pairs(tagged)}
            request["TagSpecifications"] = [specification]
        id_ = clients.ec2.create_vpc_endpoint(**request)["VpcEndpoint"]["VpcEndpointId"]
        return id_, _existing(clients, id_)

    def read(self, clients: Clients, id: str, inputs: Inputs) -> Outputs | None:  # noqa: A002, ARG002 -- the provider's word
        """Read the endpoint; its VPC and route tables come under the declared ids."""
        found = _describe(clients, id)
        return _outputs(clients, found) if found else None

    def update(self, clients: Clients, id: str, old: Inputs, new: Inputs) -> Outputs:  # noqa: A002, ARG002 -- as above
        """Change the policy, the route tables and the tags."""
        found = _existing(clients, id)
        if new.get("policy") and normalized(new["policy"]) != found["policy"]:
            document = normalized(new["policy"])
            clients.ec2.modify_vpc_endpoint(VpcEndpointId=id, PolicyDocument=document)
        _change_route_tables(clients, id, found, new)
        to_set, to_remove = tags.changes(found["tagsAll"], tags.declared(new))
        if to_set:
            clients.ec2.create_tags(Resources=[id], Tags=tags.pairs(to_set))
        if to_remove:
            clients.ec2.delete_tags(Resources=[id], Tags=[{"Key": key} for key in to_remove])
        return _existing(clients, id)

    def delete(self, clients: Clients, id: str, outputs: Inputs) -> None:  # noqa: A002, ARG002 -- as above
        """Delete the endpoint and its routes."""
        if _describe(clients, id):
            clients.ec2.delete_vpc_endpoints(VpcEndpointIds=[id])


def _change_route_tables(clients: Clients, id_: str, found: Outputs, new: Inputs) -> None:
    before, after = set(found["routeTableIds"]), set(new.get("routeTableIds") or ())
    if before == after:
        return
    vpc, prefix_list = stand_in_vpc(clients, new["vpcId"]), found["prefixListId"]
    added = stand_in_route_tables(clients, sorted(after - before), vpc)
    removed = stand_in_route_tables(clients, sorted(before - after), vpc)
    if marked := marks(dict(zip(added, sorted(after - before), strict=True))):
        clients.ec2.create_tags(Resources=[id_], Tags=tags.pairs(marked))
    if stale := marks(dict(zip(removed, sorted(before - after), strict=True))):
        clients.ec2.delete_tags(Resources=[id_], Tags=[{"Key": key} for key in stale])
    clients.ec2.modify_vpc_endpoint(
        VpcEndpointId=id_, AddRouteTableIds=added, RemoveRouteTableIds=removed
    )
    # AWS keeps the routes in step; the emulator does so only when an endpoint comes or goes.
    for table in added:
        clients.ec2.create_route(
            RouteTableId=table, DestinationPrefixListId=prefix_list, GatewayId=id_
        )
    for table in removed:
        clients.ec2.delete_route(RouteTableId=table, DestinationPrefixListId=prefix_list)


def _describe(clients: Clients, id_: str) -> Mapping[str, Any] | None:
    try:
        found = clients.ec2.describe_vpc_endpoints(VpcEndpointIds=[id_])["VpcEndpoints"]
    except ClientError as error:
        if error.response["Error"]["Code"].endswith("NotFound"):
            return None
        raise
    alive = [one for one in found if str(one["State"]).lower() not in ("deleted", "deleting")]
    return alive[0] if alive else None


def _existing(clients: Clients, id_: str) -> Outputs:
    found = _describe(clients, id_)
    if found is None:
        raise RefusedError(f"VPC endpoint '{id_}' does not exist; refresh the stack and run again")
    return _outputs(clients, found)


def _outputs(clients: Clients, found: Mapping[str, Any]) -> Outputs:
    tagged = tags.mapping(found.get("Tags") or [])
    declared = declared_ids(tagged)
    partition = clients.ec2.meta.partition
    owner = f"{clients.region}:{found['OwnerId']}"
    return {
        "arn": f"arn:{partition}:ec2:{owner}:vpc-endpoint/{found['VpcEndpointId']}",
        "cidrBlocks": [],
        "dnsEntries": [],
        "ipAddressType": found.get("IpAddressType", ""),
        "networkInterfaceIds": [],
        "ownerId": found["OwnerId"],
        "policy": normalized(found["PolicyDocument"]) if found.get("PolicyDocument") else "",
        "prefixListId": _prefix_list(clients, found["ServiceName"]),
        "privateDnsEnabled": False,  # the emulator says True, which no gateway endpoint can be
        "region": clients.region,
        "requesterManaged": bool(found.get("RequesterManaged")),
        "routeTableIds": sorted(declared.get(one, one) for one in found["RouteTableIds"]),
        "securityGroupIds": [],
        "serviceName": found["ServiceName"],
        "serviceRegion": found.get("ServiceRegion", clients.region),
        "state": str(found["State"]).lower(),
        "subnetConfigurations": [],
        "subnetIds": [],
        **tags.outputs(without_marks(tagged)),
        "vpcEndpointType": found["VpcEndpointType"],
        "vpcId": declared.get(found["VpcId"], found["VpcId"]),
    }


def _prefix_list(clients: Clients, service: str) -> str:
    found = clients.ec2.describe_prefix_lists()["PrefixLists"]
    return next((one["PrefixListId"] for one in found if one["PrefixListName"] == service), "")
