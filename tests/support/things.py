"""A resource, a component and a way to record them, for tests that need no AWS types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from tablewright.recorder import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tablewright.recorder import Recording


class Thing(pulumi.CustomResource):
    """A resource with one input and one computed output, and more inputs by keyword."""

    value: pulumi.Output[str]
    computed: pulumi.Output[str]

    def __init__(self, name, value=None, opts=None, **more):
        properties = {"value": value, "computed": None, **more}
        super().__init__("test:index:Thing", name, properties, opts)


class Group(pulumi.ComponentResource):
    """A component without children."""

    def __init__(self, name, opts=None, type_="test:index:Group"):
        super().__init__(type_, name, None, opts)


def run(program: Path | Callable[[], object], **options) -> Recording:
    """Record a program as stack `s` of project `p`."""
    return record(program, project="p", stack="s", **{"configuration": {}, **options})
