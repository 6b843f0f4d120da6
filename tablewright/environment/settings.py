"""Settings: a stack's configuration, read once and checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from tablewright.environment import checks
from tablewright.environment.configuration_schema import KEYS, NAMESPACE
from tablewright.environment.errors import ConfigurationError
from tablewright.environment.parsing import REGION_KEY, full_key, parse
from tablewright.environment.raw_configuration import read_all
from tablewright.environment.scene import Scene
from tablewright.environment.tags import SHARED
from tablewright.models.catalog import CATALOG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.environment.configuration_schema import TableClass, VpcEndpoint
    from tablewright.environment.label import Label
    from tablewright.environment.overrides import Override
    from tablewright.environment.profile import Environment, Profile
    from tablewright.models.model import DataModel


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a stack deploys, and how; None and empty where the configuration says nothing.

    `profile` is the one in effect, `overrides` what the stack changed in it. Whoever loads the
    settings passes on the `warnings`.
    """

    environment: Environment
    label: Label
    profile: Profile
    overrides: tuple[Override, ...]
    weakening_reason: str | None
    models: tuple[DataModel, ...]
    owner: str
    cost_center: str
    region: str | None
    enable_audit_trail: bool
    customer_managed_key_arn: str | None
    alarm_topic_arn: str | None
    alarm_email: str | None
    table_class: TableClass
    max_read_request_units: int | None
    max_write_request_units: int | None
    replica_regions: tuple[str, ...]
    role_names: Mapping[str, tuple[str, ...]]
    vpc_endpoint: VpcEndpoint | None
    extra_tags: Mapping[str, str]
    warnings: tuple[str, ...]

    @classmethod
    def load(cls, catalog: Mapping[str, DataModel] = CATALOG) -> Settings:
        """Read the running program's configuration; raises ConfigurationError with all problems."""
        return cls.of(read_all((*map(full_key, KEYS), REGION_KEY)), catalog)

    @classmethod
    def of(
        cls, configuration: Mapping[str, str], catalog: Mapping[str, DataModel] = CATALOG
    ) -> Settings:
        """Check values by full key, as the engine hands them over (lists and objects as JSON).

        Raises ConfigurationError with all problems.
        """
        prefix = f"{NAMESPACE}:"
        parsed = parse(
            {
                key.removeprefix(prefix): value
                for key, value in configuration.items()
                if key.startswith(prefix)
            }
        )
        scene = Scene(
            configuration=parsed.configuration,
            catalog=catalog,
            region=configuration.get(REGION_KEY) or None,
        )
        if problems := (*parsed.problems, *checks.problems(parsed, scene)):
            raise ConfigurationError(problems)
        return cls._of_scene(scene)

    @classmethod
    def _of_scene(cls, scene: Scene) -> Settings:
        chosen = scene.configuration
        return cls(
            environment=chosen.environment,
            label=scene.label,
            profile=scene.effective,
            overrides=scene.overrides,
            weakening_reason=chosen.weakening_reason,
            models=scene.models,
            owner=chosen.owner,
            cost_center=chosen.cost_center,
            region=scene.region,
            enable_audit_trail=chosen.enable_audit_trail,
            customer_managed_key_arn=chosen.customer_managed_key_arn,
            alarm_topic_arn=chosen.alarm_topic_arn,
            alarm_email=chosen.alarm_email,
            table_class=chosen.table_class,
            max_read_request_units=chosen.max_read_request_units,
            max_write_request_units=chosen.max_write_request_units,
            replica_regions=chosen.replica_regions,
            role_names=MappingProxyType(dict(chosen.role_names)),
            vpc_endpoint=chosen.vpc_endpoint,
            extra_tags=MappingProxyType(dict(chosen.extra_tags)),
            warnings=tuple(checks.warnings(scene)),
        )

    @property
    def stores(self) -> tuple[str, ...]:
        """The names of the models that the stack deploys."""
        return tuple(model.name for model in self.models)

    def tags(self, data_model: str = SHARED) -> dict[str, str]:
        """Give the tags of what belongs to a model, or of what serves the whole stack."""
        return self.label.tags(
            owner=self.owner,
            cost_center=self.cost_center,
            data_model=data_model,
            extra=self.extra_tags,
        )

    def roles_of(self, model: str, consumer: str) -> tuple[str, ...]:
        """Give the existing roles that a consumer's access policies are attached to."""
        return self.role_names.get(f"{model}/{consumer}", ())

    def replica_key_arn(self, region: str) -> str | None:
        """Give the ARN of the customer-managed key in a replica's region.

        A multi-region key has the same account and id everywhere.
        """
        if self.customer_managed_key_arn is None:
            return None
        parts = self.customer_managed_key_arn.split(":")
        return ":".join((*parts[:3], region, *parts[4:]))
