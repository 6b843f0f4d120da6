"""Where an application finds a table: an argument, an environment variable, or SSM."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tablewright.data_access.errors import InvalidInput, Misconfigured, Retryable
from tablewright.data_access.transport.client import make_ssm_client
from tablewright.data_access.transport.timing import Patience
from tablewright.data_access.transport.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_ssm import SSMClient

    from tablewright.data_access.transport.client import ClientSettings
    from tablewright.models.table import TableSpec


@dataclass(frozen=True, kw_only=True)
class TableNames:
    """The physical names of tables, each looked up once.

    In this order: `given`, by the name that the model gives the table; the table's environment
    variable; the SSM parameter that the stack of `prefix` (`dropify-dev`) exports. `variables` and
    `ssm` are the process's own unless they are given.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    prefix: str | None = None
    variables: Mapping[str, str] | None = None
    ssm: SSMClient | None = None
    settings: ClientSettings | None = None
    patience: Patience = field(default_factory=Patience)
    _found: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    def name(self, spec: TableSpec) -> str:
        """Return the physical name of a table; raises Misconfigured where nothing tells it.

        Raises Retryable where SSM did not tell it in time.
        """
        found = self._found.get(spec.environment_variable)
        if found is None:
            found = self._found[spec.environment_variable] = self._look_up(spec)
        return found

    def _look_up(self, spec: TableSpec) -> str:
        variables = os.environ if self.variables is None else self.variables
        found = self.given.get(spec.name) or variables.get(spec.environment_variable)
        if found:
            return found
        if self.prefix:
            path = f"/{self.prefix}/{spec.group}/{spec.name}-table-name"
            client: Any = self.ssm or make_ssm_client(self.settings)
            return _from_ssm(Wire(client, self.patience), path)
        raise Misconfigured(
            f"table {spec.name!r}: no name; set {spec.environment_variable}, pass the name, or "
            "pass the prefix of the stack (such as dropify-dev) to read what it exports to SSM"
        )


def _from_ssm(wire: Wire, path: str) -> str:
    try:
        reply = wire.send("get_parameter", Name=path)
    except (InvalidInput, Misconfigured) as error:
        raise Misconfigured(f"parameter {path!r} cannot be read: {error}") from error.__cause__
    except Retryable as error:
        raise type(error)(f"parameter {path!r} is not read yet: {error}") from error.__cause__
    name: str = reply["Parameter"]["Value"]
    return name
