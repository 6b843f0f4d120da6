"""A project's stacks: where they are, and what their configuration says without an engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tablewright.environment import Settings
from tablewright.operations.errors import OperationError
from tablewright.recorder import Backend, Recording, load_configuration, record

if TYPE_CHECKING:
    from pathlib import Path

LOCAL = "local"
"""The stack that runs on this machine."""


@dataclass(frozen=True)
class ProjectStack:
    """One stack of the project in a folder; raises OperationError where there is no project."""

    root: Path
    stack: str

    def __post_init__(self) -> None:
        refuse_no_project(self.root)

    @cached_property
    def settings(self) -> Settings:
        """The stack's settings; raises ConfigurationError with all problems."""
        return Settings.of(self._configuration[1])

    @property
    def is_local(self) -> bool:
        """Tell whether the stack runs on this machine."""
        return self.stack == LOCAL

    @cached_property
    def _configuration(self) -> tuple[str, dict[str, str]]:
        # The settings speak first: they name every problem, the declared types only some.
        Settings.of(load_configuration(self.root, self.stack, strict=False)[1])
        return load_configuration(self.root, self.stack)

    def preview(self, backend: Backend | None = None) -> Recording:
        """Run the program without an engine, as a preview does; `backend` says where it is."""
        project, configuration = self._configuration
        return record(
            self.root / "__main__.py",
            project=project,
            stack=self.stack,
            configuration=configuration,
            backend=backend,
            preview=True,
        )


def refuse_no_project(root: Path) -> None:
    """Raise OperationError where a folder holds no project."""
    if not (root / "Pulumi.yaml").is_file():
        raise OperationError(
            f"there is no Pulumi.yaml in {root}; run this in the project's folder, or name it "
            "with --root"
        )
