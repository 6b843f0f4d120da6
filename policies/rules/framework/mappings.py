"""What the known catalogues call a rule, so that its findings count there too."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, kw_only=True)
class Mappings:
    """The ids of a rule's controls; `~` after an id says that it covers the control in part."""

    security_hub: tuple[str, ...] = ()
    """AWS Security Hub: Foundational Security Best Practices and its other standards."""
    cis: tuple[str, ...] = ()
    """CIS AWS Foundations Benchmark, `<version> <control>`."""
    control_tower: tuple[str, ...] = ()
    cdk_nag: tuple[str, ...] = ()
    checkov: tuple[str, ...] = ()
    trivy: tuple[str, ...] = ()
    cfn_nag: tuple[str, ...] = ()
    prowler: tuple[str, ...] = ()
    cfn_guard: tuple[str, ...] = ()
    parliament: tuple[str, ...] = ()
    awsguard: tuple[str, ...] = ()

    def tags(self) -> list[str]:
        """Return `<catalogue>:<id>` for every control, as the pack publishes them."""
        return [f"{catalogue}:{control}" for catalogue, control in self._controls()]

    def _controls(self) -> Iterator[tuple[str, str]]:
        for catalogue in fields(self):
            for control in getattr(self, catalogue.name):
                yield catalogue.name.replace("_", "-"), control
