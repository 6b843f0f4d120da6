"""What a stack changes in its profile, and whether it may."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tablewright.environment.errors import Problem
from tablewright.environment.parsing import full_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tablewright.environment.configuration_schema import Configuration
    from tablewright.environment.profile import Profile
    from tablewright.environment.scene import Scene

_KEY_BY_FIELD = {
    "retain": "retain",
    "point_in_time_recovery_days": "pointInTimeRecoveryDays",
    "alarms": "alarms",
}

_SHORTEST_REASON = 20
_FEWEST_WORDS = 3


@dataclass(frozen=True, kw_only=True)
class Override:
    """One setting of the profile that the stack sets otherwise."""

    key: str
    usual: bool | int
    chosen: bool | int

    @property
    def weakens(self) -> bool:
        """Tell whether the stack is less protected than its profile."""
        return self.chosen < self.usual


def find(profile: Profile, configuration: Configuration) -> tuple[Override, ...]:
    """List what the stack sets otherwise than its profile."""
    chosen = _chosen(configuration)
    return tuple(
        Override(key=_KEY_BY_FIELD[field], usual=getattr(profile, field), chosen=value)
        for field, value in chosen.items()
        if value != getattr(profile, field)
    )


def apply(profile: Profile, configuration: Configuration) -> Profile:
    """Give the profile as the stack sets it."""
    return replace(profile, **_chosen(configuration))


def weakening(scene: Scene) -> Iterator[Problem]:
    """Refuse what weakens a guarded profile unless the reason for it is written down."""
    named = (replace(override, key=full_key(override.key)) for override in scene.overrides)
    if scene.usual.guarded:
        reason = scene.configuration.weakening_reason
        yield from unexplained(named, reason, reason_key=full_key("weakeningReason"))


def unexplained(
    overrides: Iterable[Override], reason: str | None, *, reason_key: str
) -> Iterator[Problem]:
    """Give a problem for each weakening, none at all where the reason says something."""
    if reason and _says_something(reason):
        return
    for override in overrides:
        if not override.weakens:
            continue
        yield Problem(
            key=override.key,
            value=_written(override.chosen),
            reason=f"is weaker than this environment's {_written(override.usual)} "
            "and has no sufficient reason beside it",
            remedy=f"remove it, or write why in {reason_key} "
            f"(at least {_FEWEST_WORDS} words and {_SHORTEST_REASON} characters)",
        )


def warnings(scene: Scene) -> Iterator[str]:
    """Point at a weakened guarded profile, and at a reason that outlived its weakening."""
    weaker = [override for override in scene.overrides if override.weakens]
    reason = scene.configuration.weakening_reason
    if reason and not weaker:
        yield (
            f"{full_key('weakeningReason')}: nothing is weaker than the profile; remove it, "
            "or it lets the next weakening pass unseen"
        )
    if scene.usual.guarded:
        for override in weaker:
            yield (
                f"{full_key(override.key)}: {_written(override.chosen)} is weaker than this "
                f"environment's {_written(override.usual)}; the reason given: {reason}"
            )


def _chosen(configuration: Configuration) -> dict[str, Any]:
    chosen = {field: getattr(configuration, field) for field in _KEY_BY_FIELD}
    return {field: value for field, value in chosen.items() if value is not None}


def _written(value: bool | int) -> str:  # noqa: FBT001 - the value is what it is about
    """Write a value as in a stack file."""
    return str(value).lower()


def _says_something(reason: str) -> bool:
    words = reason.split()
    return len(" ".join(words)) >= _SHORTEST_REASON and len(set(words)) >= _FEWEST_WORDS
