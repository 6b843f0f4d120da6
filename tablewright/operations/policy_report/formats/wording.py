"""Words that all reports share; nothing that a pack or a program says can break a format."""

from __future__ import annotations

from typing import Final

from tablewright.operations.policy_report.policy import WAS_EVALUATED
from tablewright.operations.policy_report.report import Resource

STOPPED: Final = f"{WAS_EVALUATED}: could not run, which stops a deployment"
"""The heading of mandatory policies that could not be judged."""


def one_line(text: str) -> str:
    """Write a text on one line, with an escape in place of each character that does not print."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode()
        for each in " ".join(text.split())
    )


def counted(count: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun; the plural is needed where it does not end in a mere `s`."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"


def subject(urn: str | None) -> str:
    """Name a resource by type and logical name."""
    return one_line(str(Resource(urn=urn))) if urn else "the whole stack"


def short(urn: str | None) -> str:
    """Name a resource by its logical name alone."""
    return one_line(Resource(urn=urn).name) if urn else "the whole stack"


def told(finding: str, message: str) -> str:
    """Write a finding with its message; other packs than this project's give no ids."""
    return one_line(": ".join(filter(None, (finding, message))))
