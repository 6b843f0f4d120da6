"""Who reads and writes items cannot change or delete what holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import LITERAL, texts
from rules.iam.destructive import DESTRUCTIVE
from rules.iam.documents import POLICIES, each_statement
from rules.iam.granted import allowed, is_listed, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource
    from rules.iam.statements import Statement


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    administrators = settings.texts("administrators")

    def judge(statement: Statement, which: str) -> Iterator[Finding]:
        for kind, actions in DESTRUCTIVE.items():
            found = allowed(statement, actions)
            if found and not is_listed(resource, statement, administrators):
                yield Finding(
                    kind,
                    f"{which} allows {told(found)}, and setting administrators does not list the "
                    "access policy; remove the action, which belongs to the deployment, or list "
                    "the name there",
                )

    return each_statement(resource, judge)


IAM_NO_DESTRUCTIVE_IN_APP_ROLE = ResourceRule(
    id="iam-no-destructive-in-app-role",
    demands="Access policies of programs change or delete no table, backup, parameter or key.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Remove the control-plane actions from the document; what administers "
    "tables gets an access policy that setting administrators lists. With tablewright, consumers "
    "get the actions of their access patterns alone: add a Grant only for item actions.",
    url="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html",
    mappings=Mappings(checkov=("CKV_AWS_111", "CKV_AWS_290~")),
    settings={
        "administrators": texts(
            "Globs over the names of access policies, or of the roles, users and groups that "
            "inline ones belong to, that may administer tables, such as `*-table-admin`. For a "
            "table's own policy, they are those of all roles and users in Principal, or its "
            "logical name, which also names a permission set's.",
            pattern=LITERAL,
        )
    },
    types=POLICIES,
    check=_check,
)
