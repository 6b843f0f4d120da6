"""The stack's outputs, which other stacks and scripts read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.reading.values import is_secret
from tablewright.recorder.registration import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tablewright.recorder import Recording


def judge(urn: str, before: Mapping[str, Any], program: Recording) -> Iterator[Finding]:
    """Judge outputs that are removed, are of another form, or become secret."""
    for path, how in _lost(before, program.exports):
        yield _broken(urn, path, how)
    for name in sorted(program.secret_exports & before.keys()):
        if not is_secret(before[name]):
            yield _broken(urn, name, "becomes secret, and reads [secret] from now on")


def _lost(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 -- outputs
    if after is UNKNOWN or is_secret(after) or is_secret(before):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in before:
            inner = f"{path}.{name}" if path else str(name)
            if name not in after:
                yield inner, "is removed"
            else:
                yield from _lost(before[name], after[name], inner)
    elif path and _form(before) is not _form(after):
        yield path, "is of another form"


def _form(value: object) -> type[Any] | None:
    return type(value) if isinstance(value, dict | list) else None


def _broken(urn: str, path: str, how: str) -> Finding:
    return Finding(
        kind=Kind.CONTRACT_BROKEN,
        cause=path,
        urn=urn,
        thing=path,
        what=f"stack output {path} {how}",
        fails="stack references and scripts that read it",
        instead="keep it until nobody reads it",
    )
