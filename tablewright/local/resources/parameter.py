"""SSM parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.local.errors import RefusedError
from tablewright.local.handler import BaseHandler, Inputs, Outputs
from tablewright.local.type_tokens import PARAMETER

from . import tags

if TYPE_CHECKING:
    from mypy_boto3_ssm.type_defs import ParameterMetadataTypeDef

    from tablewright.local.clients import Clients


class ParameterHandler(BaseHandler):
    """`aws:ssm/parameter:Parameter`: a value under a path; its id is the path."""

    type_token = PARAMETER
    replace_on = frozenset({"region", "name", "dataType"})
    required = ("name", "type", "value")

    def replacements(self, old: Inputs, new: Inputs) -> frozenset[str]:
        """Name the tier when it falls: AWS makes no advanced parameter a standard one."""
        falls = old.get("tier") == "Advanced" and new.get("tier") == "Standard"
        return frozenset({"tier"} if falls else ())

    def create(self, clients: Clients, inputs: Inputs) -> tuple[str, Outputs]:
        """Put the first version; the service refuses a taken path unless `overwrite` is set."""
        path, overwrite = inputs["name"], bool(inputs.get("overwrite"))
        request = _request(inputs)
        if overwrite:
            clients.ssm.put_parameter(**request, Overwrite=True)
            self._retag(clients, path, inputs)  # SSM takes no tags together with Overwrite
        else:
            clients.ssm.put_parameter(**request, Tags=tags.pairs(tags.declared(inputs)))
        return path, self._existing(clients, path, inputs)

    def read(self, clients: Clients, id: str, inputs: Inputs) -> Outputs | None:  # noqa: A002, ARG002 -- the provider's word
        """Read the newest version, decrypted."""
        found = _metadata(clients, id)
        return _outputs(clients, found) if found else None

    def update(self, clients: Clients, id: str, old: Inputs, new: Inputs) -> Outputs:  # noqa: A002 -- as above
        """Put a new version unless nothing but tags changed."""
        request = _request(new)
        if request != _request(old):
            # What is left out keeps its value, so what is no longer declared is set to nothing.
            gone = {ours: "" for name, ours in _OPTIONAL.items() if old.get(name)}
            clients.ssm.put_parameter(**{**gone, **request}, Overwrite=True)
        self._retag(clients, id, new)
        return self._existing(clients, id, new)

    def delete(self, clients: Clients, id: str, outputs: Inputs) -> None:  # noqa: A002, ARG002 -- as above
        """Delete every version."""
        clients.ssm.delete_parameters(Names=[id])

    def _existing(self, clients: Clients, id: str, inputs: Inputs) -> Outputs:  # noqa: A002 -- as above
        found = self.read(clients, id, inputs)
        if found is None:
            raise RefusedError(f"parameter '{id}' does not exist; refresh the stack and run again")
        return found

    def _retag(self, clients: Clients, id: str, new: Inputs) -> None:  # noqa: A002 -- as above
        to_set, to_remove = tags.changes(_tags(clients, id), tags.declared(new))
        if to_set:
            clients.ssm.add_tags_to_resource(
                ResourceType="Parameter",
                ResourceId=id,
                Tags=tags.pairs(to_set),
            )
        if to_remove:
            clients.ssm.remove_tags_from_resource(
                ResourceType="Parameter", ResourceId=id, TagKeys=to_remove
            )


_OPTIONAL = {"description": "Description", "allowedPattern": "AllowedPattern"}
_REQUEST = {
    "name": "Name",
    "type": "Type",
    "value": "Value",
    "tier": "Tier",
    "dataType": "DataType",
    "keyId": "KeyId",
    **_OPTIONAL,
}


def _request(inputs: Inputs) -> dict[str, Any]:
    return {ours: inputs[name] for name, ours in _REQUEST.items() if inputs.get(name)}


def _metadata(clients: Clients, path: str) -> ParameterMetadataTypeDef | None:
    found = clients.ssm.describe_parameters(
        ParameterFilters=[{"Key": "Name", "Option": "Equals", "Values": [path]}]
    )["Parameters"]
    return found[0] if found else None


def _tags(clients: Clients, path: str) -> dict[str, str]:
    found = clients.ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId=path)
    return tags.mapping(found["TagList"])


def _outputs(clients: Clients, found: ParameterMetadataTypeDef) -> Outputs:
    path = found["Name"]
    parameter = clients.ssm.get_parameter(Name=path, WithDecryption=True)["Parameter"]
    return {
        "allowedPattern": found.get("AllowedPattern", ""),
        "arn": parameter["ARN"],
        "dataType": parameter["DataType"],
        "description": found.get("Description", ""),
        "keyId": found.get("KeyId", ""),
        "name": path,
        "region": clients.region,
        **tags.outputs(_tags(clients, path)),
        "tier": found.get("Tier", "Standard"),
        "type": parameter["Type"],
        "value": parameter["Value"],
        "version": parameter["Version"],
    }
