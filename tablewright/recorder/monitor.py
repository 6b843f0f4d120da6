"""The engine's side of the conversation with a program: answers it, and keeps what it registers."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pulumi.runtime.proto import resource_pb2

from . import urns, wire
from .backend import Backend
from .errors import ProgramError
from .registration import Registration
from .requests import is_provider, registration_of

Failure = TypeVar("Failure", bound=BaseException)

FEATURES = (
    resource_pb2.RESOURCE_MONITOR_FEATURE_SECRETS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    # Declared although they are refused: otherwise the SDK asks for a newer command-line program.
    resource_pb2.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
)


class Monitor:
    """Stands in for the engine's resource monitor; the SDK calls it by the protocol's names."""

    def __init__(
        self, *, project: str, stack: str, root: Path, backend: Backend, preview: bool
    ) -> None:
        self._project = project
        self._stack = stack
        self._root = root
        self._backend = backend
        self._preview = preview
        self._lock = threading.Lock()
        self._registrations: dict[str, Registration] = {}
        self.exports: Mapping[str, Any] = {}
        self.secret_exports: frozenset[str] = frozenset()
        self.failure: BaseException | None = None

    @property
    def registrations(self) -> tuple[Registration, ...]:
        """Everything registered so far, in order of registration."""
        return tuple(self._registrations.values())

    def failed(self, error: Failure) -> Failure:
        """Keep the first failure: the SDK wraps it anew at every resource that waits for it."""
        with self._lock:
            self.failure = self.failure or error
        return error

    def register(
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        """Keep one resource, and create it where it is a custom one."""
        registration = self._admitted(request)
        urn = registration.urn
        if not registration.custom:
            return resource_pb2.RegisterResourceResponse(urn=urn, object=request.object)
        if self._preview:
            self._settle(registration, None, registration.inputs)
            return resource_pb2.RegisterResourceResponse(urn=urn, object=request.object)
        id_, outputs = self._created(registration)
        self._settle(registration, id_, outputs)
        secrets = registration.secret_inputs.union(registration.additional_secret_outputs)
        reply = wire.write(outputs, secrets)
        return resource_pb2.RegisterResourceResponse(urn=urn, id=id_, object=reply)

    def register_outputs(self, request: resource_pb2.RegisterResourceOutputsRequest) -> wire.Empty:
        """Keep the outputs of a component; the Stack's are the exports."""
        outputs, secrets = wire.read(request.outputs)
        registration = self._registrations[request.urn]
        if registration.type == urns.STACK_TYPE:
            self.exports, self.secret_exports = outputs, secrets
        self._settle(registration, None, outputs)
        return wire.Empty()

    def invoke(
        self, request: resource_pb2.ResourceInvokeRequest
    ) -> resource_pb2.ResourceInvokeResponse:
        """Answer a look-up from the backend."""
        arguments, _ = wire.read(request.args)
        try:
            answer = self._backend.invoke(request.tok, arguments)
        except Exception as error:
            raise self.failed(ProgramError(f"look-up {request.tok}: {error}")) from error
        return resource_pb2.ResourceInvokeResponse(**{"return": wire.write(answer)})

    def features(self, _request: wire.Empty) -> resource_pb2.DeploymentInfo:
        """Say what the program may ask for."""
        return resource_pb2.DeploymentInfo(supportedFeatures=FEATURES)

    def shut_down(self, _request: wire.Empty) -> wire.Empty:
        """End nothing: nothing runs."""
        return wire.Empty()

    def _admitted(self, request: resource_pb2.RegisterResourceRequest) -> Registration:
        if request.remote:
            raise self._refusal(f"a component of another package ('{request.name}')")
        if request.transforms:
            raise self._refusal(f"the transforms of '{request.name}'")
        urn = urns.make_urn(self._stack, self._project, request.parent, request.type, request.name)
        parent = self._registrations.get(request.parent)
        registration = registration_of(request, urn=urn, parent=parent, root=self._root)
        with self._lock:
            first = self._registrations.setdefault(urn, registration)
        if first is not registration:
            raise self.failed(
                ProgramError(
                    f"{registration} is registered twice with the URN '{urn}', at "
                    f"{first.source_position} and {registration.source_position}; "
                    "give one of them another name or parent"
                )
            )
        return registration

    def _created(self, registration: Registration) -> tuple[str, Mapping[str, Any]]:
        if is_provider(registration):
            return "recorded", registration.inputs  # the engine makes such ids up, too
        try:
            return self._backend.create(registration)
        except Exception as error:
            at = f" ({registration.source_position})" if registration.source_position else ""
            raise self.failed(ProgramError(f"{registration}{at}: {error}")) from error

    def _settle(
        self, registration: Registration, id_: str | None, outputs: Mapping[str, Any]
    ) -> None:
        self._registrations[registration.urn] = replace(registration, id=id_, outputs=outputs)

    def _refusal(self, what: str) -> ProgramError:
        return self.failed(
            ProgramError(
                f"the recorder runs without an engine and cannot serve {what}; "
                "run this program with the Pulumi command-line program instead"
            )
        )

    def _refuse_read(self, request: resource_pb2.ReadResourceRequest) -> NoReturn:
        raise self._refusal(f"the look-up of an existing resource ('{request.name}')")

    def _refuse_callback(self, _request: object) -> NoReturn:
        raise self._refusal("stack transforms and resource hooks")

    # The names of the protocol.
    RegisterResource = register
    RegisterResourceOutputs = register_outputs
    Invoke = invoke
    GetDeploymentInfo = features
    SignalAndWaitForShutdown = shut_down
    ReadResource = _refuse_read
    RegisterStackTransform = RegisterStackInvokeTransform = _refuse_callback
    RegisterResourceHook = RegisterErrorHook = _refuse_callback
