"""From the SDK's request to a registration, with what the engine adds: inherited options."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from pulumi.runtime.proto import resource_pb2

from . import urns, wire
from .registration import Registration, SourcePosition

PROVIDER_PREFIX = "pulumi:providers:"


def registration_of(
    request: resource_pb2.RegisterResourceRequest,
    *,
    urn: str,
    parent: Registration | None,
    root: Path,
) -> Registration:
    """Read the registration a request asks for; its id and outputs come later."""
    inputs, secrets = wire.read(request.object)
    return Registration(
        urn=urn,
        type=request.type,
        name=request.name,
        custom=request.custom,
        parent=request.parent or None,
        provider=_provider(request, parent),
        inputs=inputs,
        secret_inputs=secrets,
        additional_secret_outputs=tuple(request.additionalSecretOutputs),
        protect=_inherited(request, parent, "protect"),
        retain_on_delete=_inherited(request, parent, "retainOnDelete"),
        deleted_with=request.deletedWith or (parent.deleted_with if parent else None),
        delete_before_replace=_delete_before_replace(request),
        ignore_changes=tuple(request.ignoreChanges),
        aliases=_aliases(request, urn, parent),
        dependencies=_ordered(request.dependencies),
        property_dependencies={
            name: _ordered(found.urns)
            for name, found in sorted(request.propertyDependencies.items())
        },
        source_position=_source_position(request, root),
    )


def is_provider(registration: Registration) -> bool:
    """Tell whether the resource is an explicit provider, which the engine keeps for itself."""
    return registration.type.startswith(PROVIDER_PREFIX)


def _inherited(
    request: resource_pb2.RegisterResourceRequest,
    parent: Registration | None,
    option: Literal["protect", "retainOnDelete"],
) -> bool:
    if request.HasField(option):
        return bool(getattr(request, option))
    if parent is None:
        return False
    return parent.protect if option == "protect" else parent.retain_on_delete


def _provider(request: resource_pb2.RegisterResourceRequest, parent: Registration | None) -> str:
    """As the engine: a parent's provider serves a component, and children of its own package."""
    if request.provider or parent is None or not parent.provider:
        return request.provider
    package = request.type.partition(":")[0]
    serves = urns.qualified_type(parent.provider) == f"{PROVIDER_PREFIX}{package}"
    return parent.provider if serves or not request.custom else ""


def _delete_before_replace(request: resource_pb2.RegisterResourceRequest) -> bool | None:
    return request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None


def _aliases(
    request: resource_pb2.RegisterResourceRequest, urn: str, parent: Registration | None
) -> tuple[str, ...]:
    inherited = parent.aliases if parent else ()
    if not request.aliases and not inherited:
        return ()
    return urns.alias_urns(urn, request.parent, request.aliases, inherited)


def _ordered(found: Iterable[str]) -> tuple[str, ...]:
    # The SDK keeps dependencies in sets, whose order differs from run to run.
    return tuple(sorted(found))


def _source_position(
    request: resource_pb2.RegisterResourceRequest, root: Path
) -> SourcePosition | None:
    position = request.sourcePosition
    if not position.uri or request.type == urns.STACK_TYPE:  # the SDK itself declares the Stack
        return None
    file = Path(unquote(urlsplit(position.uri).path))
    return SourcePosition(file=Path(os.path.relpath(file, root)).as_posix(), line=position.line)
