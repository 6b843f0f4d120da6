"""What the checks look at: a configuration, the models it chooses from, the region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tablewright.environment import overrides
from tablewright.environment.label import Label
from tablewright.environment.profile import PROFILES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.environment.configuration_schema import Configuration
    from tablewright.environment.overrides import Override
    from tablewright.environment.profile import Profile
    from tablewright.models.model import DataModel
    from tablewright.models.table import TableSpec


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A configuration in its surroundings, with what follows from it."""

    configuration: Configuration
    catalog: Mapping[str, DataModel]
    region: str | None

    @property
    def usual(self) -> Profile:
        """The profile of the environment."""
        return PROFILES[self.configuration.environment]

    @property
    def effective(self) -> Profile:
        """The profile as the stack sets it."""
        return overrides.apply(self.usual, self.configuration)

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What the stack sets otherwise than its profile."""
        return overrides.find(self.usual, self.configuration)

    @property
    def models(self) -> tuple[DataModel, ...]:
        """The models of the stores that are known, each once, in the order of the stack."""
        chosen = dict.fromkeys(self.configuration.stores)
        return tuple(self.catalog[name] for name in chosen if name in self.catalog)

    def has_stream(self, table: TableSpec) -> bool:
        """Tell whether a table has a stream in this stack; replicas are fed by one."""
        chosen = self.configuration
        return bool(chosen.replica_regions) or table.has_stream(
            audit_trail=chosen.enable_audit_trail
        )

    @property
    def label(self) -> Label:
        """The label of the stack; raises LabelError for a project that cannot begin a name."""
        return Label(project=self.configuration.project, environment=self.configuration.environment)
