"""CPU of the policy pack: cost per resource of growing stacks, and of starting.

The pack runs as under the engine, in its own process; what that process used is counted, the
protocol included, with the calls that the engine makes: Remediate and Analyze for each resource,
and AnalyzeStack. A pack whose one policy is disabled shows what the protocol alone costs, which no
rule can spare. Every figure is the least of several runs, each in a process of its own and the
cases taken in turn, so that a busy machine disturbs all of them alike. Run it with `make bench`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tablewright.operations.policy_report.analysis.levels import PolicyLevel
    from tablewright.operations.policy_report.policy import Policy
    from tablewright.recorder import Registration

ROOT = Path(__file__).resolve().parents[1]
SIZES = (100, 1000)
RUNS = 5
GROWTH_GOAL = 1.1
RESOURCE_GOAL_MILLISECONDS = 1.0
START_GOAL_SECONDS = 0.6


KINDS = {"protocol": "protocol alone", "alone": "resource rules", "all": "all rules     "}
EMPTY_PACK = """
from pulumi_policy import PolicyPack, ResourceValidationPolicy
policy = ResourceValidationPolicy("none", "Nothing.", lambda _args, _report: None)
PolicyPack("empty", [policy])
"""


def main() -> None:
    """Measure everything and print it."""
    starts = [("protocol", 0), ("all", 0)]
    found = least([*starts, *((kind, size) for size in SIZES for kind in KINDS)])
    print(f"Start of the pack: {found['all', 0]:.3f} s CPU (goal: under {START_GOAL_SECONDS})")
    per: dict[tuple[str, int], float] = {}
    for size in SIZES:
        for kind, told in KINDS.items():
            start = found["protocol" if kind == "protocol" else "all", 0]
            per[kind, size] = 1000 * (found[kind, size] - start) / size
            print(f"  {size:5} resources, {told}: {per[kind, size]:.3f} ms CPU a resource")
    growth = per["alone", SIZES[1]] / per["alone", SIZES[0]]
    print(f"  growth of resource rules: {growth:.2f} (goal: at most {GROWTH_GOAL})")
    whole, protocol = per["all", SIZES[1]], per["protocol", SIZES[1]]
    print(
        f"  in all, at {SIZES[1]}: {whole:.3f} ms a resource "
        f"(goal: under {RESOURCE_GOAL_MILLISECONDS}), {whole - protocol:.3f} without the protocol"
    )


def least(cases: list[tuple[str, int]]) -> dict[tuple[str, int], float]:
    """Return the least CPU seconds of each case over all runs."""
    found: dict[tuple[str, int], list[float]] = {case: [] for case in cases}
    for _ in range(RUNS):
        for kind, size in cases:
            command = [sys.executable, __file__, kind, str(size)]
            reply = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this file, and the cases above
            found[kind, size].append(float(reply.stdout))
    return {case: min(seconds) for case, seconds in found.items()}


def used_by_the_pack(kind: str, size: int) -> float:
    """Return the CPU seconds of a pack's whole life: start, one judgement, end."""
    from tablewright.operations.policy_report.analysis.analyzer import Analyzer
    from tablewright.operations.policy_report.analysis.bridge import judge
    from tablewright.recorder import Recording

    registrations = stack_of(size)
    recording = Recording(project="bench", stack="prod", registrations=registrations, exports={})
    with TemporaryDirectory() as folder:
        pack = ROOT / "policies" if kind != "protocol" else empty_pack(Path(folder))
        with Analyzer(pack) as analyzer:
            applied = levels_of(analyzer.policies()[1], kind)
            if size:
                judge(analyzer, recording, applied, level_file="")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def empty_pack(folder: Path) -> Path:
    """Write a pack that judges nothing."""
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (folder / "__main__.py").write_text(EMPTY_PACK)
    return folder


def levels_of(policies: tuple[Policy, ...], kind: str) -> dict[str, PolicyLevel]:
    """Return the levels of prod, without the policies that a kind of run leaves out."""
    from tablewright.operations.policy_report.analysis.levels import PolicyLevel, load_levels
    from tablewright.operations.policy_report.policy import Level

    if kind == "protocol":
        return {policy.id: PolicyLevel(Level.DISABLED, {}) for policy in policies}
    applied = dict(load_levels(ROOT / "policies" / "levels" / "prod.json", policies, "prod"))
    for policy in policies:
        if kind == "alone" and policy.kind == "stack":
            applied[policy.id] = PolicyLevel(Level.DISABLED, applied[policy.id].settings)
    return applied


def stack_of(size: int) -> tuple[Registration, ...]:
    """Return the prod stack's own resources, again under other names until there are enough."""
    from dataclasses import replace

    from tablewright.recorder import load_configuration, record

    if not size:
        return ()
    project, configuration = load_configuration(ROOT, "prod")
    recorded = record(ROOT, project=project, stack="prod", configuration=configuration)
    custom = [each for each in recorded.registrations if each.custom]
    copies = range(-(-size // len(custom)))
    return tuple(
        replace(
            each,
            urn=f"{each.urn}-{copy}",
            name=f"{each.name}-{copy}",
            property_dependencies={
                name: tuple(f"{urn}-{copy}" for urn in urns)
                for name, urns in each.property_dependencies.items()
            },
            inputs=renamed(each.inputs, copy),
            outputs=renamed(each.outputs, copy),
        )
        for copy in copies
        for each in custom
    )[:size]


def renamed(value: object, copy: int) -> dict[str, object]:
    """Return properties that name the tables of another copy of the stack."""
    import json

    text = json.dumps(value).replace("dropify-prod-", f"dropify-prod-{copy}-")
    properties: dict[str, object] = json.loads(text)
    return properties


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        sys.path.insert(0, str(ROOT))
        print(used_by_the_pack(sys.argv[1], int(sys.argv[2])))
