"""CPU of evaluating a program: cost per table of growing stores, and the real stacks.

Every figure is the least of several runs, each in a process of its own and the sizes taken in
turn, so that a busy machine disturbs all of them alike. Run it with `make bench`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZES = (4, 40, 400)
STACKS = ("local", "dev", "staging", "prod")
RUNS = 3
GROWTH_GOAL = 1.15
PROGRAM_GOAL_SECONDS = 1.5


def main() -> None:
    """Measure everything and print it."""
    stores = least({str(size): ("store", str(size)) for size in SIZES})
    print("A store of generated tables, in the profile of prod:")
    per_table = {size: stores[str(size)] / size for size in SIZES}
    for size in SIZES:
        cpu = stores[str(size)]
        print(f"  {size:4} tables: {cpu:7.3f} s CPU, {1000 * per_table[size]:6.2f} ms a table")
    growth = per_table[SIZES[2]] / per_table[SIZES[1]]
    print(f"  growth, 400 against 40: {growth:.2f} (goal: at most {GROWTH_GOAL})")
    print("The real program, from the first import to the last registration:")
    for stack, cpu in least({stack: ("stack", stack) for stack in STACKS}).items():
        print(f"  {stack:8} {cpu:.3f} s CPU (goal: under {PROGRAM_GOAL_SECONDS})")


def least(cases: dict[str, tuple[str, str]]) -> dict[str, float]:
    """Return the least CPU seconds of each case over all runs."""
    found: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(RUNS):
        for name, arguments in cases.items():
            found[name].append(measured(*arguments))
    return {name: min(seconds) for name, seconds in found.items()}


def measured(kind: str, what: str) -> float:
    """Return the CPU seconds that a fresh process reports for one case."""
    command = [sys.executable, __file__, kind, what]
    reply = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this file, and arguments from the tables above
    return float(reply.stdout)


def evaluate_store(tables: int) -> float:
    """Return the CPU seconds to declare a model and to build its store; imports not included."""
    import pulumi_aws as aws

    from components import AwsScope, DataStore, DataStoreArgs
    from tablewright.environment import PROFILES, Environment, Label
    from tablewright.recorder import record

    # The provider's modules are loaded at first use, which is no cost of a table.
    _ = aws.dynamodb.Table, aws.ssm.Parameter, aws.iam.Policy, aws.cloudwatch.MetricAlarm
    label = Label(project="bench", environment="prod")

    def build() -> None:
        args = DataStoreArgs(
            model=generated_model(tables),
            label=label,
            profile=PROFILES[Environment.PROD],
            scope=AwsScope(partition="aws", region="us-east-1", account="123456789012"),
            tags=label.tags(owner="bench", cost_center="0", data_model="bench"),
            alarm_topic_arn="arn:aws:sns:us-east-1:123456789012:bench",
        )
        DataStore("bench", args)

    start = time.process_time()
    record(build, project="bench", stack="prod", configuration={})
    return time.process_time() - start


def generated_model(tables: int) -> object:
    """Declare tables with one index and one entity each, five patterns and two consumers."""
    from tablewright.models import DataModel, Entity, Index, Key, TableSpec
    from tablewright.models.patterns import begins_with, create, delete, equals, get, query

    specs, entities, patterns = [], [], []
    for number in range(tables):
        name = f"table-{number:03}"
        index = Index(name="byOwner", key=Key.of("GSI1PK", "GSI1SK"))
        specs.append(
            TableSpec(
                name=name,
                key=Key.of("PK", "SK"),
                indexes=(index,),
                environment_variable=f"TABLE_{number:03}_NAME",
            )
        )
        keys = {"PK": "ITEM#<id>", "SK": "AT#<at>", "GSI1PK": "OWNER#<owner>", "GSI1SK": "AT#<at>"}
        item = Entity(f"item-{number}", name, keys)
        entities.append(item)
        by_owner = (equals("GSI1PK", "OWNER#<owner>"), begins_with("GSI1SK", "AT#"))
        patterns += [
            get(f"get-{number}", item, "reader", "writer"),
            query(f"list-{number}", item, "reader", key=(equals("PK", "ITEM#<id>"),)),
            query(f"by-owner-{number}", item, "reader", index="byOwner", key=by_owner),
            create(f"create-{number}", item, "writer"),
            delete(f"delete-{number}", item, "writer"),
        ]
    return DataModel(
        name="bench",
        tables=tuple(specs),
        entities=tuple(entities),
        patterns=tuple(patterns),
    )


def evaluate_stack(stack: str) -> float:
    """Return the CPU seconds from the first import to the last registration of a stack."""
    start = time.process_time()
    from tablewright.recorder import load_configuration, record

    project, configuration = load_configuration(ROOT, stack)
    record(ROOT, project=project, stack=stack, configuration=configuration)
    return time.process_time() - start


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    match sys.argv[1:]:
        case ["store", tables]:
            print(evaluate_store(int(tables)))
        case ["stack", name]:
            print(evaluate_stack(name))
        case _:
            main()
