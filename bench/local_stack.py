"""CPU of `make up` after set-up: the emulator, the deployment, verification and every pattern.

The figure counts the command and all processes that it starts; it is the least of several runs.
Run it with `make bench`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3
GOAL_SECONDS = 15


def main() -> None:
    """Measure and print."""
    cpu = [measured() for _ in range(RUNS)]
    print("The local stack, deployed, verified and every access pattern executed:")
    print(f"  {min(cpu):.2f} s CPU in all (goal: under {GOAL_SECONDS}), most {max(cpu):.2f}")


def measured() -> float:
    """Return the CPU seconds of one `tablewright up`, its emulator included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "tablewright.operations", "up", "--root", str(ROOT)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)  # noqa: S603 -- the project's own command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
