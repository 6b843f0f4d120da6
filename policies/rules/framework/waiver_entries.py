"""What an entry of a file of waivers says, and what is wrong with one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from reprlib import repr as shortened
from typing import TYPE_CHECKING, Any, Final

from rules.framework.settings import ENVIRONMENTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

NEEDED: Final = ("policy", "resource", "environments", "reason", "owner", "expires")
LEAST_REASON: Final = 20
"""Characters; shorter reasons explain nothing."""
LONGEST: Final = timedelta(days=366)
"""A year, so that somebody looks at every waiver again."""
STACK: Final = "stack"
"""What a waiver names where a finding is about no resource."""

_KEYS: Final = frozenset({*NEEDED, "finding"})


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What entries may name, and the day on which they are read.

    `policies` are those that may be waived, `critical` those of them that may not in prod,
    `refused` those that exist, and may not be waived at all.
    """

    policies: Collection[str]
    critical: Collection[str]
    refused: Collection[str]
    today: date


def wrong_with(entry: dict[str, Any], terms: Terms) -> Iterator[str]:
    """Give everything that is wrong with an entry."""
    for key in entry:
        if key not in _KEYS:
            yield f"the entry has an unknown key {key!r}; the keys are {', '.join(sorted(_KEYS))}"
    missing = [key for key in NEEDED if not _says_something(entry.get(key))]
    if missing:
        yield f"the entry lacks {', '.join(missing)}"
        return
    for key in ("policy", "resource", "reason", "owner", "finding"):
        if not isinstance(entry.get(key, ""), str):
            yield f"{key} must be a string, and is {shortened(entry[key])}"
            return
    yield from _policy(entry["policy"], terms)
    yield from _resource(entry["resource"])
    yield from _environments(entry, terms)
    if sum(map(str.isprintable, entry["reason"].strip())) < LEAST_REASON:
        yield f"reason has fewer than {LEAST_REASON} characters; say why this is acceptable"
    yield from _expires(entry["expires"], terms.today)


def _says_something(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _policy(policy: str, terms: Terms) -> Iterator[str]:
    if policy in terms.refused:
        yield f"policy {policy!r} cannot be waived; mend what it finds, and remove the entry"
    elif policy not in terms.policies:
        close = get_close_matches(policy, terms.policies, n=1)
        instead = f"did you mean {close[0]!r}?" if close else "name one that does"
        yield f"policy {policy!r} does not exist; {instead}"


def _resource(resource: str) -> Iterator[str]:
    of, _, name = resource.partition("::")
    if resource != STACK and not (of and name and "::" not in name):
        yield (
            "resource must be a glob over <type>::<name>, as aws:dynamodb/table:Table::shop-*, "
            f"or {STACK}, and is {resource!r}"
        )


def _environments(entry: dict[str, Any], terms: Terms) -> Iterator[str]:
    given, policy = entry["environments"], entry["policy"]
    if not isinstance(given, list) or any(each not in ENVIRONMENTS for each in given):
        names = ", ".join(ENVIRONMENTS)
        yield f"environments must be a list out of {names}, and is {shortened(given)}"
    elif "prod" in given and policy in terms.critical:
        yield (
            f"policy {policy!r} is critical, and cannot be waived in prod; take prod out of "
            "environments"
        )


def _expires(given: object, today: date) -> Iterator[str]:
    if type(given) is not date:
        shown = given if isinstance(given, date) else shortened(given)
        yield f"expires must be a date without quotes, as 2027-03-31, and is {shown}"
    elif given > today + LONGEST:
        yield f"expires must be at most a year ahead, and is {given}; renew the waiver then"
