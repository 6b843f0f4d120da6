"""The boto3 clients of one endpoint."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, Final

import boto3
import botocore.session
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_sts import STSClient

DEFAULT_REGION: Final = "us-east-1"
"""The Region of a stack that names none."""

# No proxy stands between this machine and itself, and a dead emulator shall be noticed at once.
_CONFIG = Config(
    proxies={},
    connect_timeout=5,
    read_timeout=60,
    max_pool_connections=32,
    retries={"mode": "standard", "total_max_attempts": 1},
)
# As botocore has them: key in the file, variable, default, conversion.
_NO_CONFIGURATION: Final = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}


def emulator_session(region_name: str | None) -> Any:  # noqa: ANN401 -- boto3's session has no useful type
    """Make a session that knows neither the user's profile nor the AWS configuration files.

    The emulator accepts any credentials; real ones must never reach it.
    """
    return boto3.Session(
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 -- no secret: the emulator accepts any
        region_name=region_name,
        botocore_session=botocore.session.Session(session_vars=_NO_CONFIGURATION),
    )


class ServiceClients:
    """Makes the client of a service when it is first asked for; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[str, Any] = {}

    @property
    def cloudwatch(self) -> CloudWatchClient:
        """Alarms."""
        client: CloudWatchClient = self._client("cloudwatch")
        return client

    @property
    def dynamodb(self) -> DynamoDBClient:
        """Tables and items."""
        client: DynamoDBClient = self._client("dynamodb")
        return client

    @property
    def dynamodbstreams(self) -> DynamoDBStreamsClient:
        """Stream records."""
        client: DynamoDBStreamsClient = self._client("dynamodbstreams")
        return client

    @property
    def ec2(self) -> EC2Client:
        """VPC endpoints."""
        client: EC2Client = self._client("ec2")
        return client

    @property
    def iam(self) -> IAMClient:
        """Managed policies and roles."""
        client: IAMClient = self._client("iam")
        return client

    @property
    def sns(self) -> SNSClient:
        """Topics and subscriptions."""
        client: SNSClient = self._client("sns")
        return client

    @property
    def ssm(self) -> SSMClient:
        """Parameters."""
        client: SSMClient = self._client("ssm")
        return client

    @property
    def sts(self) -> STSClient:
        """The identity of the caller."""
        client: STSClient = self._client("sts")
        return client

    def _client(self, service: str) -> Any:  # noqa: ANN401 -- each property names its own type
        with self._lock:
            if service not in self._made:
                self._made[service] = self._make(service)
            return self._made[service]

    def _make(self, service: str) -> Any:  # noqa: ANN401 -- as above
        raise NotImplementedError


class Clients(ServiceClients):
    """The clients of an emulator."""

    def __init__(self, endpoint: str, region: str) -> None:
        super().__init__()
        self.endpoint = endpoint
        self.region = region
        self._elsewhere: dict[str, Clients] = {}
        self._session = emulator_session(region)

    def in_region(self, region: str | None) -> Clients:
        """Give the clients of another Region at the same endpoint; None means this one."""
        if region in (None, self.region):
            return self
        with self._lock:
            return self._elsewhere.setdefault(region, Clients(self.endpoint, region))

    def _make(self, service: str) -> Any:  # noqa: ANN401 -- each property names its own type
        return self._session.client(service, endpoint_url=self.endpoint, config=_CONFIG)
