"""Random pairs of models whose tables have equal keys, and differ in indexes, TTL and stream."""

from hypothesis import strategies as st

from tablewright.models import (
    ALL,
    KEYS_ONLY,
    Attribute,
    AttributeType,
    Entity,
    Index,
    Key,
    Projection,
    Stream,
    StreamView,
    TableSpec,
)
from tablewright.models.patterns import create, equals, get, query, read_stream
from tablewright.operations.index_plan.composing import composed

TABLE = "things"
ENTITY = "thing"
_INDEXES = ("byA", "byAV2", "byB", "other")
_ATTRIBUTES = ("a", "b", "c")
_TTL = (None, "expiresAt", "deleteAt", "a")
_PATTERNS = tuple(f"list_{number}" for number in range(5))
_CONSUMERS = ("api", "worker")
_PROJECTED = ("status", "size")


@st.composite
def pairs(draw):
    """Return two models of one table."""
    return draw(_models()), draw(_models())


@st.composite
def _models(draw):
    types = {
        name: draw(st.sampled_from([AttributeType.STRING] * 4 + [AttributeType.NUMBER]))
        for name in _ATTRIBUTES
    }
    names = draw(st.lists(st.sampled_from(_INDEXES), max_size=3, unique=True))
    indexes = [_index(draw, name, types) for name in names]
    used = dict.fromkeys(attribute for index in indexes for attribute in index.key.names)
    templates = {
        name: draw(st.sampled_from([f"<{name}>"] * 4 + [f"X#<{name}>"]))
        if types[name] is AttributeType.STRING
        else f"<{name}>"
        for name in used
        if name not in ("pk", "sk")
    }
    ttl = draw(st.sampled_from([name for name in _TTL if name not in templates]))
    view = draw(st.sampled_from([None, StreamView.NEW_AND_OLD_IMAGES, StreamView.KEYS_ONLY]))
    keys = {"pk": "<pk>", "sk": "S#<sk>", **templates}
    others = [*_PROJECTED, *([ttl] if ttl else [])]
    thing = Entity(ENTITY, TABLE, keys, tuple(others))
    return composed(
        "pairs",
        [
            TableSpec(
                name=TABLE,
                key=Key.of("pk", "sk"),
                environment_variable="THINGS",
                indexes=tuple(indexes),
                ttl_attribute=ttl,
                stream=Stream(view=view) if view else None,
            )
        ],
        [thing],
        _patterns(draw, thing, indexes, has_stream=view is not None),
    )


def _index(draw, name, types):
    first, second = draw(st.permutations([*_ATTRIBUTES, "sk"]))[:2]
    parts = [Attribute(each, types.get(each, AttributeType.STRING)) for each in (first, second)]
    key = Key.of(*parts[: draw(st.integers(1, 2))])
    projection = draw(st.sampled_from([ALL, ALL, KEYS_ONLY, Projection.include("status")]))
    return Index(name=name, key=key, projection=projection)


def _patterns(draw, thing, indexes, *, has_stream):
    yield create("create", thing, "api")
    yield get("get", thing, "api")
    if has_stream:
        yield read_stream("changes", TABLE, "audit")
    for name in draw(st.lists(st.sampled_from(_PATTERNS), max_size=4, unique=True)):
        index = draw(st.sampled_from([None, *indexes, *indexes]))
        first = index.key.names[0] if index else "pk"
        whole = index is None or index.projection is ALL
        yield query(
            name,
            thing,
            draw(st.sampled_from(_CONSUMERS)),
            index=index.name if index else None,
            key=equals(first, thing.keys[first].text),
            attributes=() if whole else ("pk", first),
        )
