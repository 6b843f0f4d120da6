"""The operations of the engine, and how much each tells of what becomes of a resource."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Operation(StrEnum):
    """What the engine would do with a resource (pulumi: `deploy.StepOp`)."""

    SAME = "same"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    REPLACE = "replace"
    CREATE_REPLACEMENT = "create-replacement"
    DELETE_REPLACED = "delete-replaced"
    READ = "read"
    READ_REPLACEMENT = "read-replacement"
    REFRESH = "refresh"
    READ_DISCARD = "discard"
    DISCARD_REPLACED = "discard-replaced"
    REMOVE_PENDING_REPLACE = "remove-pending-replace"
    IMPORT = "import"
    IMPORT_REPLACEMENT = "import-replacement"

    @property
    def creates(self) -> bool:
        """Tell whether the engine makes the resource without a predecessor."""
        return self is Operation.CREATE

    @property
    def replaces(self) -> bool:
        """Tell whether the resource is deleted, and another takes its place."""
        return self in _REPLACING

    @property
    def ends(self) -> bool:
        """Tell whether the step, alone, is the end of the resource in the stack."""
        return self in _ENDING

    @property
    def weight(self) -> int:
        """Return how much a step tells, beside others of the same resource."""
        return _BY_WEIGHT.index(self)


_REPLACING: Final = frozenset(
    {
        Operation.REPLACE,
        Operation.CREATE_REPLACEMENT,
        Operation.READ_REPLACEMENT,
        Operation.IMPORT_REPLACEMENT,
        Operation.DELETE_REPLACED,
    }
)
_ENDING: Final = frozenset(
    {
        Operation.DELETE,
        Operation.DELETE_REPLACED,
        Operation.READ_DISCARD,
        Operation.DISCARD_REPLACED,
        Operation.REMOVE_PENDING_REPLACE,
    }
)
_BY_WEIGHT: Final = (
    Operation.REMOVE_PENDING_REPLACE,
    Operation.DISCARD_REPLACED,
    Operation.READ_DISCARD,
    Operation.DELETE_REPLACED,
    Operation.DELETE,
    Operation.REFRESH,
    Operation.SAME,
    Operation.READ,
    Operation.UPDATE,
    Operation.IMPORT,
    Operation.CREATE,
    Operation.READ_REPLACEMENT,
    Operation.IMPORT_REPLACEMENT,
    Operation.CREATE_REPLACEMENT,
    Operation.REPLACE,
)
