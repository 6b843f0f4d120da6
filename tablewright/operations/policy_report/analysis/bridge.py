"""What a program registers, judged by a policy pack: the engine's part, without an engine."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import grpc  # type: ignore[import-untyped]  # its stubs are a package apart
from pulumi.runtime.proto import analyzer_pb2 as proto

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.analysis.analyzer import DEADLINE_IN_SECONDS, level_of
from tablewright.operations.policy_report.analysis.diagnostics import Outcome
from tablewright.operations.policy_report.analysis.providers import Providers
from tablewright.operations.policy_report.policy import Level
from tablewright.operations.policy_report.report import NotRun, PolicyReport, Remediated, Resource
from tablewright.recorder.wire import read, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tablewright.operations.policy_report.analysis.analyzer import Analyzer
    from tablewright.operations.policy_report.analysis.levels import Applied
    from tablewright.operations.policy_report.policy import Policy
    from tablewright.recorder import Recording, Registration

_GONE: Final = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)


def judge(
    analyzer: Analyzer, recording: Recording, applied: Applied, *, level_file: str
) -> PolicyReport:
    """Run every policy over a recorded stack, resources first, as the engine does."""
    pack, policies = analyzer.policies()
    analyzer.configure(recording.project, recording.stack, applied)
    providers = Providers(recording.registrations)
    run = _Run(analyzer.stub, analyzer.last_words, policies, applied, providers)
    for registration in recording.registrations:
        run.judge(registration)
    run.judge_stack(recording.registrations)
    return PolicyReport(
        stack=recording.stack,
        pack=pack,
        policies=tuple(replace(each, level=applied[each.id].level) for each in policies),
        resources=tuple(
            Resource(urn=each.urn, position=each.source_position)
            for each in recording.registrations
        ),
        violations=tuple(run.outcome.violations),
        waived=tuple(run.outcome.waived),
        not_run=tuple(run.outcome.not_run),
        remediated=tuple(run.remediated),
        not_applicable=frozenset(run.not_applicable),
        level_file=level_file,
    )


@dataclass
class _Run:
    stub: Any
    last_words: Callable[[], str]
    policies: tuple[Policy, ...]
    applied: Applied
    providers: Providers
    outcome: Outcome = field(init=False)
    remediated: list[Remediated] = field(default_factory=list)
    not_applicable: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        levels = {policy: each.level for policy, each in self.applied.items()}
        self.outcome = Outcome(levels)

    def judge(self, registration: Registration) -> None:
        """Remediate one resource, then analyze what became of it."""
        properties = write(registration.inputs, registration.secret_inputs)
        try:
            properties = self._remediate(registration, properties)
            response = self.stub.Analyze(
                _request(registration, properties, self.providers.of(registration)),
                timeout=DEADLINE_IN_SECONDS,
            )
        except grpc.RpcError as error:
            self._failed(error, "resource", registration.urn)
            return
        self._take(response, registration.urn)

    def judge_stack(self, registrations: Sequence[Registration]) -> None:
        """Analyze every resource together, with the outputs that are known."""
        request = proto.AnalyzeStackRequest(
            resources=[_resource(each, self.providers.of(each)) for each in registrations]
        )
        try:
            response = self.stub.AnalyzeStack(request, timeout=DEADLINE_IN_SECONDS)
        except grpc.RpcError as error:
            self._failed(error, "stack", None)
            return
        self._take(response, None)

    def _remediate(self, registration: Registration, properties: Any) -> Any:  # noqa: ANN401 -- protobuf
        request = _request(registration, properties, self.providers.of(registration))
        answer = self.stub.Remediate(request, timeout=DEADLINE_IN_SECONDS)
        for remediation in answer.remediations:
            if remediation.diagnostic:
                self.outcome.cannot_run(
                    remediation.policyName, remediation.diagnostic, registration.urn
                )
                continue
            before, after = read(properties)[0], read(remediation.properties)[0]
            changed = [name for name in after if after[name] != before.get(name)]
            properties = remediation.properties
            self.remediated.append(
                Remediated(
                    policy=remediation.policyName,
                    urn=registration.urn,
                    properties=tuple(changed),
                )
            )
        return properties

    def _take(self, response: Any, urn: str | None) -> None:  # noqa: ANN401 -- protobuf
        for each in response.diagnostics:
            # What judges one resource leaves the URN empty.
            self.outcome.add(
                policy=each.policyName,
                description=each.description,
                message=each.message,
                level=level_of(each.enforcementLevel),
                urn=each.urn or urn,
            )
        for policy in response.not_applicable:
            self.not_applicable.add((policy.policy_name, urn or ""))

    def _failed(self, error: Any, kind: str, urn: str | None) -> None:  # noqa: ANN401 -- gRPC
        """Take the end of a call: it takes along what other policies would have found.

        The engine ends the whole run here, whatever the levels.
        """
        if error.code() in _GONE:
            raise OperationError(
                f"the policy pack ended, or did not answer within {DEADLINE_IN_SECONDS:.0f} s, "
                f"while it judged {urn or 'the stack'}; its last words: {self.last_words()}"
            ) from None
        self.outcome.not_run += [
            NotRun(policy=each.id, level=Level.MANDATORY, reason=str(error.details()), urn=urn)
            for each in self.policies
            if each.kind == kind and self.applied[each.id].level is not Level.DISABLED
        ]


def _request(registration: Registration, properties: Any, provider: Any = None) -> Any:  # noqa: ANN401 -- protobuf
    return proto.AnalyzeRequest(
        type=registration.type,
        name=registration.name,
        urn=registration.urn,
        properties=properties,
        options=_options(registration),
        provider=provider,
    )


def _resource(registration: Registration, provider: Any = None) -> Any:  # noqa: ANN401 -- protobuf
    known = {**registration.inputs, **registration.outputs}
    return proto.AnalyzerResource(
        type=registration.type,
        name=registration.name,
        urn=registration.urn,
        properties=write(known, registration.secret_inputs),
        options=_options(registration),
        provider=provider,
        parent=registration.parent or "",
        dependencies=registration.dependencies,
        propertyDependencies=dict(_dependencies(registration.property_dependencies)),
    )


def _dependencies(
    of_properties: Mapping[str, tuple[str, ...]],
) -> Iterator[tuple[str, Any]]:
    for name, urns in of_properties.items():
        yield name, proto.AnalyzerPropertyDependencies(urns=urns)


def _options(registration: Registration) -> Any:  # noqa: ANN401 -- protobuf
    return proto.AnalyzerResourceOptions(
        protect=registration.protect,
        ignoreChanges=registration.ignore_changes,
        deleteBeforeReplace=bool(registration.delete_before_replace),
        deleteBeforeReplaceDefined=registration.delete_before_replace is not None,
        aliases=registration.aliases,
        parent=registration.parent or "",
    )
