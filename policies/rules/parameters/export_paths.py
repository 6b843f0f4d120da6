"""What the path of a parameter says that it exports: the settings tell by how it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rules.framework.settings import Schema, Settings, text
from rules.iam.arns import arn_of, table_part_of
from rules.tables.tables import after_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "name"
ARN: Final = "ARN"
STREAM: Final = "stream ARN"
INDEX: Final = "index name"
POLICY: Final = "access policy's ARN"

EXPORT_PATHS: Final[Schema] = {
    "tableNameSuffix": text("How the path of a table's name ends.", "-table-name", minLength=1),
    "tableArnSuffix": text("How the path of a table's ARN ends.", "-table-arn", minLength=1),
    "streamArnSuffix": text(
        "How the path of a table's stream ARN ends.", "-stream-arn", minLength=1
    ),
    "indexNameSuffix": text("How the path of an index's name ends.", "-index-name", minLength=1),
    "policyArnSuffix": text(
        "How the path of an access policy's ARN ends.", "-policy-arn", minLength=1
    ),
}
SETTING_OF: Final[Mapping[str, str]] = {
    NAME: "tableNameSuffix",
    ARN: "tableArnSuffix",
    STREAM: "streamArnSuffix",
    INDEX: "indexNameSuffix",
    POLICY: "policyArnSuffix",
}
_DYNAMODB_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{3,255}")


@dataclass(frozen=True)
class ExportPath:
    """What a path exports: `fact` is empty where its end tells none, `subject` is of what."""

    fact: str = ""
    subject: str = ""

    def is_index(self, table: str, index: str) -> bool:
        """Tell whether the subject is an index of a table, however its words are joined."""
        words = _joined(self.subject)
        return _joined(f"{table}{index}") in {words, f"{words}index"}


def export_path(path: str, settings: Settings) -> ExportPath:
    """Return what a path exports; the longest ending decides."""
    endings = {settings.text(setting): fact for fact, setting in SETTING_OF.items()}
    # An empty ending would make an export of every path.
    fitting = [ending for ending in endings if ending and path.endswith(ending)]
    if not fitting:
        return ExportPath()
    ending = max(fitting, key=len)
    return ExportPath(endings[ending], path.removesuffix(ending).rpartition("/")[2])


def short_name(table: str, settings: Settings) -> str:
    """Return what paths call a table: the end of its physical name, after `-<environment>-`."""
    return after_environment(table, settings) or table


def has_form(fact: str, value: str) -> bool:
    """Tell whether a value could be what a path exports."""
    if fact == POLICY:
        arn = arn_of(value)
        return arn is not None and arn.service == "iam" and arn.resource.startswith("policy/")
    part = table_part_of(value)
    if fact == ARN:
        return part is not None and part.kind == "table"
    if fact == STREAM:
        return part is not None and part.kind == "stream"
    is_index = fact == INDEX and part is not None and part.kind == "index"
    return is_index or _DYNAMODB_NAME.fullmatch(value) is not None


def _joined(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())
