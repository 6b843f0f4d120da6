"""A request of a query is what its access pattern declares, with every part of a key escaped."""

from itertools import product

import pytest

from tablewright.data_access.errors import InvalidInput, KeyTooLong
from tablewright.data_access.repository.requests import query
from tablewright.models import Operation
from tablewright.models.catalog import CATALOG, FILE_SHARING, KV_STORAGE, USAGE_QUOTAS
from tablewright.models.keys import LAST

QUERIES = {
    f"{model.name} {pattern.name}": (model, pattern)
    for model in CATALOG.values()
    for pattern in model.patterns
    if pattern.operation is Operation.QUERY
}
EARLY, LATE = "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"


def requested(model, name, fields, upper=None, **options):
    return query(model, model.pattern(name), fields, upper, **options)


@pytest.mark.parametrize(("model", "pattern"), QUERIES.values(), ids=QUERIES)
def test_every_declared_query_says_all_that_is_declared(model, pattern):
    ends = [end for each in pattern.key for end in (each.template, each.upper) if end]
    fields = {field.name: "a#%" for template in ends for field in template.fields}
    request = query(model, pattern, fields, shard=0 if pattern.fan_in > 1 else None)
    assert request.get("IndexName") == pattern.index
    assert request.get("ConsistentRead", False) is pattern.strong is (pattern.index is None)
    assert request["ScanIndexForward"] is not pattern.descending
    named = {condition.attribute for condition in pattern.key} | set(pattern.attributes)
    assert request["ExpressionAttributeNames"] == {f"#{name}": name for name in named}
    assert request.get("ProjectionExpression", "") == ", ".join(f"#{n}" for n in pattern.attributes)
    assert "Limit" not in request
    assert "FilterExpression" not in request
    texts = [next(iter(value.values())) for value in request["ExpressionAttributeValues"].values()]
    assert not any("a#%" in text for text in texts), "a part of a key is escaped"


def test_a_prefix_that_a_caller_gives_may_be_empty_and_ends_anywhere():
    fields = {"name": "n#1"}
    for prefix, text in (("", "KEY#"), ("a", "KEY#a"), ("a#", "KEY#a%23")):
        request = requested(KV_STORAGE, "list_keys", fields | {"key": prefix})
        assert request["ExpressionAttributeValues"] == {
            ":PK": {"S": "NS#n%231"},
            ":SK": {"S": text},
        }
        assert request["KeyConditionExpression"] == "#PK = :PK AND begins_with(#SK, :SK)"


def test_a_component_is_a_prefix_with_its_end():
    request = requested(USAGE_QUOTAS, "list_by_owner.status", {"owner": "o", "status": "in"})
    assert request["ExpressionAttributeValues"][":GSI1SK"] == {"S": "STATUS#in#"}


def test_a_range_ends_behind_everything_that_begins_as_its_end():
    request = requested(
        USAGE_QUOTAS,
        "list_user_sessions.from_to",
        {"userId": "u", "timestamp": EARLY},
        {"timestamp": LATE},
    )
    assert request["KeyConditionExpression"] == (
        "#GSI1PK = :GSI1PK AND #GSI1SK BETWEEN :GSI1SK AND :GSI1SK_upper"
    )
    assert request["ExpressionAttributeValues"][":GSI1SK"] == {"S": f"TIMESTAMP#{EARLY}"}
    upper = request["ExpressionAttributeValues"][":GSI1SK_upper"]
    assert upper == {"S": f"TIMESTAMP#{LATE}#{LAST}"}
    assert upper["S"] > f"TIMESTAMP#{LATE}#zzz"


def test_a_range_of_one_moment_is_a_range():
    fields = {"userId": "u", "timestamp": EARLY}
    for upper in (None, {"timestamp": EARLY}):
        request = requested(USAGE_QUOTAS, "list_user_sessions.from_to", fields, upper)
        assert request["ExpressionAttributeValues"][":GSI1SK_upper"]["S"].startswith(
            f"TIMESTAMP#{EARLY}#"
        )


def test_a_range_the_wrong_way_round_is_refused():
    with pytest.raises(InvalidInput, match=r"list_user_sessions\.from_to: the range begins at"):
        requested(
            USAGE_QUOTAS,
            "list_user_sessions.from_to",
            {"userId": "u", "timestamp": LATE},
            {"timestamp": EARLY},
        )


@pytest.mark.parametrize("shard", range(8))
def test_each_shard_of_a_key_is_a_query_of_its_own(shard):
    request = requested(USAGE_QUOTAS, "list_by_tier", {"tier": "a#"}, shard=shard)
    assert request["ExpressionAttributeValues"] == {":GSI1PK": {"S": f"TIER#a%23#{shard}"}}


@pytest.mark.parametrize("value", ["", None, 7, b"x", "\ud800"])
def test_a_part_of_a_key_that_is_none_is_refused(value):
    for fields in ({"owner": value, "status": "s"}, {"owner": "o", "status": value}):
        with pytest.raises(InvalidInput):
            requested(USAGE_QUOTAS, "list_by_owner.status", fields)


@pytest.mark.parametrize(
    ("field", "longest", "most"),
    [("owner", 2048 - len("OWNER#"), "2,048"), ("status", 1024 - len("STATUS##"), "1,024")],
)
def test_keys_of_indexes_have_their_limits_in_conditions_too(field, longest, most):
    fields = {"owner": "o", "status": "s"}
    requested(USAGE_QUOTAS, "list_by_owner.status", fields | {field: "x" * longest})
    with pytest.raises(KeyTooLong, match=f"at most {most}"):
        requested(USAGE_QUOTAS, "list_by_owner.status", fields | {field: "x" * (longest + 1)})


def test_two_conditions_are_the_same_only_for_the_same_fields():
    parts = ("a", "a#", "a%23", "#", "%", "a#b", "b")
    seen = {}
    for owner, status in product(parts, repeat=2):
        fields = {"owner": owner, "status": status}
        values = requested(USAGE_QUOTAS, "list_by_owner.status", fields)[
            "ExpressionAttributeValues"
        ]
        seen.setdefault(str(values), fields)
    assert len(seen) == len(parts) ** 2


def test_a_number_is_compared_as_one():
    sized = [p for p in FILE_SHARING.patterns if p.index == "userFileSizeIndex"]
    assert sized, "files are listed by size"
    for pattern in sized:
        request = query(FILE_SHARING, pattern, {"userId": "u", "fileSize": 5})
        assert request["ExpressionAttributeValues"][":userId"] == {"S": "u"}
