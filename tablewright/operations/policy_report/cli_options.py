"""What makes the Pulumi CLI judge a stack by the project's own policy pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.policy_report.run import PackRun

if TYPE_CHECKING:
    from tablewright.operations.stacks import ProjectStack


def pack_options(stack: ProjectStack) -> tuple[str, ...]:
    """Return the options for `pulumi up` and `preview`; none where the project has no pack.

    The level file is checked first: the CLI itself takes one that names policies which do not
    exist, and applies their defaults without a word.
    """
    pack = stack.root / "policies"
    if not (pack / "PulumiPolicy.yaml").is_file():
        return ()
    run = PackRun(stack.root, pack)
    environment = stack.settings.environment.value
    levels, _ = run.levels(environment, run.described()[1])
    return ("--policy-pack", str(pack), "--policy-pack-config", str(stack.root / levels))
