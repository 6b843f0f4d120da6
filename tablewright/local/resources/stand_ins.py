"""Stand-ins for what a stack refers to but does not create: roles, VPCs, route tables.

The emulator starts empty, so nothing that was made elsewhere can exist in it. A stand-in makes the
reference hold; a tag on it tells what it stands for. It lives as long as the emulator. What uses
stand-ins bears their ids in tags of its own, so that whoever may read it understands it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mypy_boto3_ec2.type_defs import FilterTypeDef, TagTypeDef

    from tablewright.local.clients import Clients

STANDS_FOR: Final = "tablewright:stands-for"
_MARK: Final = f"{STANDS_FOR}/"
_NOBODY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}],
}


def stand_in_role(clients: Clients, name: str) -> None:
    """Make sure that a role exists; a stand-in is one that nobody can assume."""
    try:
        clients.iam.get_role(RoleName=name)
    except clients.iam.exceptions.NoSuchEntityException:
        try:
            clients.iam.create_role(
                RoleName=name,
                AssumeRolePolicyDocument=json.dumps(_NOBODY),
                Tags=[{"Key": STANDS_FOR, "Value": name}],
            )
        except clients.iam.exceptions.EntityAlreadyExistsException:
            return  # another attachment to the same role was faster


def stand_in_vpc(clients: Clients, declared: str) -> str:
    """Find the VPC itself or its stand-in, made when there is none, and return the id of either."""
    try:
        clients.ec2.describe_vpcs(VpcIds=[declared])
    except ClientError:
        found = clients.ec2.describe_vpcs(Filters=_stands_for(declared))["Vpcs"]
        vpc = found[0] if found else _create_vpc(clients, declared)
        return vpc["VpcId"]
    return declared


def stand_in_route_tables(clients: Clients, declared: Iterable[str], vpc: str) -> list[str]:
    """Do the same for route tables of a VPC."""
    return [_route_table(clients, one, vpc) for one in declared]


def marks(declared: Mapping[str, str]) -> dict[str, str]:
    """Give the tags for what uses these ids, each with the id that the stack declared for it."""
    return {_MARK + used: one for used, one in declared.items() if used != one}


def declared_ids(tags: Mapping[str, str]) -> dict[str, str]:
    """Read from a resource's tags which id that it uses stands for which declared one."""
    return {key.removeprefix(_MARK): value for key, value in tags.items() if key.startswith(_MARK)}


def without_marks(tags: Mapping[str, str]) -> dict[str, str]:
    """Leave those tags out that tell of stand-ins."""
    return {key: value for key, value in tags.items() if not key.startswith(_MARK)}


def _create_vpc(clients: Clients, declared: str) -> dict[str, str]:
    vpc = clients.ec2.create_vpc(
        CidrBlock="10.0.0.0/16",
        TagSpecifications=[{"ResourceType": "vpc", "Tags": _mark(declared)}],
    )["Vpc"]
    return {"VpcId": vpc["VpcId"]}


def _route_table(clients: Clients, declared: str, vpc: str) -> str:
    try:
        clients.ec2.describe_route_tables(RouteTableIds=[declared])
    except ClientError:
        found = clients.ec2.describe_route_tables(Filters=_stands_for(declared))["RouteTables"]
        if found:
            return found[0]["RouteTableId"]
        made = clients.ec2.create_route_table(
            VpcId=vpc,
            TagSpecifications=[{"ResourceType": "route-table", "Tags": _mark(declared)}],
        )
        return made["RouteTable"]["RouteTableId"]
    return declared


def _stands_for(declared: str) -> list[FilterTypeDef]:
    return [{"Name": f"tag:{STANDS_FOR}", "Values": [declared]}]


def _mark(declared: str) -> list[TagTypeDef]:
    return [{"Key": STANDS_FOR, "Value": declared}]
