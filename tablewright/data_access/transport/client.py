"""The boto3 client that repositories share: short timeouts, few attempts, fast parsing."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from tablewright.data_access.errors import Misconfigured
from tablewright.data_access.transport import fast_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_ssm import SSMClient

DEFAULT_REGION: Final = "us-east-1"


@dataclass(frozen=True, kw_only=True)
class ClientSettings:
    """How a client behaves; the defaults suit an application that answers people.

    boto3 reads its region from `AWS_DEFAULT_REGION` alone; here `AWS_REGION`, which Lambda sets,
    counts first. `attempts` is how often botocore itself sends a request: once, for the wire
    repeats what may be repeated, until its deadline. `fast` parses responses by orjson where that
    proves equal; `checks_requests` has botocore compare each request with its model first, which
    tests want; `names_itself` sends a short user agent in place of the one that botocore composes
    twice for every request.
    """

    region: str | None = None
    endpoint: str | None = None
    attempts: int = 1
    connect_timeout_seconds: float = 1.0
    read_timeout_seconds: float = 3.0
    connections: int = 10
    fast: bool = True
    checks_requests: bool = False
    names_itself: bool = True


def make_client(settings: ClientSettings | None = None) -> DynamoDBClient:
    """Make a client by the usual credentials; threads may share it.

    Raises Misconfigured for settings, files and variables that botocore refuses.
    """
    settings = settings or ClientSettings()
    client = _plain(settings)
    if settings.fast and _fast_path_works():
        fast_path.install(client)
    else:
        fast_path.watch(client)
    return client


def make_ssm_client(settings: ClientSettings | None = None) -> SSMClient:
    """Make a client that reads parameters, by the usual credentials; raises Misconfigured."""
    settings = settings or ClientSettings()
    with _told():
        config = Config(
            retries={"mode": "standard", "total_max_attempts": settings.attempts},
            connect_timeout=settings.connect_timeout_seconds,
            read_timeout=settings.read_timeout_seconds,
        )
        return boto3.session.Session().client("ssm", region_name=_region(settings), config=config)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, TypeError, ValueError) as error:
        raise Misconfigured(f"no client can be made: {error}") from error


def _region(settings: ClientSettings) -> str:
    variables = ("AWS_REGION", "AWS_DEFAULT_REGION")
    named = next((os.environ[name] for name in variables if os.environ.get(name)), DEFAULT_REGION)
    return settings.region or named


def _plain(settings: ClientSettings) -> DynamoDBClient:
    with _told():
        config = Config(
            # Never `adaptive`: it slows down every caller for the throttling of one table.
            retries={"mode": "standard", "total_max_attempts": settings.attempts},
            connect_timeout=settings.connect_timeout_seconds,
            read_timeout=settings.read_timeout_seconds,
            max_pool_connections=settings.connections,
            parameter_validation=settings.checks_requests,
            user_agent="tablewright" if settings.names_itself else None,
        )
        return boto3.session.Session().client(
            "dynamodb",
            region_name=_region(settings),
            endpoint_url=settings.endpoint,
            config=config,
        )


@cache
def _fast_path_works() -> bool:
    """Try the fast path once in a process, on clients that send nothing."""

    def throwaway() -> DynamoDBClient:
        session = boto3.session.Session(
            aws_access_key_id="none",
            aws_secret_access_key="none",  # noqa: S106 -- signs what is never sent
        )
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
        return session.client("dynamodb", region_name=DEFAULT_REGION, config=config)

    return fast_path.works(throwaway)
