"""No option keeps what protects a table from being applied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import ENVIRONMENTS
from rules.framework.tokens import TABLE, TABLE_REPLICA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource

_PROTECTING: Final = {
    "pointInTimeRecovery": "recovery",
    "serverSideEncryption": "encryption",
    "kmsKeyArn": "encryption",
    "deletionProtectionEnabled": "protection",
    "ttl": "ttl",
    "replicas": "replicas",
    "*": "everything",
}
"""What must not be ignored, with the finding's id; `kmsKeyArn` is a replica's."""

# Pulumi reads a path loosely: `["ttl"].enabled`, `.ttl` and `ttl["enabled"]` all begin with `ttl`.
_FIRST: Final = re.compile(r'[.\["\s]*([^.\["\]\s]*)')

_MASKS: Final = "so what the program says there is recorded and never applied; remove it"

_UNGUARDED: Final = frozenset(ENVIRONMENTS) - {"prod"}
"""Where a table may be deleted before its replacement exists; without a level file, nowhere."""


def _check(resource: Resource, settings: Settings) -> Iterator[Finding]:
    for path in resource.options.ignore_changes or ():
        finding = _PROTECTING.get(_first(path))
        if finding is not None:
            yield Finding(finding, f"ignoreChanges names {path!r}, {_MASKS}")
    before = resource.options.delete_before_replace
    if before and settings.environment_if_known() not in _UNGUARDED:
        yield Finding(
            "delete-before-replace",
            "deleteBeforeReplace is true, so a replacement starts by deleting every item; remove "
            "it, and move the items to a table of another name first",
        )


def _first(path: str) -> str:
    found = _FIRST.match(path)
    return found.group(1) if found else ""


DDB_IGNORE_CHANGES_MASKS_SAFETY = ResourceRule(
    id="ddb-ignore-changes-masks-safety",
    demands="No option keeps recovery, encryption, protection, expiry or replicas from being "
    "applied, or deletes a table of prod before its replacement exists.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Remove the path from ignore_changes, or delete_before_replace, in "
    "pulumi.ResourceOptions (a remediation cannot set options); a table whose replicas are "
    "TableReplica resources must ignore replicas: waive the finding replicas there.",
    url="https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/",
    types=(TABLE, TABLE_REPLICA),
    check=_check,
)
