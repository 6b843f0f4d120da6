"""What is said of deployments that change a stream or end one."""

from __future__ import annotations

from tablewright.operations.index_plan.deployment import ALL_SERVED, Deployment, Said, listed


def stream(of: Deployment) -> Said:
    """Change a stream's view."""
    readers = listed(of.words["readers"]) or "whoever reads the stream"
    return Said(
        title=f"table {of.physical}: the stream's view becomes {of.subject}",
        first=(
            (
                f"deploy consumers ({readers}) that understand records of {of.words['old']} and of "
                f"{of.subject}"
            ),
            (
                "choose a time of few writes, or hold them: what is written between the end of the "
                "old stream and the beginning of the new is in neither"
            ),
        ),
        then=(
            (
                "let the consumers finish the old stream: its records stay readable for 24 hours "
                "under the old ARN"
            ),
            (
                "point them at the new ARN (the SSM parameter of the stream, LatestStreamArn), "
                "from TRIM_HORIZON on; event source mappings are made anew"
            ),
            "compare what was written meanwhile, where none may be missed",
        ),
        checks=(
            (
                f"aws dynamodb describe-table --table-name {of.physical} --query "
                "'Table.[StreamSpecification,LatestStreamArn]'"
            ),
            "IteratorAge of the old event source mapping is 0 before it is removed",
        ),
        served=f"{ALL_SERVED}; stream records for a moment in neither stream",
        duration="minutes; up to 24 hours until the old stream is finished",
    )


def stream_off(of: Deployment) -> Said:
    """End a stream."""
    readers = listed(of.words["readers"]) or "whoever reads the stream"
    return Said(
        title=f"table {of.physical}: end the stream",
        first=(
            f"let its consumers ({readers}) finish, then take their event source mappings away",
        ),
        checks=(
            (
                f"aws dynamodb describe-table --table-name {of.physical} --query "
                "Table.StreamSpecification prints nothing"
            ),
        ),
        served="every read and write of both models; the stream is gone on purpose",
        duration="minutes; records that nobody has read stay for 24 hours",
    )
