"""CPU of the guard: reading, joining and judging previews of growing stacks.

Once every resource of the preview is an update, so that each is judged argument by argument, and
once every one is deleted, so that each is a finding; the prod stack's own resources are taken again
under other names until there are enough. Starting, and
running the program, are not counted. Every figure is the least of several runs, each in a process
of its own and the sizes taken in turn, so that a busy machine disturbs all of them alike. Run it
with `make bench`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tablewright.operations.guard.uses import Uses
    from tablewright.recorder import Registration

ROOT = Path(__file__).resolve().parents[1]
SIZES = (100, 1000)
RUNS = 5
GROWTH_GOAL = 1.2
GOAL_SECONDS = 1.0
KINDS = {"update": "all updated", "delete": "all deleted"}


def main() -> None:
    """Measure everything and print it."""
    found: dict[tuple[str, int], list[float]] = {(k, n): [] for k in KINDS for n in SIZES}
    for _ in range(RUNS):
        for (kind, size), seconds in found.items():
            command = [sys.executable, __file__, kind, str(size)]
            reply = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this file, and the cases above
            seconds.append(float(reply.stdout))
    least = {case: min(measured) for case, measured in found.items()}
    print("The guard, after its start:")
    for (kind, size), used in least.items():
        each = 1000 * used / size
        print(f"  {size:5} resources, {KINDS[kind]}: {used:.3f} s CPU, {each:.3f} ms a resource")
    small, large = SIZES
    for kind, told in KINDS.items():
        growth = (least[kind, large] / large) / (least[kind, small] / small)
        print(f"  growth, {told}: {growth:.2f} (goal: at most {GROWTH_GOAL})")
    print(f"  goal: {large} resources in under {GOAL_SECONDS:.0f} s CPU")


def judge(kind: str, size: int) -> float:
    """Return the CPU seconds from the texts of preview and state to the findings."""
    import json

    from tablewright.operations.guard import preview, state
    from tablewright.operations.guard.judge import findings
    from tablewright.recorder import Recording

    registrations = stack_of(size)
    wanted = [tagged(each) for each in registrations]
    exported = {"version": 3, "deployment": {"resources": [side(one) for one in registrations]}}
    steps = [
        {
            "op": kind,
            "urn": old.urn,
            "oldState": side(old),
            "newState": side(new) if kind == "update" else None,
            "diffReasons": ["tags"],
        }
        for old, new in zip(registrations, wanted, strict=True)
    ]
    texts = json.dumps({"steps": steps}), json.dumps(exported)
    program = Recording(
        project="tablewright",
        stack="prod",
        registrations=tuple(wanted if kind == "update" else ()),
        exports={},
    )
    uses = uses_of_prod()
    start = time.process_time()
    found = findings(
        preview.read(texts[0], "preview"), state.read(texts[1], "state"), program, uses
    )
    used = time.process_time() - start
    if len(found) != (0 if kind == "update" else size):
        raise SystemExit(f"{size} x {kind} gives {len(found)} findings")
    return used


def stack_of(size: int) -> list[Registration]:
    """Return the prod stack's own resources, again under other names until there are enough."""
    from dataclasses import replace

    from tablewright.operations.guard.judge import JUDGES
    from tablewright.recorder import load_configuration, record

    project, configuration = load_configuration(ROOT, "prod")
    recorded = record(ROOT, project=project, stack="prod", configuration=configuration)
    judged = [each for each in recorded.registrations if "tags" in each.inputs]
    if {each.type for each in judged} - set(JUDGES):
        raise SystemExit("the stack has resources that the guard does not judge")
    copies = range(-(-size // len(judged)))
    return [
        replace(each, urn=f"{each.urn}-{copy}", name=f"{each.name}-{copy}")
        for copy in copies
        for each in judged
    ][:size]


def tagged(one: Registration) -> Registration:
    """Return a resource as the program wants it: with one more tag."""
    from dataclasses import replace

    return replace(one, inputs={**one.inputs, "tags": {**one.inputs["tags"], "New": "yes"}})


def side(one: Registration) -> dict[str, Any]:
    """Return a resource as the engine writes it."""
    return {
        "urn": one.urn,
        "type": one.type,
        "custom": True,
        "id": one.id,
        "inputs": {"__defaults": [], **one.inputs},
        "outputs": dict(one.outputs),
        "protect": one.protect,
        "retainOnDelete": one.retain_on_delete,
    }


def uses_of_prod() -> Uses:
    """Return the models of the prod stack as they are deployed."""
    from tablewright.environment import Settings
    from tablewright.operations.guard.uses import Store, Uses
    from tablewright.recorder import load_configuration

    settings = Settings.of(load_configuration(ROOT, "prod")[1])
    return Uses(
        tuple(
            Store(
                model=model,
                table_names={
                    table.name: settings.label.table(table.name) for table in model.tables
                },
            )
            for model in settings.models
        )
    )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        sys.path.insert(0, str(ROOT))
        print(judge(sys.argv[1], int(sys.argv[2])))
