"""The guard's report as SARIF, by way of the report on policies: each kind is one policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.formats.words import TITLES, details
from tablewright.operations.policy_report.formats import sarif
from tablewright.operations.policy_report.policy import Level, Policy, Severity
from tablewright.operations.policy_report.report import (
    PolicyReport,
    Resource,
    Violation,
    Waived,
)

if TYPE_CHECKING:
    from tablewright.operations.guard.report import GuardReport

_TOOL: Final = "tablewright-guard"
_SEVERITIES: Final = {
    Kind.DATA_LOSS: Severity.CRITICAL,
    Kind.INDEX_OUTAGE: Severity.HIGH,
    Kind.RECOVERY_WEAKENED: Severity.HIGH,
    Kind.CONTRACT_BROKEN: Severity.HIGH,
    Kind.SILENT: Severity.MEDIUM,
    Kind.NOT_UNDERSTOOD: Severity.HIGH,
}


def render(report: GuardReport) -> str:
    """Return the report as one log."""
    return sarif.render([_as_policies(report)])


def _as_policies(report: GuardReport) -> PolicyReport:
    return PolicyReport(
        stack=report.stack,
        pack=_TOOL,
        policies=tuple(
            Policy(id=kind.value, description=f"{title}.", severity=_SEVERITIES[kind])
            for kind, title in TITLES.items()
        ),
        resources=tuple(
            Resource(urn=urn, position=position) for urn, position in report.positions.items()
        ),
        violations=tuple(
            Violation(
                policy=finding.kind.value,
                finding=finding.cause,
                message=_message(finding),
                level=Level.MANDATORY,
                urn=finding.urn,
            )
            for finding in report.findings
        ),
        waived=tuple(
            Waived(
                policy=each.finding.kind.value,
                finding=each.finding.cause,
                message=f"{_message(each.finding)} ({each.words})",
                urn=each.finding.urn,
            )
            for each in report.accepted
        ),
    )


def _message(finding: Finding) -> str:
    said = "; ".join(f"{heading.lower()}: {text}" for heading, text in details(finding))
    return f"{finding.thing}: {finding.what}" + (f"; {said}" if said else "")
