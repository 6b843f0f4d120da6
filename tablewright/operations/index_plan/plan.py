"""A plan: the deployments in their order, what no plan can do, and what needs none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tablewright.models import DataModel


class StepKind(StrEnum):
    """What one deployment of a plan does."""

    ADD_INDEX = "add-index"
    SWITCH = "switch-patterns"
    LEAVE_INDEX = "leave-index"
    RELEASE_INDEX = "release-index"
    DROP_INDEX = "drop-index"
    WRITE_BOTH = "write-both-ttl-attributes"
    TTL_OFF = "disable-ttl"
    TTL_ON = "enable-ttl"
    STREAM = "change-stream"
    STREAM_OFF = "remove-stream"
    FINISH = "finish"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One deployment.

    `first` is to be done before it, `edits` in the model, `then` after it; `checks` tell that it is
    done, and only then does the next step begin. `model` is what is declared when it is deployed.
    """

    kind: StepKind
    table: str
    subject: str
    title: str
    edits: tuple[str, ...]
    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    served: str
    duration: str
    model: DataModel

    def as_dict(self) -> dict[str, Any]:
        """Return the step as JSON takes it."""
        return {
            "kind": str(self.kind),
            "table": self.table,
            "subject": self.subject,
            "title": self.title,
            "first": list(self.first),
            "edits": list(self.edits),
            "then": list(self.then),
            "checks": list(self.checks),
            "served": self.served,
            "duration": self.duration,
        }


@dataclass(frozen=True, kw_only=True)
class Impossible:
    """A change that no order of deployments makes without losing data or an outage."""

    table: str
    what: str
    instead: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return {"table": self.table, "what": self.what, "instead": list(self.instead)}


@dataclass(frozen=True, kw_only=True)
class ModelPlan:
    """The plan of one model; `notes` are changes that need none, and how its end differs."""

    model: str
    steps: tuple[Step, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as JSON takes it."""
        return {
            "model": self.model,
            "steps": [step.as_dict() for step in self.steps],
            "impossible": [each.as_dict() for each in self.impossible],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The plans of every model of a stack; `source` says what 'before' is."""

    stack: str
    source: str
    models: tuple[ModelPlan, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every deployment, in order."""
        return tuple(step for model in self.models for step in model.steps)

    @property
    def impossible(self) -> tuple[Impossible, ...]:
        """Every change that has no plan."""
        return tuple(each for model in self.models for each in model.impossible)

    @property
    def needed(self) -> bool:
        """Tell whether deploying the model as it is would not do."""
        return bool(self.steps or self.impossible)

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as JSON takes it."""
        return {
            "stack": self.stack,
            "before": self.source,
            "needed": self.needed,
            "models": [model.as_dict() for model in self.models],
            "notes": list(self.notes),
        }
