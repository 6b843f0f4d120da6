"""The resource handlers as a Pulumi provider: a stand-in for the AWS one before an emulator."""

import asyncio
import json
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from pulumi.provider.experimental import provider as sdk
from pulumi.provider.experimental.property_value import PropertyValue

from tablewright.recorder import UNKNOWN

from .clients import DEFAULT_REGION, Clients
from .difference import Difference, Kind, differences
from .errors import LocalError
from .handler import Handler
from .property_values import has_unknown, plain_map, protocol_map, secret_names
from .refresh import imported_inputs, refreshed_inputs
from .schema import computed_names, input_names, provider_version

Values: TypeAlias = dict[str, PropertyValue]
Answer: TypeAlias = Callable[[Clients, str, Mapping[str, Any]], Mapping[str, Any]]

ENDPOINT_VARIABLE: Final = "AWS_ENDPOINT_URL"

_NAMES: Final = ("name",)
_ATTACHMENTS: Final = frozenset({"aws:iam/rolePolicyAttachment:RolePolicyAttachment"})
_RENEWED_WITH: Final = {
    "streamEnabled": ("streamArn", "streamLabel"),
    "streamViewType": ("streamArn", "streamLabel"),
    "tags": ("tagsAll",),
    "value": ("version",),
}
_KINDS: Final = {
    (Kind.ADD, False): sdk.PropertyDiffKind.ADD,
    (Kind.ADD, True): sdk.PropertyDiffKind.ADD_REPLACE,
    (Kind.DELETE, False): sdk.PropertyDiffKind.DELETE,
    (Kind.DELETE, True): sdk.PropertyDiffKind.DELETE_REPLACE,
    (Kind.UPDATE, False): sdk.PropertyDiffKind.UPDATE,
    (Kind.UPDATE, True): sdk.PropertyDiffKind.UPDATE_REPLACE,
}


class UpdateRequest(sdk.UpdateRequest):
    """An update that also tells the inputs it starts from, which the SDK's request leaves out."""

    def __init__(self, *, old_inputs: Values, **request: Any) -> None:  # noqa: ANN401 -- as the SDK's
        super().__init__(**request)
        self.old_inputs = old_inputs


