"""The names that a model gives, refused where the program, a shell or SSM would not take them."""

from __future__ import annotations

from tablewright.models.errors import ModelError

VERIFIER = "verifier"
"""Who checks a deployment; every store has a read-only policy for it."""


def check_consumer(model: str, name: str) -> None:
    """Refuse a consumer that is called like the verifier."""
    if name == VERIFIER:
        raise ModelError(
            f"model {model!r}: consumer {name!r} is reserved for the verifier of each store; "
            "rename it"
        )
