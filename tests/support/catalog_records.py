"""Every kind of record of the catalog, and records of each at random."""

import importlib
import pkgutil
import types
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Union, get_args, get_origin

from annotated_types import Ge
from hypothesis import strategies as st
from pydantic import AwareDatetime

import tablewright.data_access
from tablewright.data_access.application_table import Session, UserProfile
from tablewright.data_access.repository.kinds import Kind
from tablewright.models.catalog import APPLICATION_TABLE

PARTS = st.text(alphabet="#%235a\u00e9\U0001f600", min_size=1, max_size=6)
"""Parts of keys of what keys are parted and escaped by."""


def _found():
    package = tablewright.data_access
    names = [each.name for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    modules = [importlib.import_module(name) for name in names]
    kinds = [each for module in modules for each in vars(module).values() if isinstance(each, Kind)]
    kinds += [
        Kind(APPLICATION_TABLE, APPLICATION_TABLE.entity(entity), record)
        for record, entity in ((UserProfile, "user_profile"), (Session, "session"))
    ]
    return list({id(kind): kind for kind in kinds}.values())


def _is_whole(kind):
    return {*kind.entity.attributes, *kind.entity.keys} == set(kind._held)


EVERY_KIND = _found()
KINDS = {
    f"{kind.model.name} {kind.entity.name}": kind
    for kind in EVERY_KIND
    if _is_whole(kind) and kind.entity.attributes
}
PROJECTED = {kind.record.__name__: kind for kind in EVERY_KIND if not _is_whole(kind)}


def records_of(kind):
    """Return a strategy for the records of a kind."""
    fields = kind.record.model_fields
    values = {name: _values(name, field) for name, field in fields.items()}
    return st.fixed_dictionaries(values).map(lambda given: kind.record.of(**given))


def _values(name, field):
    least = [each.ge for each in field.metadata if isinstance(each, Ge)]
    if name == "email":
        addresses = st.builds("{}@{}.com".format, PARTS, PARTS)
        return st.none() | addresses if not field.is_required() else addresses
    if name == "value":
        return _ANYTHING.filter(lambda value: value is not None)
    if name == "type":
        return st.sampled_from(["monthly", "a#b-daily", "%-yearly"])
    return _of_type(field.annotation, least[0] if least else None)


def _of_type(annotation, least=None):
    if hasattr(annotation, "__metadata__"):  # an Annotated type within another
        return _of_type(annotation.__origin__, 1)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, types.UnionType}:
        return st.one_of(*(_of_type(each, least) for each in arguments))
    if origin is frozenset:
        return st.frozensets(PARTS, min_size=1, max_size=3)  # an empty one cannot be stored
    if origin in {dict, Mapping}:
        return st.dictionaries(PARTS, _of_type(arguments[1]), max_size=3)
    return _PLAIN[annotation](least)


def _whole(least):
    return st.integers(10**37 * -9 if least is None else least, 10**38 - 1)


_MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 -- the strategy adds the zone
_ANYTHING = st.recursive(
    st.none() | st.booleans() | _whole(None) | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(min_size=1, max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
_PLAIN = {
    str: lambda _: PARTS,
    int: _whole,
    bool: lambda _: st.booleans(),
    Decimal: lambda _: st.decimals(-(10**20), 10**20, places=4),
    datetime: lambda _: _MOMENTS,
    AwareDatetime: lambda _: _MOMENTS,
    type(None): lambda _: st.none(),
    Any: lambda _: _ANYTHING,
    object: lambda _: _ANYTHING,
}
