import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.runtime.rpc import UNKNOWN as UNKNOWN_TEXT

from tablewright.local.property_values import (
    LARGEST_WHOLE_NUMBER,
    has_unknown,
    plain_map,
    protocol_map,
    secret_names,
)
from tablewright.recorder import UNKNOWN

NAMES = st.text(min_size=1).filter(lambda name: name != "4dabf18193072939515e22adb298388d")
LEAVES = st.one_of(
    st.booleans(),
    st.integers(-LARGEST_WHOLE_NUMBER, LARGEST_WHOLE_NUMBER),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.just(UNKNOWN),
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=12
)
PROPERTIES = st.dictionaries(NAMES, VALUES)


def over_the_wire(properties, secrets=()):
    message = PropertyValue.marshal_map(protocol_map(properties, secrets=secrets))
    return PropertyValue.unmarshal_map(type(message).FromString(message.SerializeToString()))


@given(PROPERTIES)
def test_properties_survive_the_way_to_the_engine_and_back(properties):
    assert plain_map(over_the_wire(properties)) == properties


@given(PROPERTIES, st.data())
def test_secrets_survive_the_way_and_come_back_unwrapped(properties, data):
    secrets = data.draw(st.sets(st.sampled_from(sorted(properties)))) if properties else set()
    returned = over_the_wire(properties, secrets)
    assert secret_names(returned) == secrets
    assert plain_map(returned) == properties


def test_whole_numbers_come_back_as_integers_and_booleans_stay_booleans():
    returned = plain_map(over_the_wire({"days": 35, "threshold": 0.5, "enabled": True}))
    assert returned == {"days": 35, "threshold": 0.5, "enabled": True}
    kinds = {name: type(value) for name, value in returned.items()}
    assert kinds == {"days": int, "threshold": float, "enabled": bool}


def test_a_null_in_an_object_means_not_set_and_one_in_a_list_stays():
    given_values = {"ttl": None, "nested": {"a": None, "b": 1}, "items": [None, 1]}
    assert plain_map(over_the_wire(given_values)) == {"nested": {"b": 1}, "items": [None, 1]}
    assert plain_map({"ttl": PropertyValue.null()}) == {}


def test_a_number_that_would_lose_digits_is_refused():
    with pytest.raises(ValueError, match=r"9007199254740993.*hand it over as a string"):
        protocol_map({"size": LARGEST_WHOLE_NUMBER + 1})


def test_a_secret_deep_inside_makes_its_property_secret():
    inner = PropertyValue({"password": PropertyValue("x", is_secret=True)})
    assert secret_names({"settings": inner, "name": PropertyValue("n")}) == {"settings"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (UNKNOWN, True),
        ([1, {"a": UNKNOWN}], True),
        ([1, {"a": "known"}], False),
        (math.pi, False),
    ],
)
def test_unknown_values_are_found_at_any_depth(value, expected):
    assert has_unknown(value) is expected


def test_the_engines_text_for_unknown_becomes_the_sentinel():
    assert plain_map({"arn": PropertyValue(UNKNOWN_TEXT)}) == {"arn": UNKNOWN}
