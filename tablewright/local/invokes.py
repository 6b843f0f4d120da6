"""Answers of the provider functions that a program may call."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from .clients import Clients
from .errors import UnsupportedTypeError

Answer = Callable[[Clients, Mapping[str, Any]], dict[str, Any]]


def _caller_identity(clients: Clients, arguments: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG001 -- an Answer
    found = clients.sts.get_caller_identity()
    return {
        "accountId": found["Account"],
        "arn": found["Arn"],
        "id": found["Account"],
        "userId": found["UserId"],
    }


def _region(clients: Clients, arguments: Mapping[str, Any]) -> dict[str, Any]:
    name = arguments.get("region") or arguments.get("name") or clients.region
    endpoint = f"ec2.{name}.{_dns_suffix(clients)}"
    # The emulator knows no Regions by their place, so the description is the name.
    return {"description": name, "endpoint": endpoint, "id": name, "name": name, "region": name}


def _partition(clients: Clients, arguments: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG001 -- an Answer
    partition, suffix = clients.sts.meta.partition, _dns_suffix(clients)
    reverse = ".".join(reversed(suffix.split(".")))
    return {
        "dnsSuffix": suffix,
        "id": partition,
        "partition": partition,
        "reverseDnsPrefix": reverse,
    }


def _dns_suffix(clients: Clients) -> str:
    return "amazonaws.com.cn" if clients.sts.meta.partition == "aws-cn" else "amazonaws.com"


INVOKES: Final[Mapping[str, Answer]] = MappingProxyType(
    {
        "aws:index/getCallerIdentity:getCallerIdentity": _caller_identity,
        "aws:index/getPartition:getPartition": _partition,
        "aws:index/getRegion:getRegion": _region,
    }
)


def answer(clients: Clients, token: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Answer a provider function; UnsupportedTypeError when nothing here knows it."""
    if token in INVOKES:
        return INVOKES[token](clients, arguments)
    raise UnsupportedTypeError(
        f"function '{token}' has no answer on the emulator; write one in"
        " tablewright/local/invokes.py and list it in INVOKES"
    )
