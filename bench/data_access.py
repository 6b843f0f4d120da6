"""CPU of data access, as ratios to boto3's low-level client; the codec alone; memory of paging.

No network and no emulator: each client is answered before it sends, with bytes that hold what the
same contender wrote before (14 attributes, about 630 bytes; 100 of them to a query). The contenders
take turns, and every ratio is the median over the rounds, so that a busy machine disturbs all of
them alike. Run it with `make bench`; other libraries are measured where they are installed.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
import tracemalloc
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from contenders.files import Measured
    from contenders.responses import Contender

ROOT = Path(__file__).resolve().parents[1]
NOBODY = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
"""Credentials that sign what is never sent."""
GOALS = {"query": 0.33, "get": 0.80, "put": 0.85}
CALLS = {"query": 4, "get": 40, "put": 40}
"""Calls a round: enough that the clock's own steps do not show."""
TOLD = {"query": "query of 100", "get": "get", "put": "put"}
ROUNDS = 30
ITEMS = 100_000
MEMORY_GOAL = 1.2
"""Above one page, for what Python keeps of freed memory."""
EXTRAS = (
    "to measure them too: .venv/bin/python -m pip install --upgrade pip && "
    ".venv/bin/python -m pip install --group bench"
)


def main() -> None:
    """Measure everything and print it."""
    from contenders.files import connected

    from tablewright.data_access.values.sizes import size_of

    measured = connected()
    item = measured.responses.item
    print(f"Data access, an item of {len(item)} attributes and {size_of(item)} bytes:")
    print_ratios(measured)
    print_codec(item)
    print_memory(measured)


def print_ratios(measured: Measured) -> None:
    """Print what each contender's operations take, and whether the goals are met."""
    from contenders.files import connected
    from contenders.libraries import LIBRARIES
    from contenders.plain import low_level, resource

    from tablewright.data_access.transport.client import ClientSettings

    item = measured.responses.item
    ours = measured.contender("tablewright")
    plain = connected(ClientSettings(fast=False, names_itself=False))
    contenders, missing = [low_level(item), resource(item)], []
    for library, make in LIBRARIES.items():
        if find_spec(library):
            contenders.append(make())
        else:
            missing.append(library)
    if missing:
        print(f"  not installed, so not measured: {', '.join(missing)}\n  {EXTRAS}")
    contenders += [plain.contender("tablewright, slow path"), ours]
    found = {operation: in_turn(contenders, operation) for operation in GOALS}
    print(f"  {'CPU, ratio to the raw client':30}" + "".join(f"{TOLD[o]:>16}" for o in GOALS))
    for number, contender in enumerate(contenders):
        of = [told(found[operation], number) for operation in GOALS]
        print(f"  {contender.name:30}" + "".join(f"{each:>16}" for each in of))
    for operation, goal in GOALS.items():
        ratio = statistics.median(ratios(found[operation], len(contenders) - 1))
        print(f"  {TOLD[operation]:13} {ratio:.2f} (goal: at most {goal:.2f}) {met(ratio, goal)}")


def in_turn(contenders: list[Contender], operation: str) -> list[list[float]]:
    """Return the CPU seconds of one call, by contender and round."""
    calls: list[Callable[[], object]] = [getattr(each, operation) for each in contenders]
    for contender, call in zip(contenders, calls, strict=True):
        contender.put()
        call()
    found: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, seconds in zip(calls, found, strict=True):
            seconds.append(cpu(call, CALLS[operation]))
    return found


def cpu(call: Callable[[], object], times: int) -> float:
    """Return the CPU seconds of one call."""
    start = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - start) / times


def ratios(found: list[list[float]], number: int) -> list[float]:
    """Return a contender's ratios to the first one, by round."""
    return [own / first for own, first in zip(found[number], found[0], strict=True)]


def told(found: list[list[float]], number: int) -> str:
    """Return a contender's ratio and its time, in microseconds."""
    microseconds = 1e6 * statistics.median(found[number])
    return f"{statistics.median(ratios(found, number)):.2f} {microseconds:5.0f} µs"


def met(figure: float, goal: float) -> str:
    """Say whether a goal is met."""
    return "met" if figure <= goal else "missed"


def print_codec(item: dict[str, dict[str, object]]) -> None:
    """Print what it takes to write and to read 100 items' values."""
    from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

    from tablewright.data_access.values.codec import decode_item, encode_item

    serialize, deserialize = TypeSerializer().serialize, TypeDeserializer().deserialize
    values = decode_item(item)
    cases: dict[str, list[Callable[[], object]]] = {
        "encode": [
            lambda: [{n: serialize(v) for n, v in values.items()} for _ in range(100)],
            lambda: [encode_item(values) for _ in range(100)],
        ],
        "decode": [
            lambda: [{n: deserialize(v) for n, v in item.items()} for _ in range(100)],
            lambda: [decode_item(item) for _ in range(100)],
        ],
    }
    print("The codec alone, 100 items:")
    for name, calls in cases.items():
        rounds = [[cpu(call, 5) for call in calls] for _ in range(ROUNDS)]
        theirs, ours = (1000 * statistics.median(each) for each in zip(*rounds, strict=True))
        ratio = statistics.median(ours / theirs for theirs, ours in rounds)
        print(f"  {name}: boto3 {theirs:.2f} ms, tablewright {ours:.2f} ms, ratio {ratio:.2f}")


def print_memory(measured: Measured) -> None:
    """Print what reading page after page holds at most, against one page."""
    from contenders.responses import PAGE

    one, all_pages = peak(measured, pages=1), peak(measured, pages=ITEMS // PAGE)
    ratio = all_pages / one
    print(f"Paging through {ITEMS:,} items, {PAGE} a page:")
    print(
        f"  at most {all_pages / 1024:,.0f} KB held, {ratio:.2f} times one page "
        f"(goal: at most {MEMORY_GOAL}) {met(ratio, MEMORY_GOAL)}"
    )


def peak(measured: Measured, *, pages: int) -> int:
    """Return the most bytes that are held while so many pages are read."""
    from contenders.files import VALUES
    from contenders.responses import PAGE

    from tablewright.data_access.repository.pages import walk

    files, user = measured.files, VALUES["user_id"]
    measured.responses.more = pages - 1
    gc.collect()
    tracemalloc.start()
    count = sum(1 for _ in walk(lambda cursor: files.list_files(user, limit=PAGE, cursor=cursor)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if count != pages * PAGE:
        raise RuntimeError(f"{count} items of {pages} pages")
    return most


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ |= NOBODY
    main()
