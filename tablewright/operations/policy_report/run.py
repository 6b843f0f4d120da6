"""The pack over the project's own stacks, and over what the CLI wrote about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.environment import ConfigurationError, Environment
from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.analysis.analyzer import Analyzer
from tablewright.operations.policy_report.analysis.bridge import judge
from tablewright.operations.policy_report.analysis.levels import level_file, load_levels
from tablewright.operations.stacks import ProjectStack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Self

    from tablewright.operations.policy_report.analysis.levels import Applied
    from tablewright.operations.policy_report.policy import Policy
    from tablewright.operations.policy_report.report import PolicyReport

PACK: Final = "policies"
"""The folder of a project's own pack."""


@dataclass(frozen=True)
class PackRun:
    """A pack over the stacks of the project in `root`."""

    root: Path
    pack: Path

    @classmethod
    def of(cls, root: Path) -> Self | None:
        """Return the run of the project's own pack, None where it has none."""
        pack = root / PACK
        return cls(root, pack) if (pack / "PulumiPolicy.yaml").is_file() else None

    def report(
        self, stacks: Sequence[str], note: Callable[[str], None] = lambda _: None
    ) -> tuple[PolicyReport, ...]:
        """Judge stacks one after the other; `note` is told which is under way.

        Each in a process of its own, as under the engine: what a pack remembers of one stack
        cannot tell of another.
        """
        reports = []
        for stack in stacks:
            note(stack)
            with Analyzer(self.pack) as analyzer:
                _, policies = analyzer.policies()
                reports.append(self._judge(analyzer, policies, stack))
        return tuple(reports)

    def described(self) -> tuple[str, tuple[Policy, ...]]:
        """Return the pack's name and its policies, as they describe themselves."""
        with Analyzer(self.pack) as analyzer:
            return analyzer.policies()

    def every_level(self, policies: Sequence[Policy]) -> dict[str, Applied]:
        """Return what each level file of the pack says, by environment; checked."""
        found = (path.stem for path in (self.pack / "levels").glob("*.json"))
        return {name: self.levels(name, policies)[1] for name in sorted(found, key=_strictness)}

    def levels(self, environment: str, policies: Sequence[Policy]) -> tuple[str, Applied]:
        """Return the name of an environment's level file, and what it says; checked."""
        path = level_file(self.pack, environment)
        return self._told(path), load_levels(path, policies, environment)

    def _judge(self, analyzer: Analyzer, policies: Sequence[Policy], stack: str) -> PolicyReport:
        project = ProjectStack(self.root, stack)
        try:
            environment = project.settings.environment.value
        except ConfigurationError as error:
            raise OperationError(f"Pulumi.{stack}.yaml: {error}") from error
        name, applied = self.levels(environment, policies)
        return judge(analyzer, project.preview(), applied, level_file=name)

    def _told(self, path: Path) -> str:
        """Name a file from the project's folder, as a reader of a report finds it."""
        inside = path.is_relative_to(self.root)
        return str(path.relative_to(self.root)) if inside else str(path)


def stacks_of(root: Path) -> tuple[str, ...]:
    """Return every stack of a project, the strictest of those it ships with last."""
    found = [path.stem.removeprefix("Pulumi.") for path in root.glob("Pulumi.?*.yaml")]
    if not found:
        raise OperationError(f"there is no Pulumi.<stack>.yaml in {root}; name the folder: --root")
    return tuple(sorted(found, key=_strictness))


def _strictness(environment: str) -> tuple[int, str]:
    known = [each.value for each in Environment]
    return (known.index(environment) if environment in known else len(known), environment)
