"""What is said of deployments that change by what items expire."""

from __future__ import annotations

from tablewright.operations.index_plan.deployment import ALL_SERVED, Deployment, Said


def write_both(of: Deployment) -> Said:
    """Write the new TTL attribute beside the old one."""
    old = of.words["old"]
    return Said(
        title=f"table {of.physical}: write {of.subject!r} beside the TTL attribute {old!r}",
        then=(
            (
                f"deploy the application that writes both {old!r} and {of.subject!r} (epoch "
                "seconds, a number) into every item that expires"
            ),
            f"rewrite the items that are there: set {of.subject!r} to when they expire",
        ),
        checks=(
            (
                f"aws dynamodb scan --table-name {of.physical} --select COUNT --filter-expression "
                "'attribute_exists(#old) AND attribute_not_exists(#new)' "
                "--expression-attribute-names "
                f'\'{{"#old": "{old}", "#new": "{of.subject}"}}\' counts 0'
            ),
        ),
        served=f"{ALL_SERVED}; items expire by {old!r}",
        duration="as long as the application and the backfill take",
    )


def ttl_off(of: Deployment) -> Said:
    """Switch TTL off."""
    new = of.words["new"]
    waits = (
        f"wait an hour before the next change of TTL: AWS refuses one sooner; go on writing both "
        f"{of.subject!r} and {new!r}"
        if new
        else "items are kept from now on: see to it that somebody deletes what must not stay"
    )
    return Said(
        title=f"table {of.physical}: switch off TTL by {of.subject!r}",
        then=(waits,),
        checks=(_ttl_status(of) + " prints DISABLED",),
        served=f"{ALL_SERVED}; no item expires"
        + (", and readers must pass over those that should have" if new else ""),
        duration="about an hour" if new else "up to an hour",
    )


def ttl_on(of: Deployment) -> Said:
    """Expire items by an attribute."""
    old = of.words["old"]
    first = (f"make sure that {of.subject!r} holds epoch seconds, as a number, in every item",)
    hour = ("make sure that TTL has been off for an hour",) if old else ()
    return Said(
        title=f"table {of.physical}: expire items by {of.subject!r}",
        first=(*first, *hour),
        then=(
            (
                f"items whose {of.subject!r} lies in the past are deleted within days, those that "
                "are there already too"
            ),
            *((f"the application stops writing {old!r}",) if old else ()),
        ),
        checks=(_ttl_status(of) + " prints ENABLED",),
        duration="up to an hour",
    )


def _ttl_status(of: Deployment) -> str:
    return (
        f"aws dynamodb describe-time-to-live --table-name {of.physical} --query "
        "TimeToLiveDescription.TimeToLiveStatus"
    )
