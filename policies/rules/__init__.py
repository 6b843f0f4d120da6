"""Every rule of the pack, one file each, in the order in which they are documented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from .ddb_pitr_enabled import DDB_PITR_ENABLED
from .shared.judge import policy_of
from .shared.session import Session
from .shared.waivers import load
from .waiver_hygiene import WAIVER_HYGIENE
from .waiver_in_use import WAIVER_IN_USE

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_policy import Policy

    from .shared.rule import ResourceRule, StackRule

META: Final[tuple[StackRule, ...]] = (WAIVER_IN_USE, WAIVER_HYGIENE)
"""They judge the waivers, so no waiver accepts them, and they run last."""

RULES: Final[tuple[ResourceRule | StackRule, ...]] = (
    DDB_PITR_ENABLED,
    *META,
)


def policies(waivers: Path) -> list[Policy]:
    """Return every rule as the SDK runs it, with the waivers of a file."""
    session = Session(
        load(
            waivers,
            policies={rule.id for rule in RULES if rule not in META},
            critical={rule.id for rule in RULES if rule.severity is Severity.CRITICAL},
        )
    )
    return [policy_of(rule, session) for rule in RULES]
