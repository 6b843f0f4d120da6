"""The whole program, deployed to an emulator with the configuration that a test wants."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3

from tablewright.environment import Settings
from tablewright.local.backend import EmulatorBackend
from tablewright.local.clients import Clients
from tablewright.local.emulator import Emulator
from tablewright.operations.endpoint import Endpoint
from tablewright.operations.verify import Report, verify
from tablewright.recorder import record
from tests.support.configurations import configuration
from tests.support.recording import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION = "us-east-1"
ROLE = "api-service"


@dataclass(frozen=True)
class DeployedStack:
    """A stack in an emulator, with its settings."""

    settings: Settings
    endpoint: Endpoint

    def verify(self) -> Report:
        return verify(self.settings, self.endpoint)


@contextmanager
def deployed(**overrides: Any) -> Iterator[DeployedStack]:
    """Deploy with these configuration keys; a VPC and a role are there to be named."""
    with Emulator() as emulator:
        vpc = prepare(emulator.endpoint)
        if overrides.pop("in_vpc", False):
            overrides["vpcEndpoint"] = vpc
        values = configuration(region=REGION, **overrides)
        backend = EmulatorBackend(Clients(emulator.endpoint, REGION))
        record(ROOT, project="tablewright", stack="test", configuration=values, backend=backend)
        yield DeployedStack(Settings.of(values), Endpoint(emulator.endpoint, REGION))


def prepare(url: str) -> dict[str, Any]:
    """Make the role, and return where the VPC endpoint goes."""
    session = boto3.Session("test", "test", region_name=REGION)
    session.client("iam", endpoint_url=url).create_role(
        RoleName=ROLE, AssumeRolePolicyDocument="{}"
    )
    ec2 = session.client("ec2", endpoint_url=url)
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    table = ec2.describe_route_tables()["RouteTables"][0]["RouteTableId"]
    return {"vpcId": vpc, "routeTableIds": [table]}
