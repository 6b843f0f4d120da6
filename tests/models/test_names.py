"""The names that a model gives: what the program, a shell and SSM take."""

from __future__ import annotations

import pytest

from tablewright.models import ModelError
from tablewright.models.patterns import get
from tests.support import small_models
from tests.support.small_models import ORDER


def test_no_consumer_is_called_like_the_verifier_of_each_store():
    message = (
        r"^model 'orders': consumer 'verifier' is reserved for the verifier of each store; "
        r"rename it$"
    )
    with pytest.raises(ModelError, match=message):
        small_models.model(get("get_order", ORDER, "api", "verifier"))


def test_a_consumer_may_be_called_nearly_like_the_verifier():
    assert (
        "verifier_of_orders"
        in small_models.model(get("get_order", ORDER, "verifier_of_orders")).consumers
    )
