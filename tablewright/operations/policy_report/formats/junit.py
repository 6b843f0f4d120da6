"""Reports as JUnit's XML: a test case for each policy and resource.

A policy of the whole stack has one case for the stack, and one for each resource that it found
something of. What is only advised is skipped, with the finding as the reason: as a failure it would
turn CI red, and as a pass it would claim that the policy is kept. The resources that a policy does
not judge are most of them: one case for the policy counts them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tablewright.operations.policy_report.formats import digest
from tablewright.operations.policy_report.formats.digest import Counts
from tablewright.operations.policy_report.formats.wording import counted, one_line, subject, told
from tablewright.operations.policy_report.policy import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tablewright.operations.policy_report.policy import Policy
    from tablewright.operations.policy_report.report import PolicyReport

_Key = tuple[str, str | None]


def render(reports: Sequence[PolicyReport]) -> str:
    """Return the reports as one file, a suite for each stack; it is ASCII, whatever they hold."""
    root = ET.Element("testsuites", name="policies")
    for report in reports:
        root.append(_suite(report))
    for number in ("tests", "failures", "errors", "skipped"):
        root.set(number, str(sum(int(suite.get(number, 0)) for suite in root)))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="us-ascii", xml_declaration=True)
    return f"{written.decode()}\n"


@dataclass
class _Case:
    """What is told of one policy and one resource, in lines."""

    failures: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    waived: list[str] = field(default_factory=list)
    remediated: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> str:
        """Return why the case is skipped where nothing fails."""
        return "; ".join((*self.advice, *self.waived))


def _suite(report: PolicyReport) -> ET.Element:
    suite = ET.Element("testsuite", name=one_line(f"{report.pack}: {report.stack}"))
    properties = ET.SubElement(suite, "properties")
    for name, value in vars(Counts.of(report)).items():
        ET.SubElement(properties, "property", name=name, value=str(value))
    found = _found(report)
    for policy in digest.policies_of([report]):
        subjects = list(_subjects(report, policy, found))
        spared = {urn for urn in subjects if _spared(report, policy, urn, found)}
        for urn in subjects:
            if urn not in spared:
                suite.append(_element(report, policy, urn, found.get((policy.id, urn), _Case())))
        if spared:
            suite.append(_not_applicable(report, policy, len(spared)))
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    return suite


def _found(report: PolicyReport) -> dict[_Key, _Case]:
    found: dict[_Key, _Case] = {}

    def case(policy: str, urn: str | None) -> _Case:
        return found.setdefault((policy, urn), _Case())

    for each in report.violations:
        of = case(each.policy, each.urn)
        said = f"{each.level}: {told(each.finding, each.message)}"
        (of.failures if each.level.blocks else of.advice).append(said)
    for one in report.not_run:
        of = case(one.policy, one.urn)
        said = f"{one.level}: could not run: {one_line(one.reason)}"
        (of.failures if one.level.blocks else of.advice).append(said)
    for use in report.waived:
        case(use.policy, use.urn).waived.append(f"waived: {told(use.finding, use.message)}")
    for change in report.remediated:
        said = f"remediated: {one_line(', '.join(change.properties))}"
        case(change.policy, change.urn).remediated.append(said)
    return found


def _subjects(
    report: PolicyReport, policy: Policy, found: dict[_Key, _Case]
) -> Iterator[str | None]:
    """Give what a policy judges: each resource or the stack, and whatever else it spoke of."""
    whole = policy.kind == "stack" or policy.level is Level.DISABLED or not report.resources
    judged = [None] if whole else [each.urn for each in report.resources]
    yield from dict.fromkeys((*judged, *(urn for name, urn in found if name == policy.id)))


def _spared(
    report: PolicyReport, policy: Policy, urn: str | None, found: dict[_Key, _Case]
) -> bool:
    """Tell whether a policy neither judges a resource nor says anything of it."""
    return (policy.id, urn or "") in report.not_applicable and (policy.id, urn) not in found


def _not_applicable(report: PolicyReport, policy: Policy, count: int) -> ET.Element:
    case = _case(report, policy, "what it does not judge")
    of = counted(len(report.resources), "resource")
    told = f"not applicable: {count} of {of}" if policy.kind != "stack" else "not applicable"
    ET.SubElement(case, "skipped", message=told)
    return case


def _case(report: PolicyReport, policy: Policy, name: str) -> ET.Element:
    return ET.Element("testcase", classname=one_line(f"{report.stack}.{policy.id}"), name=name)


def _element(report: PolicyReport, policy: Policy, urn: str | None, of: _Case) -> ET.Element:
    case = _case(report, policy, subject(urn))
    position = report.position(urn)
    if position:
        case.set("file", one_line(position.file))
        case.set("line", str(position.line))
    if of.failures:
        more = f" (and {len(of.failures) - 1} more)" if len(of.failures) > 1 else ""
        failure = ET.SubElement(case, "failure", message=f"{of.failures[0]}{more}")
        failure.set("type", policy.severity)
        failure.text = "\n".join((*of.failures, *_remedy(policy)))
    elif of.skipped:
        ET.SubElement(case, "skipped", message=of.skipped)
    elif policy.level is Level.DISABLED:
        ET.SubElement(case, "skipped", message="disabled")
    lines = (*of.advice, *of.waived, *of.remediated)
    if lines:
        remedy = _remedy(policy) if of.advice and not of.failures else ()
        ET.SubElement(case, "system-out").text = "\n".join((*lines, *remedy))
    return case


def _remedy(policy: Policy) -> Iterator[str]:
    if policy.remediation_steps:
        yield f"To change: {one_line(policy.remediation_steps)}"
    if policy.url:
        yield f"See {one_line(policy.url)}"
