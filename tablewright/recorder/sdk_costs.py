"""Three costs of the SDK that grow with the program, and what the recorder does about them.

Measured with 400 tables (4,000 resources) on Python 3.11: 4.5 ms of CPU a resource as the SDK is,
1.4 ms with all three, and from 40 tables to 400 the cost of one grows by 8% instead of 35%.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pulumi.runtime import known_types, rpc

# At its end the SDK waits for every unfinished output, and begins anew, a callback for each, when
# the first is ready. So the program first yields the event loop this often, after which few are
# left; more turns cost nothing, fewer only time. Dependencies of depth 1 take about 25.
TURNS = 60


@contextmanager
def reduced() -> Iterator[None]:
    """Run with the garbage collector held and a lighter search for unknown values."""
    was_enabled, search = gc.isenabled(), rpc.contains_unknowns
    # A run keeps nearly all it allocates, in a graph that the collector walks again and again.
    gc.disable()
    # The SDK's search leaves a cycle of some six objects at every call, 35 times a resource: with
    # the collector held these would be most of what is left to collect at the end.
    rpc.contains_unknowns = contains_unknowns
    try:
        yield
    finally:
        rpc.contains_unknowns = search
        if was_enabled:
            gc.enable()


def contains_unknowns(val: Any) -> bool:  # noqa: ANN401 -- replaces the SDK's, signature and all
    """Tell whether a value is unknown or holds, in dicts and lists, one that is."""
    if val is None or isinstance(val, str | bool | int | float):
        return False
    waiting: list[object] = [val]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if known_types.is_unknown(one):
            return True
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, dict):
            waiting.extend(one[key] for key in one)  # not items(): a subclass may redefine it
        elif isinstance(one, list):
            waiting.extend(one)
    return False
