"""A cost of the SDK that grows with the rules: it reads every request anew for each of them.

Properties go from the wire to JSON, to values and to proxies once a policy, and a stack's resources
are linked once a policy, which is most of what a pack of 36 rules costs. Here a request is read
once, by the SDK's own functions, and the SDK's own methods judge what was read. Figures and
limits: docs/adr/0008.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from copy import copy
from types import FunctionType, SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

from pulumi_policy import EnforcementLevel, policy
from pulumi_policy.version import VERSION

from rules.framework.of_types import OfTypes, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_policy import Policy

sdk: Any = policy  # its insides, which its types do not export

READ: Final = "1.21.0"
"""The version of the SDK whose insides this was written for; any other runs as it is."""


def spare() -> None:
    """Let the packs that this process starts read each request once."""
    found = getattr(sdk, "_PolicyAnalyzerServicer", None)
    if VERSION == READ and found is not None and not issubclass(found, _ReadingOnce):
        reading_once = type("ReadingOnce", (_ReadingOnce, found), {})
        sdk._PolicyAnalyzerServicer = reading_once  # noqa: SLF001 -- `PolicyPack` takes it from there


class _ReadingOnce:
    """Goes before the SDK's servicer, which stays the one that judges."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 -- whatever the SDK takes
        super().__init__(*given, **named)
        self._sdk = cast("Any", super())
        self._analyze = _taking_what_was_read(self._sdk.Analyze)
        self._parts: dict[str, tuple[Any, list[Any]]] = {}

    def Analyze(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 -- gRPC's
        """Ask the policies of the resource's type, and add that no other applies."""
        if request.type not in self._parts:
            self._parts[request.type] = self._part(request.type)
        judging, others = self._parts[request.type]
        response = self._analyze(judging, self._read(request), context)
        response.not_applicable.extend(others)
        return response

    def AnalyzeStack(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 -- as above
        """Ask every policy about the resources that the first one was asked about."""
        # The SDK goes through the resources once a policy: the first time they are read, and from
        # then on there are none left, and the arguments are made with those of the first.
        resources = map(self._read_within_stack, request.resources)
        analyze = _taking_what_was_read(self._sdk.AnalyzeStack, StackValidationArgs=_shared())
        with _collector_held():
            return analyze(self, SimpleNamespace(resources=resources), context)

    def Remediate(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 -- as above
        """Read nothing where no policy may remediate."""
        levels = map(self._sdk._get_enforcement_level, self._policies())  # noqa: SLF001 -- as above
        if EnforcementLevel.REMEDIATE in levels:
            return self._sdk.Remediate(request, context)
        return sdk.proto.RemediateResponse()

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 -- as above
        """Forget what followed from other levels."""
        self._parts.clear()
        return self._sdk.Configure(request, context)

    def ConfigureStack(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 -- as above
        """Forget what followed from another stack's tags."""
        self._parts.clear()
        return self._sdk.ConfigureStack(request, context)

    def _policies(self) -> list[Policy]:
        found: list[Policy] = vars(self)["_PolicyAnalyzerServicer__policies"]
        return found

    def _part(self, token: str) -> tuple[Any, list[Any]]:
        """Return a servicer of the policies that judge a type, and the word of the others."""
        policies = self._policies()
        others = [p for p in policies if isinstance(p, OfTypes) and not p.judges(token)]
        judging = copy(self)
        vars(judging)["_PolicyAnalyzerServicer__policies"] = [
            each for each in policies if each not in others
        ]
        return judging, [
            sdk.proto.PolicyNotApplicable(policy_name=each.name, reason=why_not(each.name, token))
            for each in others
            if self._sdk._get_enforcement_level(each) is not EnforcementLevel.DISABLED  # noqa: SLF001 -- as above
        ]

    def _get_resource_options(self, resource: Any) -> Any:  # noqa: ANN401 -- as above
        read = isinstance(resource, SimpleNamespace)
        return resource.options if read else self._sdk._get_resource_options(resource)  # noqa: SLF001 -- as above

    def _get_provider_resource(self, resource: Any) -> Any:  # noqa: ANN401 -- as above
        read = isinstance(resource, SimpleNamespace)
        return resource.provider if read else self._sdk._get_provider_resource(resource)  # noqa: SLF001 -- as above

    def _read(self, resource: Any) -> SimpleNamespace:  # noqa: ANN401 -- protobuf
        properties = sdk.json_format.MessageToDict(resource.properties)
        return SimpleNamespace(
            type=resource.type,
            name=resource.name,
            urn=resource.urn,
            properties=sdk.unknown_checking_proxy(sdk.deserialize_properties(properties)),
            options=self._get_resource_options(resource),
            provider=self._get_provider_resource(resource),
        )

    def _read_within_stack(self, resource: Any) -> SimpleNamespace:  # noqa: ANN401 -- protobuf
        read = self._read(resource)
        read.parent = resource.parent
        read.dependencies = resource.dependencies
        read.propertyDependencies = resource.propertyDependencies
        return read


def _taking_what_was_read(method: Any, **others: object) -> Callable[..., Any]:  # noqa: ANN401 -- as above
    """Return a method of the SDK in whose eyes properties need no reading."""
    names = {
        "json_format": SimpleNamespace(MessageToDict=_as_it_is),
        "deserialize_properties": _as_it_is,
        "unknown_checking_proxy": _as_it_is,
    }
    return FunctionType(method.__code__, {**method.__globals__, **names, **others})


def _as_it_is(read: object) -> object:
    return read


def _shared() -> Callable[..., object]:
    """Return what makes the arguments of stack policies, all with the resources of the first."""
    first: list[Any] = []

    def arguments(resources: Any, *others: Any) -> object:  # noqa: ANN401 -- as the SDK calls it
        first.append(resources)
        return sdk.StackValidationArgs(first[0], *others)

    return arguments


@contextmanager
def _collector_held() -> Iterator[None]:
    """Keep the garbage collector from walking a stack's resources again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
