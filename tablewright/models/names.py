"""The names that a model gives, refused where the program, a shell or SSM would not take them."""

from __future__ import annotations

import re

from tablewright.models.errors import ModelError

VERIFIER = "verifier"
"""Who checks a deployment; every store has a read-only policy for it."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_GROUP = re.compile(r"[a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)*")


def check_consumer(model: str, name: str) -> None:
    """Refuse a consumer that is called like the verifier."""
    if name == VERIFIER:
        raise ModelError(
            f"model {model!r}: consumer {name!r} is reserved for the verifier of each store; "
            "rename it"
        )


def check_environment_variable(table: str, name: str) -> None:
    """Refuse an environment variable that no shell can export, or that the SDKs of AWS read."""
    where = f"table {table!r}: environment variable {name!r}"
    if not _VARIABLE.fullmatch(name):
        raise ModelError(
            f"{where} is no name that a shell can export; use letters, digits and '_', no digit "
            "first"
        )
    if name.startswith("AWS_"):
        raise ModelError(
            f"{where} begins with 'AWS_', which the SDKs of AWS read for themselves; let it begin "
            "otherwise"
        )


def check_group(table: str, name: str) -> None:
    """Refuse a group that cannot be part of an SSM path (API: PutParameter)."""
    if not _GROUP.fullmatch(name):
        raise ModelError(
            f"table {table!r}: group {name!r} is part of an SSM path, which takes letters, "
            "digits, '_', '-' and '.' between single slashes; rename it"
        )
