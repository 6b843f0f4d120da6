"""What the result of an alarm on metric math is made of, and whether it can be judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.framework.reading import Properties

_EVERY_METRIC: Final = re.compile(r"METRICS\(\s*\)")
_LONGEST: Final = 2048
"""Characters, of CloudWatch."""
_ID: Final = "[a-z][A-Za-z0-9_]*"
_ONE: Final = "m"
"""Stands for a part that is a metric, or grows with every metric in it."""
_PARTS: Final = tuple(
    map(
        re.compile,
        (
            r"METRICS\(\)",
            rf"FILL\({_ID},(?:0+|REPEAT|LINEAR)\)",
            rf"\[{_ID}(?:,{_ID})*\]",
            rf"(?:SUM|MAX)?\({_ID}\)",
            rf"(?<![A-Za-z0-9_]){_ID}(?:\+{_ID})+",
        ),
    )
)


def result_of(queries: Sequence[Properties]) -> tuple[list[Properties], list[Properties]]:
    """Return the metrics that an alarm's result is made of, and the expressions that make it.

    Metrics of another account are not ours.
    """
    by_id = {query.text("id"): query for query in queries}
    measured = [name for name, query in by_id.items() if query.holds("metric")]
    due = [name for name, query in by_id.items() if query.flag("returnData")]
    reached: dict[str, Properties] = {}
    while due:
        name = due.pop()
        if name in reached:
            continue
        reached[name] = by_id[name]
        expression = by_id[name].text("expression")
        words = set(re.findall(r"\w+", expression))
        due += measured if _EVERY_METRIC.search(expression) else []
        due += words & set(by_id)
    metrics = [each for each in reached.values() if each.holds("metric")]
    return (
        [each for each in metrics if not each.holds("accountId")],
        [each for each in reached.values() if each.text("expression")],
    )


def adds_up(expression: str) -> bool:
    """Tell whether an expression is no less than each metric in it: what multiplies may hide one.

    It is made of metrics, SUM, MAX, FILL with nothing, METRICS and `+`.
    """
    if len(expression) > _LONGEST:
        return False
    text, before = re.sub(r"\s*([^\w\s])\s*", r"\1", expression).strip(), ""
    while text != before:
        before = text
        for part in _PARTS:
            text = part.sub(_ONE, text)
    return re.fullmatch(_ID, text) is not None
