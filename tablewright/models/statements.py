"""IAM statements on exact ARNs, and the documents that hold them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from tablewright.models import limits
from tablewright.models.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, kw_only=True)
class ArnScope:
    """Where ARNs point: partition, account, and the regions of the tables (replicas included).

    `table_names` maps each table of a model to its physical name, so that ARNs, and the documents
    made of them, are known before anything is deployed. `streams` are the tables that have one.
    """

    partition: str
    account: str
    regions: tuple[str, ...]
    table_names: Mapping[str, str]
    streams: frozenset[str] = frozenset()

    def table(self, table: str) -> tuple[str, ...]:
        """Return the table's ARN, one a region."""
        name = self.table_names[table]
        return tuple(
            f"arn:{self.partition}:dynamodb:{region}:{self.account}:table/{name}"
            for region in self.regions
        )

    def index(self, table: str, index: str) -> tuple[str, ...]:
        """Return the ARN of one named index, one a region."""
        return tuple(f"{arn}/index/{index}" for arn in self.table(table))

    def stream(self, table: str) -> tuple[str, ...]:
        """Return every stream of one table: AWS makes the label, so it cannot be named before."""
        return tuple(f"{arn}/stream/*" for arn in self.table(table))

    def parameter(self, path: str) -> tuple[str, ...]:
        """Return the ARN of an SSM parameter, in the stack's own region."""
        return (f"arn:{self.partition}:ssm:{self.regions[0]}:{self.account}:parameter{path}",)

    def managed_policy(self, name: str) -> str:
        """Return the ARN of a customer-managed policy."""
        return f"arn:{self.partition}:iam::{self.account}:policy/{name}"

    def role(self, name: str) -> str:
        """Return the ARN of a role without an IAM path, which a role's name does not tell."""
        return f"arn:{self.partition}:iam::{self.account}:role/{name}"

    def topic(self, name: str) -> str:
        """Return the ARN of an SNS topic, in the stack's own region."""
        return f"arn:{self.partition}:sns:{self.regions[0]}:{self.account}:{name}"

    def alarm(self, name: str) -> str:
        """Return the ARN of an alarm, in the stack's own region."""
        return f"arn:{self.partition}:cloudwatch:{self.regions[0]}:{self.account}:alarm:{name}"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One Allow: these actions on these ARNs, under these conditions.

    Raises ModelError without an action or resource, which AWS refuses.
    """

    sid: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for what, listed in (("action", self.actions), ("resource", self.resources)):
            if not listed:
                raise ModelError(
                    f"statement {self.sid!r} names no {what}; AWS takes at least 1: add one, or "
                    "leave the statement out"
                )

    def as_dict(self) -> dict[str, Any]:
        """Write the statement as IAM does."""
        statement: dict[str, Any] = {
            "Sid": self.sid,
            "Effect": "Allow",
            "Action": list(self.actions),
            "Resource": list(self.resources),
        }
        if self.conditions:
            statement["Condition"] = {name: dict(keys) for name, keys in self.conditions.items()}
        return statement


def document(statements: Iterable[Statement]) -> str:
    """Write an IAM policy document without white space."""
    body = {"Version": "2012-10-17", "Statement": [e.as_dict() for e in _told_apart(statements)]}
    return json.dumps(body, separators=(",", ":"))


def _told_apart(statements: Iterable[Statement]) -> list[Statement]:
    """Give each statement an id of its own, as AWS demands: `a-b` and `a_b` would share one."""
    entries = tuple(statements)
    taken = {entry.sid for entry in entries}
    seen: set[str] = set()
    distinct = []
    for entry in entries:
        sid = entry.sid
        if sid in seen:
            sid = next(s for n in count(2) if (s := f"{entry.sid}{n}") not in taken)
        taken.add(sid)
        seen.add(sid)
        distinct.append(replace(entry, sid=sid))
    return distinct


@dataclass(frozen=True, kw_only=True)
class AccessPolicy:
    """What one managed policy of a consumer grants; `suffix` parts several of one consumer."""

    suffix: str | None
    statements: tuple[Statement, ...]

    def document(self, name: str) -> str:
        """Write the document; raises ModelError over 6,144 characters."""
        text = document(self.statements)
        limits.check_managed_policy(name, len(text))
        return text
