"""What a program registers, judged by a policy pack: the engine's part, without an engine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import grpc  # type: ignore[import-untyped]  # its stubs are a package apart
from pulumi.runtime.proto import analyzer_pb2 as proto

from tablewright.operations.policy_report.analysis.analyzer import level_of
from tablewright.operations.policy_report.analysis.diagnostics import Outcome
from tablewright.operations.policy_report.policy import Level
from tablewright.operations.policy_report.report import NotRun, PolicyReport, Remediated, Resource
from tablewright.recorder.wire import read, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tablewright.operations.policy_report.analysis.analyzer import Analyzer
    from tablewright.operations.policy_report.analysis.levels import Applied
    from tablewright.recorder import Recording, Registration

_RAISED: Final = re.compile(r"policy '(?P<policy>[^']+)' failed on ")
"""How the pack words an error of a rule itself."""


def judge(
    analyzer: Analyzer, recording: Recording, applied: Applied, *, level_file: str
) -> PolicyReport:
    """Run every policy over a recorded stack, resources first, as the engine does."""
    pack, policies = analyzer.policies()
    analyzer.configure(recording.project, recording.stack, applied)
    run = _Run(analyzer.stub, applied)
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
    applied: Applied
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
            response = self.stub.Analyze(_request(registration, properties))
        except grpc.RpcError as error:
            self._failed(error, registration.urn)
            return
        self._take(response, registration.urn)

    def judge_stack(self, registrations: Sequence[Registration]) -> None:
        """Analyze every resource together, with the outputs that are known."""
        request = proto.AnalyzeStackRequest(resources=[_resource(each) for each in registrations])
        try:
            response = self.stub.AnalyzeStack(request)
        except grpc.RpcError as error:
            self._failed(error, None)
            return
        self._take(response, None)

    def _remediate(self, registration: Registration, properties: Any) -> Any:  # noqa: ANN401 -- protobuf
        for remediation in self.stub.Remediate(_request(registration, properties)).remediations:
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

    def _failed(self, error: Any, urn: str | None) -> None:  # noqa: ANN401 -- grpc has no types
        reason = str(error.details())
        raised = _RAISED.search(reason)
        policy = raised["policy"] if raised else "(the pack)"
        # The engine ends the whole run here, whatever the policy's level.
        self.outcome.not_run.append(
            NotRun(policy=policy, level=Level.MANDATORY, reason=reason, urn=urn)
        )


def _request(registration: Registration, properties: Any) -> Any:  # noqa: ANN401 -- protobuf
    return proto.AnalyzeRequest(
        type=registration.type,
        name=registration.name,
        urn=registration.urn,
        properties=properties,
        options=_options(registration),
    )


def _resource(registration: Registration) -> Any:  # noqa: ANN401 -- protobuf
    known = {**registration.inputs, **registration.outputs}
    return proto.AnalyzerResource(
        type=registration.type,
        name=registration.name,
        urn=registration.urn,
        properties=write(known, registration.secret_inputs),
        options=_options(registration),
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
