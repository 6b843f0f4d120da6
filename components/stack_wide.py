"""StackWide: what exists once a stack, for whoever verifies one of its stores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from .account_alarms import USER_ERRORS

if TYPE_CHECKING:
    from tablewright.environment import Settings


@dataclass(frozen=True, kw_only=True)
class StackWide:
    """The stack's own alarms and topic by physical name, and whether it has a VPC endpoint."""

    alarm_names: tuple[str, ...] = ()
    topic_name: str | None = None
    vpc_endpoint: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Take what a stack's configuration says."""
        alarms = settings.profile.alarms
        return cls(
            alarm_names=(settings.label.alarm(USER_ERRORS),) if alarms else (),
            topic_name=settings.label.topic() if alarms and settings.alarm_email else None,
            vpc_endpoint=settings.vpc_endpoint is not None,
        )
