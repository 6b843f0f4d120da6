"""Where an operation finds a stack: AWS by the usual credentials, or an emulator."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ConnectionError,  # noqa: A004 -- botocore's name for what its clients raise
    HTTPClientError,
    NoRegionError,
)

from tablewright.local.clients import ServiceClients, emulator_session
from tablewright.operations.errors import OperationError

_AWS = Config(connect_timeout=5, read_timeout=20, retries={"mode": "standard"})
# No proxy stands before an emulator, and a dead one shall be noticed at once.
_EMULATOR = Config(
    proxies={},
    connect_timeout=2,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 1},
)


UNREACHABLE = (ConnectionError, HTTPClientError)
"""What boto3 raises when nothing answers, or nothing that speaks HTTP."""


class EndpointUnreachable(OperationError):  # noqa: N818 -- named after what happened
    """Nothing answers at the endpoint."""

    def __init__(self, endpoint: str, cause: object) -> None:
        super().__init__(
            f"nothing answers at {endpoint} ({cause}); start an emulator with `make up KEEP=1`, "
            "or check the endpoint and the network"
        )


def is_aws(url: str) -> bool:
    """Tell whether an endpoint is one of AWS's own."""
    return ".amazonaws." in f".{urlsplit(url).hostname or ''}."


class Endpoint(ServiceClients):
    """Makes each boto3 client when it is first asked for.

    An emulator gets made-up credentials, so that real ones never reach it; None is AWS.
    Raises OperationError where no client can be made.
    """

    def __init__(self, url: str | None, region: str | None = None) -> None:
        super().__init__()
        self.url = url
        self._emulator = url is not None and not is_aws(url)
        self._region = region

    def __str__(self) -> str:
        return self.url or "AWS"

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 -- boto3's session has no useful type
        session = emulator_session if self._emulator else boto3.Session
        return session(region_name=self._region)

    def _make(self, service: str) -> Any:  # noqa: ANN401 -- each property names its own type
        config = _EMULATOR if self._emulator else _AWS
        try:
            return self._session.client(service, endpoint_url=self.url, config=config)
        except NoRegionError as error:
            raise OperationError("no region is known; set aws:region in the stack") from error
        except ValueError as error:
            raise OperationError(f"endpoint {self}: {error}; write http://host:port") from error
        except BotoCoreError as error:
            raise OperationError(f"{error}; check the AWS configuration") from error
