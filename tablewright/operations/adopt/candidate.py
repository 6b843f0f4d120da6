"""One declared table, the existing one that it shall take over, and what comes of that."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.adopt.names import how_to_match
from tablewright.operations.guard import tables
from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.reading.change import Change
from tablewright.operations.guard.reading.operation import Operation
from tablewright.operations.guard.reading.preview import Side
from tablewright.operations.guard.scene import Harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tablewright.environment import Label
    from tablewright.operations.guard.scene import Judge, Scene
    from tablewright.recorder import Registration

_NEVER: Final = frozenset({Kind.DATA_LOSS, Kind.SILENT, Kind.NOT_UNDERSTOOD})
"""What no deployment can do, or nobody knows: then the table is not the one of the model."""


class Verdict(StrEnum):
    """Whether a table can be brought under the stack."""

    ADOPTABLE = "adoptable"
    DANGEROUS = "adoptable, but its first deployment is dangerous"
    IMPOSSIBLE = "not adoptable"
    ABSENT = "not there"
    """The first deployment makes it."""


@dataclass(frozen=True)
class Setting:
    """A setting that the first deployment would change without harm."""

    name: str
    before: Any
    after: Any
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A declared table beside what is there."""

    table: str
    physical_name: str
    registration: Registration
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    settings: tuple[Setting, ...] = ()

    @property
    def imported(self) -> bool:
        """Tell whether the table belongs in the import file."""
        return self.verdict in {Verdict.ADOPTABLE, Verdict.DANGEROUS}

    def as_dict(self) -> dict[str, Any]:
        """Return the candidate for machines."""
        return {
            "table": self.table,
            "physicalName": self.physical_name,
            "urn": self.registration.urn,
            "verdict": self.verdict.name.lower(),
            "findings": [asdict(each) for each in self.findings],
            "settings": [asdict(each) for each in self.settings],
        }


def judged(
    table: str,
    physical: str,
    registration: Registration,
    found: Mapping[str, Any] | None,
    *,
    label: Label,
    scene: Scene,
) -> Candidate:
    """Judge what the first deployment after an import would do, as the guard would."""
    if found is None:
        return Candidate(
            table=table,
            physical_name=physical,
            registration=registration,
            verdict=Verdict.ABSENT,
        )
    change = _change(registration, found)
    findings = tuple(
        _with_advice(finding, physical, table, label)
        for finding in (tables.judge(change, scene) if change.changed else ())
    )
    return Candidate(
        table=table,
        physical_name=physical,
        registration=registration,
        verdict=_verdict(findings),
        findings=findings,
        settings=tuple(_settings(change, scene)),
    )


def _change(registration: Registration, found: Mapping[str, Any]) -> Change:
    """Make the change of the first deployment; it takes over Pulumi's own options as well."""
    wanted = Side(
        type=registration.type,
        inputs=registration.inputs,
        protect=registration.protect,
        retain_on_delete=registration.retain_on_delete,
        urn=registration.urn,
    )
    there = replace(wanted, inputs=found, outputs=found, id=str(found["name"]))
    return Change(urn=registration.urn, operation=Operation.UPDATE, old=there, new=wanted)


def _with_advice(finding: Finding, physical: str, table: str, label: Label) -> Finding:
    if finding.cause != "name":
        return finding
    return replace(finding, instead=how_to_match(physical, table, label))


def _verdict(findings: tuple[Finding, ...]) -> Verdict:
    if any(each.kind in _NEVER for each in findings):
        return Verdict.IMPOSSIBLE
    return Verdict.DANGEROUS if any(each.stops for each in findings) else Verdict.ADOPTABLE


def _settings(change: Change, scene: Scene) -> Iterator[Setting]:
    """Give what changes and stops nothing, with the reason where a change is always harmless."""
    for name in change.changed:
        judge = tables.ARGUMENTS.get(name)
        because = judge.because if isinstance(judge, Harmless) else ""
        if judge and (because or not _stops(judge, change, scene)):
            yield Setting(name, change.before(name), change.after(name), because)


def _stops(judge: Judge | Harmless, change: Change, scene: Scene) -> bool:
    return not isinstance(judge, Harmless) and any(each.stops for each in judge(change, scene))
