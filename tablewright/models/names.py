"""The names that a model gives, refused where the program, a shell or SSM would not take them."""

from __future__ import annotations

import re

from tablewright.models.errors import ModelError

VERIFIER = "verifier"
"""Who checks a deployment; every store has a read-only policy for it."""

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_GROUP = re.compile(r"[a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)*")


def check_model(name: str) -> None:
    """Refuse a model that is not named by a lower-case identifier, as `stores` lists it."""
    _check_identifier(f"model {name!r}", name, "notebook")


def check_consumer(model: str, name: str) -> None:
    """Refuse a consumer not named by a lower-case identifier, and one called like the verifier."""
    where = f"model {model!r}: consumer {name!r}"
    _check_identifier(where, name, "api")
    if name == VERIFIER:
        raise ModelError(f"{where} is reserved for the verifier of each store; rename it")


def check_not_empty(what: str, name: str) -> None:
    """Refuse a thing without a name."""
    if not name.strip():
        raise ModelError(f"{what} has no name; give it one")


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


def _check_identifier(where: str, name: str, otherwise: str) -> None:
    """Physical names write '_' as '-', so that two names that differ by it alone would meet."""
    if not _IDENTIFIER.fullmatch(name):
        raise ModelError(
            f"{where}: its name is no lower-case identifier (a letter, then letters, digits and "
            f"'_'); call it {_identifier(name) or otherwise!r}"
        )


def _identifier(name: str) -> str:
    """Make an identifier of any text, an empty one where that has no letter."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return re.sub(r"[^a-z0-9_]+", "_", words).lstrip("_0123456789").rstrip("_")
