"""Where an application finds a table: an argument, an environment variable, or SSM."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from tablewright.data_access.errors import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_ssm import SSMClient

    from tablewright.models.table import TableSpec


def table_name(
    spec: TableSpec,
    *,
    given: str | None = None,
    environment: Mapping[str, str] | None = None,
    prefix: str | None = None,
    ssm: SSMClient | None = None,
) -> str:
    """Return the physical name of a table; raises Misconfigured where nothing tells it.

    In this order: `given`; the table's environment variable; the SSM parameter that the stack
    exports below `prefix` (`dropify-dev`), read by `ssm`.
    """
    variables = os.environ if environment is None else environment
    if found := given or variables.get(spec.environment_variable):
        return found
    if prefix and ssm:
        return _from_ssm(ssm, f"/{prefix}/{spec.group}/{spec.name}-table-name")
    raise Misconfigured(
        f"table {spec.name!r}: no name; set {spec.environment_variable}, pass the name, or pass "
        "a prefix and an SSM client to read what the stack exports"
    )


def _from_ssm(ssm: SSMClient, path: str) -> str:
    try:
        reply: Any = ssm.get_parameter(Name=path)
    except (ClientError, BotoCoreError) as error:
        raise Misconfigured(f"parameter {path!r} cannot be read: {error}") from error
    name: str = reply["Parameter"]["Value"]
    return name
