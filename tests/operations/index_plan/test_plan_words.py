"""What a plan proposes and prints: names, code, places, and models carried between processes."""

import pytest

from tablewright.models import (
    KEYS_ONLY,
    Attribute,
    AttributeType,
    Index,
    Key,
    Projection,
    Stream,
    StreamView,
    WarmThroughput,
)
from tablewright.models.access import Comparator
from tablewright.models.catalog import CATALOG
from tablewright.models.keys import LAST
from tablewright.models.patterns import begins_with, between, compare, equals, get, query
from tablewright.operations.index_plan.before.transfer import facts, loaded
from tablewright.operations.index_plan.target import next_name
from tablewright.operations.index_plan.words.code import index_code, pattern_code, stream_code
from tablewright.operations.index_plan.words.places import Places
from tests.support.recording import ROOT
from tests.support.small_models import ORDER


@pytest.mark.parametrize(
    ("name", "taken", "proposed"),
    [
        ("byDay", (), "byDayV2"),
        ("byDay", ("byDayV2", "byDayV3"), "byDayV4"),
        ("byDayV9", ("byDay",), "byDayV10"),
        ("V2", (), "V3"),
        ("a" * 255, (), "a" * 253 + "V2"),
        ("a" * 253 + "V9", (), "a" * 252 + "V10"),
    ],
)
def test_a_name_for_the_next_version_is_free_and_not_too_long(name, taken, proposed):
    assert next_name(name, taken) == proposed


def test_the_name_of_an_attribute_is_cut_between_characters():
    assert next_name("é" * 127 + "x", (), 255) == "é" * 126 + "V2"


NUMBER = Attribute("size", AttributeType.NUMBER)


@pytest.mark.parametrize(
    ("index", "code"),
    [
        (Index(name="a-b", key=Key.of("x")), 'Index(name="a-b", key=Key.of("x"))'),
        (
            Index(name="abc", key=Key.of("x", NUMBER), projection=KEYS_ONLY),
            (
                'Index(name="abc", key=Key.of("x", Attribute("size", AttributeType.NUMBER)), '
                "projection=KEYS_ONLY)"
            ),
        ),
        (
            Index(
                name="abc",
                key=Key((Attribute("x"), NUMBER)),
                projection=Projection.include("y", "z"),
                warm_throughput=WarmThroughput(read_units=12_000, write_units=4_000),
                kept_because='"why"',
            ),
            (
                'Index(name="abc", key=Key((Attribute("x"), '
                'Attribute("size", AttributeType.NUMBER)), '
                '()), projection=Projection.include("y", "z"), '
                "warm_throughput=WarmThroughput(read_units=12000, write_units=4000), "
                'kept_because="\\"why\\"")'
            ),
        ),
    ],
)
def test_the_code_of_an_index_declares_it(index, code):
    assert index_code(index) == code
    names = {
        "Index": Index,
        "Key": Key,
        "Attribute": Attribute,
        "AttributeType": AttributeType,
        "Projection": Projection,
        "KEYS_ONLY": KEYS_ONLY,
        "WarmThroughput": WarmThroughput,
    }
    assert eval(code, names) == index  # noqa: S307 -- what the plan tells a user to write


RANGES = [
    begins_with("GSI1SK", "AT#"),
    between("GSI1SK", "AT#<createdAt>", f"AT#<createdAt>{LAST}"),
    compare("GSI1SK", Comparator.AT_MOST, "AT#<createdAt>"),
]


@pytest.mark.parametrize("condition", RANGES, ids=lambda c: str(c.comparator))
def test_the_code_of_a_query_declares_it(condition):
    pattern = query(
        "list",
        ORDER,
        "api",
        "worker",
        index="byStatus",
        key=(equals("GSI1PK", "STATUS#<status>"), condition),
        descending=True,
        attributes=("total",),
    )
    names = {
        "query": query,
        "ORDER": ORDER,
        "equals": equals,
        "begins_with": begins_with,
        "between": between,
        "compare": compare,
        "Comparator": Comparator,
    }
    assert eval(pattern_code(pattern), names) == pattern  # noqa: S307 -- as above


def test_the_code_of_what_is_no_query_is_a_description():
    assert pattern_code(get("get_order", ORDER, "api")) == 'GetItem "get_order" on orders for "api"'


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        (None, "None"),
        (Stream(view=StreamView.KEYS_ONLY), "Stream(view=StreamView.KEYS_ONLY)"),
        (
            Stream(view=StreamView.NEW_IMAGE, audit_trail_only=True),
            "Stream(view=StreamView.NEW_IMAGE, audit_trail_only=True)",
        ),
    ],
)
def test_the_code_of_a_stream_declares_it(stream, code):
    assert stream_code(stream) == code


@pytest.mark.parametrize("model", CATALOG.values(), ids=CATALOG)
def test_a_model_is_the_same_after_its_way_between_two_processes(model):
    there = loaded(facts(model))
    assert facts(there) == facts(model)
    assert there.tables == model.tables


def test_places_name_the_file_of_each_declaration():
    places = Places.of(ROOT)
    folder = "tablewright/models/catalog"
    assert places.table("shop") == f"in {folder}/shop_tables.py, TableSpec 'shop'"
    assert places.entity("claim") == f"in {folder}/file_sharing_tables.py, Entity 'claim'"
    assert places.pattern("get_file_by_id.next") == f"in {folder}/file_sharing.py"


def test_what_is_declared_nowhere_or_twice_is_in_the_model():
    places = Places.of(ROOT)
    assert places.table("nothing") == "in the model, TableSpec 'nothing'"
    assert places.entity("user") == "in the model, Entity 'user'"
    assert Places().pattern("get") == "in the model"


def test_a_catalog_that_is_no_python_names_no_places(tmp_path):
    folder = tmp_path / "tablewright" / "models" / "catalog"
    folder.mkdir(parents=True)
    (folder / "broken.py").write_text("def (")
    assert Places.of(tmp_path) == Places()
