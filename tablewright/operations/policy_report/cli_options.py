"""What makes the Pulumi CLI judge a stack by the project's own policy pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.run import PackRun

if TYPE_CHECKING:
    from pathlib import Path

    from tablewright.operations.stacks import ProjectStack


def pack_options(stack: ProjectStack) -> tuple[str, ...]:
    """Return the options for `pulumi up` and `preview`; none where the project has no pack.

    What the CLI passes over is checked first: it takes a level file that names policies which do
    not exist, and waits for ever for a pack whose virtual environment is missing.
    """
    run = PackRun.of(stack.root)
    if run is None:
        return ()
    _check_virtualenv(run.pack)
    environment = stack.settings.environment.value
    levels, _ = run.levels(environment, run.described()[1])
    return ("--policy-pack", str(run.pack), "--policy-pack-config", str(stack.root / levels))


def _check_virtualenv(pack: Path) -> None:
    file = pack / "PulumiPolicy.yaml"
    try:
        runtime = yaml.safe_load(file.read_text(encoding="utf-8"))["runtime"]
        named = (
            (runtime.get("options") or {}).get("virtualenv") if isinstance(runtime, dict) else None
        )
    except (yaml.YAMLError, OSError, UnicodeDecodeError, KeyError, TypeError, AttributeError):
        raise OperationError(f"{file} is no description of a policy pack; mend it") from None
    if named and not (pack / str(named) / "bin" / "python").exists():
        raise OperationError(
            f"{file}: runtime.options.virtualenv names {str(named)!r}, and there is no virtual "
            f"environment in {(pack / str(named)).resolve()}; any `make` command sets up .venv"
        )
