"""Whoever reads whole tables is named in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import each_of
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.settings import LITERAL, texts
from rules.iam.documents import POLICIES, each_statement
from rules.iam.granted import allowed, is_listed, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack
    from rules.iam.statements import Statement

_WHOLE_TABLE: Final = {
    "scan": ("dynamodb:Scan",),
    "partiql": tuple(
        f"dynamodb:PartiQL{verb}" for verb in ("Delete", "Insert", "Select", "Update")
    ),
    "export": ("dynamodb:ExportTableToPointInTime",),
}


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    declared = settings.texts("scanConsumers")
    return each_of(stack.of_type(*POLICIES), lambda each: _resource(each, declared))


def _resource(resource: Resource, declared: tuple[str, ...]) -> Iterator[Finding]:
    def judge(statement: Statement, which: str) -> Iterator[Finding]:
        for kind, actions in _WHOLE_TABLE.items():
            found = allowed(statement, actions)
            if found and not is_listed(resource, statement, declared):
                yield Finding(
                    kind,
                    f"{which} of '{resource.name}' allows {told(found)}, and setting scanConsumers "
                    "does not list it; query by key instead, or list its name (of a table's own "
                    "policy, the names of the roles and users in Principal)",
                    resource.urn,
                )

    yield from each_statement(resource, judge)


IAM_SCAN_DECLARED = StackRule(
    id="iam-scan-declared",
    demands="Only consumers that the settings list may scan, export or use PartiQL.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Remove Scan, PartiQL and ExportTableToPointInTime from the access policy, "
    "or list its name in setting scanConsumers of the level file; with tablewright, serve the "
    "pattern by an index instead of Operation.SCAN.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-query-scan.html",
    settings={
        "scanConsumers": texts(
            "Globs over the names of access policies (or of the roles that inline ones belong to) "
            "that may scan, export or use PartiQL, such as `*-shop-reporting`. For a table's own "
            "policy, they are those of all roles and users in Principal, or its logical name, "
            "which also names a permission set's.",
            pattern=LITERAL,
        )
    },
    check=_check,
)