class EmulatorProvider(sdk.Provider):
    """Offers the handlers to the engine; refuses to work without an emulator's address.

    `diff` expects the old inputs as the request's `old_state` (`provider_process` sees to it).
    """

    def __init__(self, handler_for: Callable[[str], Handler], answer: Answer) -> None:
        self._handler_for = handler_for
        self._answer = answer
        self._configured: Clients | None = None

    async def get_schema(self, request: sdk.GetSchemaRequest) -> sdk.GetSchemaResponse:
        """Name and version; programs take the types from the SDK of the AWS provider."""
        del request
        return sdk.GetSchemaResponse(json.dumps({"name": "aws", "version": provider_version()}))

    async def configure(self, request: sdk.ConfigureRequest) -> sdk.ConfigureResponse:
        """Take the region from the stack's configuration and the endpoint from the environment."""
        region = plain_map(request.args).get("region")
        if not isinstance(region, str):
            region = request.variables.get("aws:config:region", DEFAULT_REGION)
        self._configured = Clients(emulator_endpoint(os.environ), region)
        return sdk.ConfigureResponse(accept_secrets=True, supports_preview=True)

    async def check(self, request: sdk.CheckRequest) -> sdk.CheckResponse:
        """Hand the inputs back, with what is wrong with them."""
        handler, inputs = self._handler_for(type_token(request.urn)), plain_map(request.new_inputs)
        problems = [
            sdk.CheckFailure(name, reason)
            for name, reason in handler.check(inputs)
            if not has_unknown(inputs.get(name))
        ]
        return sdk.CheckResponse(inputs=request.new_inputs, failures=problems)

    async def diff(self, request: sdk.DiffRequest) -> sdk.DiffResponse:
        """Tell an update from a replacement."""
        handler = self._handler_for(type_token(request.urn))
        old, new = plain_map(request.old_state), plain_map(request.new_inputs)
        replace_on = handler.replace_on | handler.replacements(old, new)
        changes = differences(old, new, replace_on=replace_on, ignore=request.ignore_changes)
        replacing = any(change.replaces for change in changes)
        return sdk.DiffResponse(
            changes=bool(changes),
            replaces=_properties(change for change in changes if change.replaces),
            diffs=_properties(changes),
            detailed_diff={
                str(c): sdk.PropertyDiff(_KINDS[c.kind, c.replaces], input_diff=True)
                for c in changes
            },
            delete_before_replace=replacing and _collides(type_token(request.urn), new),
        )

    async def create(self, request: sdk.CreateRequest) -> sdk.CreateResponse:
        """Create the resource; a preview only says which outputs will come."""
        handler, inputs = self._handler_for(type_token(request.urn)), plain_map(request.properties)
        secrets = secret_names(request.properties)
        if request.preview:
            outputs = inputs | dict.fromkeys(computed_names(type_token(request.urn)), UNKNOWN)
            return sdk.CreateResponse("", protocol_map(outputs, secrets=secrets))
        identity, outputs = await asyncio.to_thread(handler.create, self._clients, inputs)
        return sdk.CreateResponse(identity, protocol_map(outputs, secrets=secrets))

    async def read(self, request: sdk.ReadRequest) -> sdk.ReadResponse:
        """Read for a refresh or an import; a resource that is gone has no id."""
        handler, inputs = self._handler_for(type_token(request.urn)), plain_map(request.inputs)
        outputs = await asyncio.to_thread(handler.read, self._clients, request.resource_id, inputs)
        if outputs is None:
            return sdk.ReadResponse("")
        if inputs:
            inputs = refreshed_inputs(inputs, outputs)
        else:
            inputs = imported_inputs(outputs, input_names(type_token(request.urn)))
        secrets = secret_names(request.inputs, request.properties)
        return sdk.ReadResponse(
            request.resource_id,
            protocol_map(outputs, secrets=secrets),
            protocol_map(inputs, secrets=secrets),
        )

    async def update(self, request: sdk.UpdateRequest) -> sdk.UpdateResponse:
        """Change the resource in place; a preview overlays the old outputs with the new inputs."""
        old_values = request.old_inputs if isinstance(request, UpdateRequest) else request.olds
        old, new = plain_map(old_values), plain_map(request.news)
        if request.preview:
            outputs = plain_map(request.olds) | new
            outputs |= dict.fromkeys(_renewed(differences(old, new), outputs), UNKNOWN)
        else:
            outputs = await asyncio.to_thread(
                self._handler_for(type_token(request.urn)).update,
                self._clients,
                request.resource_id,
                old,
                new,
            )
        return sdk.UpdateResponse(protocol_map(outputs, secrets=secret_names(request.news)))

    async def delete(self, request: sdk.DeleteRequest) -> None:
        """Delete the resource."""
        handler, outputs = self._handler_for(type_token(request.urn)), plain_map(request.properties)
        await asyncio.to_thread(handler.delete, self._clients, request.resource_id, outputs)

    async def invoke(self, request: sdk.InvokeRequest) -> sdk.InvokeResponse:
        """Answer a look-up such as `getCallerIdentity`."""
        found = await asyncio.to_thread(
            self._answer, self._clients, request.tok, plain_map(request.args)
        )
        return sdk.InvokeResponse(protocol_map(found))

    @property
    def _clients(self) -> Clients:
        if self._configured is None:
            raise LocalError("the stand-in for the AWS provider was used before it was configured")
        return self._configured


def type_token(urn: str) -> str:
    """Return the resource's own type; the SDK's `request.type` puts its parents' before it."""
    return urn.split("::")[2].rpartition("$")[2]


def emulator_endpoint(environment: Mapping[str, str]) -> str:
    """Return the emulator's address; refuse where there is none, or where it is AWS itself."""
    endpoint = environment.get(ENDPOINT_VARIABLE, "")
    host = urlsplit(endpoint).hostname
    if not host or host.endswith((".amazonaws.com", ".amazonaws.com.cn")):
        raise LocalError(
            f"{ENDPOINT_VARIABLE} is {endpoint!r}: this plugin stands in for the AWS provider "
            "before an emulator and never talks to AWS; run the local stack with "
            "`make up ENGINE=pulumi`, or give the address of a running emulator"
        )
    return endpoint


def _properties(changes: Iterable[Difference]) -> list[str]:
    return list(dict.fromkeys(change.property for change in changes))


def _collides(type_token: str, inputs: Mapping[str, Any]) -> bool:
    """Tell whether old and new cannot stand side by side: by their name, or as one attachment."""
    return type_token in _ATTACHMENTS or any(inputs.get(name) for name in _NAMES)


def _renewed(changes: Iterable[Difference], outputs: Mapping[str, Any]) -> set[str]:
    renewed = {name for change in changes for name in _RENEWED_WITH.get(change.property, ())}
    return renewed & outputs.keys()
