"""Label: every physical name, SSM path and tag of a stack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tablewright.environment import naming_limits, tags

if TYPE_CHECKING:
    from collections.abc import Mapping

TableFact = Literal["name", "arn", "stream-arn"]

_PARAMETER_ENDINGS: Mapping[TableFact, str] = {
    "name": "table-name",
    "arn": "table-arn",
    "stream-arn": "stream-arn",
}


@dataclass(frozen=True, kw_only=True)
class Label:
    """Composes names that are the same in every run, and refuses those AWS would refuse.

    Models and consumers are Python identifiers; in names their underscores become hyphens.
    Every method raises LabelError for a name over AWS's limits.
    """

    project: str
    environment: str

    def __post_init__(self) -> None:
        naming_limits.check_project(self.project)
        naming_limits.ENVIRONMENT.check(self.environment)

    @property
    def prefix(self) -> str:
        """What all names of the stack begin with."""
        return f"{self.project}-{self.environment}"

    def table(self, name: str) -> str:
        """Name a table."""
        return naming_limits.TABLE.check(f"{self.prefix}-{name}")

    def access_policy(self, model: str, consumer: str, suffix: str | None = None) -> str:
        """Name a consumer's managed policy; the suffix tells apart several of one consumer."""
        parts = (self.prefix, _hyphens(model), _hyphens(consumer), *((suffix,) if suffix else ()))
        return naming_limits.MANAGED_POLICY.check("-".join(parts))

    def parameter(self, group: str, name: str) -> str:
        """Give the SSM path of a parameter."""
        return naming_limits.check_parameter(f"/{self.prefix}/{group}/{name}")

    def table_parameter(self, group: str, table: str, fact: TableFact) -> str:
        """Give the SSM path under which a table's name, ARN or stream ARN is found."""
        return self.parameter(group, f"{table}-{_PARAMETER_ENDINGS[fact]}")

    def policy_parameter(self, model: str, consumer: str, suffix: str | None = None) -> str:
        """Give the SSM path under which the ARN of a consumer's managed policy is found."""
        ending = f"-{suffix}" if suffix else ""
        return self.parameter(_hyphens(model), f"{_hyphens(consumer)}{ending}-policy-arn")

    def alarm(self, *parts: str) -> str:
        """Name an alarm after what it watches."""
        return naming_limits.ALARM.check("-".join((self.prefix, *parts)))

    def topic(self) -> str:
        """Name the topic that alarms tell where the stack brings no topic of its own."""
        return naming_limits.TOPIC.check(f"{self.prefix}-alarms")

    def tags(
        self,
        *,
        owner: str,
        cost_center: str,
        data_model: str = tags.SHARED,
        extra: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """Give the tags of a resource of one model; extra tags cannot override required ones."""
        required = {
            "Project": self.project,
            "Environment": str(self.environment),
            "Owner": owner,
            "CostCenter": cost_center,
            "ManagedBy": tags.MANAGED_BY,
            "DataModel": data_model,
        }
        return tags.merge(required, extra or {})


def _hyphens(name: str) -> str:
    return name.replace("_", "-")
