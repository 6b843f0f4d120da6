"""What differs between environments, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Environment(StrEnum):
    """Which kind of stack this is."""

    LOCAL = "local"
    DEV = "dev"
    STAGING = "staging"
    PROD = "prod"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The settings that go with an environment.

    `retain` sets protect, retain on delete and deletion protection at once; a PITR window of
    0 days is off. In a `guarded` environment a weaker setting needs a written reason, and
    alarms need somebody to tell.
    """

    retain: bool
    point_in_time_recovery_days: int
    alarms: bool
    guarded: bool = False

    def for_ephemeral(self) -> Profile:
        """Return the profile of a table whose items are worth nothing tomorrow."""
        return replace(self, retain=False, point_in_time_recovery_days=0)


PROFILES: Mapping[Environment, Profile] = MappingProxyType(
    {
        Environment.LOCAL: Profile(retain=False, point_in_time_recovery_days=0, alarms=False),
        Environment.DEV: Profile(retain=False, point_in_time_recovery_days=0, alarms=False),
        Environment.STAGING: Profile(retain=False, point_in_time_recovery_days=7, alarms=True),
        Environment.PROD: Profile(
            retain=True, point_in_time_recovery_days=35, alarms=True, guarded=True
        ),
    }
)
