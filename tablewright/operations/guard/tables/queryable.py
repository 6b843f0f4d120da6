"""Who may query an index by what is deployed, whatever the models declare by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene

_READING: Final = ("dynamodb:Query", "dynamodb:Scan", "dynamodb:PartiQLSelect")


def allowed_by(change: Change, scene: Scene, index: str) -> list[str]:
    """Return the deployed managed policies that let somebody read an index of a table.

    An index and its access patterns may go in one commit, and its readers do not.
    """
    arn = change.old.outputs.get("arn") if change.old else None
    resource = f"{arn}/index/{index}"
    return sorted(
        name
        for name, document in scene.deployed_documents
        if any(grant.allows(action, resource) for grant in document.grants for action in _READING)
    )
