"""The names of tables: which the stack gives, which there are, and how they become the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tablewright.environment import Label, Settings


def given_names(pairs: Iterable[str], settings: Settings) -> dict[str, str]:
    """Read `table=physical` for tables of the stack; OperationError for anything else."""
    known = [table.name for model in settings.models for table in model.tables]
    names: dict[str, str] = {}
    for pair in pairs:
        table, equals, physical = pair.partition("=")
        if not equals or not physical:
            raise OperationError(
                f"--from-names {pair!r} is no pair; write <table of a model>=<its physical name>"
            )
        if table not in known:
            raise OperationError(
                f"--from-names {pair!r}: no model of the stack has a table {table!r}; there are "
                f"{', '.join(known)}"
            )
        if table in names:
            raise OperationError(f"--from-names names table {table!r} twice; name it once")
        names[table] = physical
    _refuse_two_of_one(names)
    return names


def _refuse_two_of_one(names: Mapping[str, str]) -> None:
    for table, physical in names.items():
        others = [other for other, name in names.items() if name == physical and other != table]
        if others:
            raise OperationError(
                f"--from-names gives {physical!r} to {table!r} and to {others[0]!r}; a table at "
                "AWS is one table of a model"
            )


def how_to_match(physical: str, table: str, label: Label) -> str:
    """Say how the stack comes to give a table the name that it has.

    AWS cannot rename a table, so its name must be the one that the stack gives.
    """
    wanted = label.table(table)
    project = physical.removesuffix(f"-{label.environment}-{table}")
    if project and project != physical:
        return (
            f"set tablewright:project to {project!r} for this stack, and its name for the table is "
            f"{physical!r}; a stack that is deployed already would rename all it has, so use a "
            "stack of its own"
        )
    rest = physical.removeprefix(f"{label.prefix}-")
    if rest and rest != physical:
        return (
            f"name the model's table {rest!r} in place of {table!r} (TableSpec.name), and its name "
            f"in the stack is {physical!r}"
        )
    return (
        f"no project or table name gives {physical!r}. Either build it in a program of your own "
        "with the component Table, whose table_name is free, or copy the items: restore a backup "
        f"of {physical!r} as {wanted!r} (docs/restore.md), adopt that one, and switch the writers"
    )
