"""Other programs find every table, its stream and the indexes they need in SSM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import known_first
from rules.framework.reading import if_known
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.settings import texts
from rules.parameters.export_paths import ARN, EXPORT_PATHS, INDEX, NAME, SETTING_OF, STREAM
from rules.parameters.exports import Exports
from rules.parameters.ownership import comes_from_owner, is_owned
from rules.tables.stack_tables import StackTables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Stack
    from rules.parameters.export import Export
    from rules.tables.stack_table import StackTable

_SECURE: Final = "SecureString"
_IDS: Final = {NAME: "name", ARN: "arn", STREAM: "stream"}


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    tables = StackTables(stack)
    exports = Exports(stack, tables, settings)
    return known_first(
        *(
            _exported(table, fact, exports, settings)
            for table in tables.all
            for fact in (NAME, ARN, STREAM)
        ),
        *(_right(export, exports) for export in exports.all if export.says.fact in _IDS),
        *(_foreign(export, exports, stack) for export in exports.all if export.says.fact),
        *(_index(wanted, tables, exports, settings) for wanted in settings.texts("indexes")),
        exports.unread(),
    )


def _exported(
    table: StackTable, fact: str, exports: Exports, settings: Settings
) -> Iterator[Finding]:
    """Find that no parameter holds a table's name, ARN or stream ARN."""
    if fact == STREAM and not _has_stream(table):
        return
    if any(export.holds(table, fact) for export in exports.about(table)):
        return
    exports.decide(table, fact)
    yield Finding(
        _IDS[fact],
        f"no parameter holds the {fact} of {table.label}; {_remedy(fact, settings)}",
        table.urn,
    )


def _right(export: Export, exports: Exports) -> Iterator[Finding]:
    """Find that a parameter does not hold what its path or its source says."""
    fact, meant = export.says.fact, exports.meant_by(export)
    if not meant or exports.is_loose(export):
        return
    if any(export.holds(table, fact) and (fact != STREAM or _has_stream(table)) for table in meant):
        return
    yield Finding(
        "stale",
        f"{export.label} does not hold the {fact} of {meant[0].label}; take its value from that "
        "table, or remove the parameter",
        export.urn,
    )


def _foreign(export: Export, exports: Exports, stack: Stack) -> Iterator[Finding]:
    """Find that a plain parameter on the path of an export holds nothing of the stack.

    Of an unknown value it counts whence it comes; what comes from elsewhere may be anything.
    """
    judged = export.says.fact in _IDS and exports.meant_by(export)
    if judged and not exports.is_loose(export):
        return  # by the table that is meant
    if if_known(export.resource.properties, "type") == _SECURE:
        return
    if export.value is None and comes_from_owner(export, stack):
        return
    if not is_owned(export, exports, stack):
        yield Finding(
            "stale",
            f"{export.label} holds the {export.says.fact} of nothing in the stack, by whose path "
            "others would read it in plain text; remove it, or make it a SecureString elsewhere",
            export.urn,
        )


def _index(
    wanted: str, tables: StackTables, exports: Exports, settings: Settings
) -> Iterator[Finding]:
    """Find that no parameter holds an index's name, or that the table has no such index."""
    name, _, index = wanted.partition("/")
    found = exports.called(name)
    if not found:
        tables.read_names()
        yield Finding(
            "index", f"setting indexes demands '{wanted}', and the stack has no such table"
        )
    for table in found:
        if index not in {each.name for each in table.indexes()}:
            problem = f"{table.label} has no index '{index}'; correct the setting indexes"
        elif any(export.holds_index(table, index, name) for export in exports.all):
            continue
        else:
            exports.decide(table, INDEX)
            remedy = _remedy(INDEX, settings)
            problem = f"no parameter holds the name of index '{index}' of {table.label}; {remedy}"
        yield Finding("index", problem, table.urn)


def _has_stream(table: StackTable) -> bool:
    return table.resource.properties.flag("streamEnabled")


def _remedy(fact: str, settings: Settings) -> str:
    return f"export it on a path that ends in '{settings.text(SETTING_OF[fact])}'"


SSM_EXPORT_COMPLETE = StackRule(
    id="ssm-export-complete",
    demands="Every table's name, ARN and stream ARN, and the indexes that the settings list, are "
    "exported as parameters that hold just that.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Add an aws.ssm.Parameter whose value is the table's name, arn or "
    "stream_arn; with tablewright, pass the table to TableExports, as every store does.",
    url="https://docs.aws.amazon.com/systems-manager/latest/userguide/"
    "sysman-paramstore-hierarchies.html",
    settings={
        **EXPORT_PATHS,
        "indexes": texts(
            "Indexes to export, each `<table>/<index>`; the table is the end of a physical name, "
            "after the first `-<environment>-`.",
            pattern="^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$",
        ),
    },
    check=_check,
)
