"""Values as errors tell them: short, and whatever they are."""

from __future__ import annotations

from typing import Final

_MOST_CHARACTERS: Final = 100


def shown(value: object) -> str:
    """Return what a caller gave as an error names it; never raises, nor repeats all of a long one.

    Not for what may be secret.
    """
    part = value[: _MOST_CHARACTERS + 1] if isinstance(value, str | bytes) else value
    try:
        text = repr(part)
    except Exception:  # noqa: BLE001 -- an int of many digits, a list in itself, any __repr__
        return f"of type {type(value).__name__}"
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
