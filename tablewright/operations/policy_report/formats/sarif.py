"""Reports as SARIF 2.1.0, for code scanning: a run for each stack.

Each run has a category of its own (`automationDetails`), without which GitHub takes the runs of
several stacks for one. What a waiver accepts is a suppressed result.

GitHub calls an alert one of security by the tag `security`, and grades it by `security-severity`.
Both are for policies of severity high or critical and for those that a known catalogue of security
controls has; others, as of cost or names, are alerts of quality at the level of their result.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from tablewright.operations.policy_report.formats import digest, matrix
from tablewright.operations.policy_report.formats.markdown import is_link, link, prose
from tablewright.operations.policy_report.formats.wording import one_line, subject, told
from tablewright.operations.policy_report.policy import GATE, WAS_EVALUATED, Level, Policy, Severity
from tablewright.operations.policy_report.report import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tablewright.operations.policy_report.report import PolicyReport
    from tablewright.recorder.registration import SourcePosition

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT: Final = "%SRCROOT%"
_SCORES: Final = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}
"""GitHub's bands: critical over 9.0, high from 7.0, medium from 4.0."""
_SECURITY: Final = "security"
_GRAVE: Final = frozenset({Severity.CRITICAL, Severity.HIGH})
_WORTH_A_WARNING: Final = _GRAVE | {Severity.MEDIUM}


def render(reports: Sequence[PolicyReport]) -> str:
    """Return the reports as one log; it is ASCII, whatever they hold."""
    runs = [_Run(report).as_dict() for report in reports]
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}, indent=2) + "\n"


class _Run:
    """One stack's part of the log."""

    def __init__(self, report: PolicyReport) -> None:
        self._report = report
        gate = (GATE,) if report.not_run else ()
        self._rules = [*digest.policies_of([report]), *gate]
        self._index = {policy.id: number for number, policy in enumerate(self._rules)}
        self._seen: Counter[tuple[str, ...]] = Counter()

    def as_dict(self) -> dict[str, Any]:
        """Return the run."""
        pack, stack = one_line(self._report.pack), one_line(self._report.stack)
        stopped = any(each.level.blocks for each in self._report.not_run)
        return {
            "tool": {"driver": {"name": pack, "rules": [_rule(each) for each in self._rules]}},
            "automationDetails": {"id": f"{quote(pack)}/{quote(stack)}/"},
            "originalUriBaseIds": {_ROOT: {"description": {"text": "The project's folder."}}},
            "invocations": [
                {
                    "executionSuccessful": not stopped,
                    "toolExecutionNotifications": list(self._remediated()),
                }
            ],
            "results": list(self._results()),
        }

    def _results(self) -> Iterator[dict[str, Any]]:
        for each in self._report.violations:
            said = told(each.finding, each.message)
            result = self._result(each.policy, each.finding, said, each.level, each.urn)
            yield {**result, "locations": [self._location(each.urn, self._report.place(each))]}
        for one in self._report.not_run:
            said = one_line(f"policy {one.policy!r} could not run: {one.reason}")
            yield self._result(WAS_EVALUATED, one.policy, said, one.level, one.urn)
        for use in self._report.waived:
            said = told(use.finding, use.message)
            level = self._report.policy(use.policy).level
            accepted = {"kind": "external", "status": "accepted", "justification": said}
            result = self._result(use.policy, use.finding, said, level, use.urn)
            yield {**result, "suppressions": [accepted]}

    def _result(
        self, policy: str, finding: str, message: str, level: Level, urn: str | None
    ) -> dict[str, Any]:
        severity = self._rules[self._index[policy]].severity
        return {
            "ruleId": one_line(policy),
            "ruleIndex": self._index[policy],
            "kind": "fail",
            "level": _level(level, severity),
            "message": {"text": f"{subject(urn)}: {message}"},
            "locations": [self._location(urn, self._report.position(urn))],
            "partialFingerprints": self._fingerprints(policy, finding, urn or ""),
        }

    def _location(self, urn: str | None, position: SourcePosition | None) -> dict[str, Any]:
        file = position.file if position else self._report.level_file
        location: dict[str, Any] = {}
        if file:
            location["physicalLocation"] = {
                "artifactLocation": _artifact(file),
                "region": {"startLine": max(position.line, 1) if position else 1},
            }
        if urn:
            name = one_line(Resource(urn=urn).name)
            logical = {"name": name, "fullyQualifiedName": one_line(urn), "kind": "resource"}
            location["logicalLocations"] = [logical]
        return location

    def _fingerprints(self, *parts: str) -> dict[str, str]:
        """Tell results apart by what was found of which resource, not by line or wording."""
        self._seen[parts] += 1
        digested = hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
        fingerprint = f"{digested}:{self._seen[parts]}"
        # GitHub reads the second alone.
        return {"findingOnResource/v1": fingerprint, "primaryLocationLineHash": fingerprint}

    def _remediated(self) -> Iterator[dict[str, Any]]:
        for each in self._report.remediated:
            changed = one_line(", ".join(each.properties))
            yield {
                "associatedRule": {"id": one_line(each.policy), "index": self._index[each.policy]},
                "level": "note",
                "message": {"text": f"remediated {subject(each.urn)}: {changed}"},
                "locations": [self._location(each.urn, self._report.position(each.urn))],
            }


def _rule(policy: Policy) -> dict[str, Any]:
    said = one_line(policy.description or policy.id)
    steps = policy.remediation_steps or policy.description or policy.id
    more = f" {link('More', policy.url)}" if policy.url else ""
    rule: dict[str, Any] = {
        "id": one_line(policy.id),
        "shortDescription": {"text": said},
        "fullDescription": {"text": said},
        "help": {"text": one_line(steps), "markdown": prose(steps) + more},
        "defaultConfiguration": {
            "enabled": policy.level is not Level.DISABLED,
            "level": _level(policy.level, policy.severity),
        },
        "properties": _properties(policy),
    }
    if is_link(policy.url):
        rule["helpUri"] = policy.url
    return rule


def _properties(policy: Policy) -> dict[str, Any]:
    tags = tuple(map(one_line, policy.tags))
    of_security = policy.severity in _GRAVE or any(matrix.controls(policy).values())
    if not of_security:
        return {"tags": list(dict.fromkeys(tags))}
    properties: dict[str, Any] = {"tags": list(dict.fromkeys((_SECURITY, *tags)))}
    if policy.severity in _SCORES:
        properties["security-severity"] = _SCORES[policy.severity]
    return properties


def _level(level: Level, severity: Severity) -> str:
    if level.blocks:
        return "error"
    return "warning" if severity in _WORTH_A_WARNING else "note"


def _artifact(file: str) -> dict[str, str]:
    """Name a file from the project's folder; one outside of it by its whole path."""
    path = quote(file.replace("\\", "/"), errors="replace")
    return {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": _ROOT}
