"""What is said of deployments that build, switch, leave and drop indexes."""

from __future__ import annotations

from tablewright.operations.index_plan.deployment import ALL_SERVED, Deployment, Said, listed


def add_index(of: Deployment) -> Said:
    """Build an index beside the others."""
    lacking = of.words["lacking"]
    moving, joining = (listed(of.words[which]) for which in ("moving", "joining"))
    grants = (
        f"the access policies of this deployment allow the new index to the consumers of {moving}, "
        "beside the old one; the application does not query it yet"
        if moving
        else "the access policies of this deployment allow the index to the consumers of its "
        "declared patterns; the application does not query it yet"
    )
    return Said(
        title=f"build index {of.subject!r} of table {of.physical} beside what is there",
        then=(
            grants,
            "wait until the index is ACTIVE: AWS fills it from the items that are there",
            *_backfill(lacking),
            *((f"once it is ACTIVE, deploy the application with {joining}",) if joining else ()),
        ),
        checks=(_index_status(of) + " prints ACTIVE",),
        served=f"{ALL_SERVED}; no index changes but this one, which nobody reads yet",
        duration="minutes to hours, by the size of the table"
        + ("; a backfill of items comes on top" if lacking else ""),
    )


def _backfill(names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    return (
        (
            f"where items lack {', '.join(names)}: deploy the application that writes it, then "
            "rewrite the items that are there (a Scan with conditional updates), for an item "
            "without the whole key of an index is not in it"
        ),
    )


def switch(of: Deployment) -> Said:
    """Let patterns read the index that is built."""
    return Said(
        title=f"let {listed(of.words['moving'])} read index {of.subject!r}",
        first=(_index_status(of) + " prints ACTIVE",),
        then=(
            (
                f"deploy the application that performs {listed(of.words['moving'])} on "
                f"{of.subject!r}; the access policies still allow what was read before, so that "
                "old and new instances run side by side"
            ),
        ),
        checks=(
            (
                f"ConsumedReadCapacityUnits of {of.subject!r} (CloudWatch, AWS/DynamoDB) rise, and "
                "those of an index that was read before go down to zero"
            ),
        ),
        duration="as long as the application takes to be deployed; watch it for a day",
    )


def leave(of: Deployment) -> Said:
    """Let patterns read what is there already instead of an index that is to go."""
    moving = listed(of.words["moving"])
    return Said(
        title=f"leave index {of.subject!r} of table {of.physical}: point {moving} elsewhere, at "
        "what is there already",
        then=(f"deploy the application that performs {moving} as declared",),
        checks=(_unread(of.subject),),
        duration="as long as the application takes to be deployed; watch it for a day",
    )


def release(of: Deployment) -> Said:
    """Let the access policies no longer allow an index that is to go."""
    leaving = listed(of.words["leaving"])
    gone = (f"deploy the application that no longer performs {leaving}",) if leaving else ()
    return Said(
        title=f"take back the permission to query index {of.subject!r} of table {of.physical}",
        first=(
            *gone,
            f"make sure that nobody queries it, undeclared readers too: {_unread(of.subject)}",
        ),
        then=(
            (
                "a reader that was overlooked is denied from now on; to help it, deploy the step "
                "before once more, which takes seconds, where a dropped index would take hours"
            ),
        ),
        checks=("the application's logs have no AccessDeniedException",),
        served=f"every access pattern of the new model; {of.subject!r} is still there",
        duration="seconds; watch it for a day",
    )


def drop(of: Deployment) -> Said:
    """Drop an index that nobody reads."""
    return Said(
        title=f"drop index {of.subject!r} of table {of.physical}",
        first=(
            (
                "`tablewright guard` has a note of it and no index outage: no declared pattern "
                "uses it, and no deployed access policy allows it (where one still does, first "
                "deploy the model with the index and without the patterns on it)"
            ),
        ),
        checks=(_index_status(of) + " prints nothing any more",),
        served=f"every access pattern of the new model; {of.subject!r} is gone on purpose",
        duration="minutes; the index cannot be queried from the beginning on",
    )


def _index_status(of: Deployment) -> str:
    return (
        f"aws dynamodb describe-table --table-name {of.physical} --query "
        f"\"Table.GlobalSecondaryIndexes[?IndexName=='{of.subject}'].IndexStatus\" --output text"
    )


def _unread(index: str) -> str:
    return f"ConsumedReadCapacityUnits of {index!r} (CloudWatch, AWS/DynamoDB) are zero for a day"
