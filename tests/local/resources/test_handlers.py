"""What holds for every handler, so that a new one cannot escape it."""

import importlib
from pathlib import Path

import pytest
from pulumi._types import resource_types

import tablewright.local.resources as package
from tablewright.local import type_tokens
from tablewright.local.errors import UnsupportedTypeError
from tablewright.local.resources import HANDLERS, handler_for

TOKENS = {value for name, value in vars(type_tokens).items() if name.isupper()}


@pytest.fixture(params=HANDLERS.values(), ids=lambda one: one.type_token)
def handler(request):
    return request.param


def test_every_type_in_use_has_its_handler():
    assert HANDLERS.keys() == TOKENS


def test_every_handler_has_a_file_named_after_its_type(handler):
    name = handler.type_token.rpartition(":")[2]
    module = "".join(f"_{one.lower()}" if one.isupper() else one for one in name).lstrip("_")

    assert (Path(package.__file__).parent / f"{module}.py").is_file()
    assert type(handler).__module__.endswith(f".{module}")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pulumi_aws")
def test_every_replacing_and_required_property_is_one_of_the_real_type(handler):
    _, module, name = handler.type_token.split(":")
    found = importlib.import_module(f"pulumi_aws.{module.partition('/')[0]}")
    known = {*resource_types(getattr(found, name))}

    assert handler.replace_on
    assert handler.replace_on | {*handler.required} <= known


def test_nothing_passes_the_check_without_its_required_inputs(handler):
    assert {name for name, _ in handler.check({})} == {*handler.required}


def test_an_unknown_type_is_told_with_the_file_to_add():
    with pytest.raises(UnsupportedTypeError) as caught:
        handler_for("aws:s3/bucketV2:BucketV2")

    assert "'aws:s3/bucketV2:BucketV2' has no handler" in str(caught.value)
    assert "tablewright/local/resources/bucket_v2.py" in str(caught.value)
