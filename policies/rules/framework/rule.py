"""A rule of the pack: what it demands, how it is classified, and the check itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pulumi_policy import EnforcementLevel, PolicyComplianceFramework, PolicyConfigSchema, Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.settings import ENVIRONMENT, Schema, Settings
from rules.framework.subjects import Resource, Stack

ADVISORY: Final = EnforcementLevel.ADVISORY
MANDATORY: Final = EnforcementLevel.MANDATORY

REMEDIATES: Final = "remediates"
"""The tag of a rule that ships a remediation."""

ResourceCheck = Callable[[Resource, Settings], Iterable[Finding]]
StackCheck = Callable[[Stack, Settings], Iterable[Finding]]
Remediation = Callable[[Resource, Settings], Mapping[str, Any]]
"""From the inputs to the properties to set on top of them; empty when there are none.

Of an object, only what is returned is set: the rest stays, and stays secret or unknown.
"""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every rule says about itself."""

    id: str
    demands: str
    """One sentence: what holds where the rule is kept."""
    severity: Severity
    default_level: EnforcementLevel
    """How strict it is where no level file says otherwise: as in prod."""
    remediation_steps: str
    url: str
    mappings: Mappings = field(default_factory=Mappings)
    settings: Schema = field(default_factory=dict)

    def schema(self) -> Schema:
        """Return the schema of the rule's settings."""
        return {**ENVIRONMENT, **self.settings}

    def metadata(self) -> dict[str, Any]:
        """Return what the SDK publishes of a rule."""
        return {
            "name": self.id,
            "description": self.demands,
            "enforcement_level": self.default_level,
            "config_schema": PolicyConfigSchema(self.schema()),
            "display_name": self.id.replace("-", " "),
            "severity": self.severity,
            "framework": self._framework(),
            "tags": self.tags(),
            "remediation_steps": self.remediation_steps,
            "url": self.url,
        }

    def tags(self) -> list[str]:
        """Return what the rule is found by: its controls."""
        return self.mappings.tags()

    def _framework(self) -> PolicyComplianceFramework:
        controls = self.mappings.security_hub
        if controls:
            return PolicyComplianceFramework("AWS Security Hub", reference=", ".join(controls))
        return PolicyComplianceFramework("tablewright", reference=self.id)


@dataclass(frozen=True, kw_only=True)
class ResourceRule(Rule):
    """A rule that judges every resource of its types alone."""

    types: tuple[str, ...]
    check: ResourceCheck
    remediate: Remediation | None = None

    def tags(self) -> list[str]:
        """Return the controls, and whether there is a remediation, which the SDK does not tell."""
        return [*self.mappings.tags(), *([REMEDIATES] if self.remediate else [])]


@dataclass(frozen=True, kw_only=True)
class StackRule(Rule):
    """A rule that judges the resources of a stack together."""

    check: StackCheck
