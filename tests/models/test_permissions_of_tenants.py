"""Patterns with a tenant key: IAM holds each principal to the partitions of its own tenant."""

import json

import pytest

from tablewright.models import DataModel, Entity, Index, Key, Operation, TableSpec, patterns
from tablewright.models.access import AccessPattern
from tests.support.iam import Access, Request
from tests.support.iam_requests import requests_of
from tests.support.iam_universe import access_of, documents_of, scope_of

TENANT_KEY = "TENANT#${aws:PrincipalTag/tenant}"
NOTE = Entity("note", "notes", {"PK": "TENANT#<tenant>", "SK": "NOTE#<id>", "day": "<day>"})
ACME = {"aws:PrincipalTag/tenant": "acme"}


def of_tenant(name, operation, **arguments):
    return AccessPattern(
        name=name,
        consumers=("app",),
        operation=operation,
        tenant_key=TENANT_KEY,
        **{"entities": (NOTE,), **arguments},
    )


MODEL = DataModel(
    name="notes",
    tables=(
        TableSpec(
            name="notes",
            key=Key.of("PK", "SK"),
            environment_variable="NOTES_TABLE_NAME",
            indexes=(Index(name="byDay", key=Key.of("PK", "day"), local=True),),
        ),
    ),
    entities=(NOTE,),
    patterns=(
        of_tenant("get", Operation.GET_ITEM),
        of_tenant("get_many", Operation.BATCH_GET_ITEM),
        of_tenant("write_many", Operation.BATCH_WRITE_ITEM),
        of_tenant("list", Operation.QUERY, key=(patterns.equals("PK", "TENANT#<tenant>"),)),
        of_tenant(
            "by_day",
            Operation.QUERY,
            index="byDay",
            key=(patterns.equals("PK", "TENANT#<tenant>"),),
        ),
        of_tenant(
            "swap",
            Operation.TRANSACT_WRITE_ITEMS,
            entities=(),
            parts=(patterns.put_part(NOTE), patterns.delete_part(NOTE)),
        ),
        patterns.get("look_up_any", NOTE, "support"),
    ),
)
SCOPE = scope_of(MODEL)

every_pattern = pytest.mark.parametrize("pattern", MODEL.patterns_of("app"), ids=lambda p: p.name)


def asked(pattern, tenant, principal):
    return requests_of(MODEL, pattern, SCOPE, values={"tenant": tenant}, principal=principal)


@every_pattern
def test_the_own_tenant_is_allowed(pattern):
    access = access_of(MODEL, "app", SCOPE)
    assert all(access.allows(request) for request in asked(pattern, "acme", ACME))


@every_pattern
@pytest.mark.parametrize(
    ("tenant", "principal"),
    [("other", ACME), ("acme-2", ACME), ("acme", {}), ("${aws:PrincipalTag/tenant}", {})],
    ids=str,
)
def test_another_tenant_is_denied(pattern, tenant, principal):
    access = access_of(MODEL, "app", SCOPE)
    assert not any(access.allows(request) for request in asked(pattern, tenant, principal))


@every_pattern
def test_one_foreign_item_among_own_ones_is_denied(pattern):
    access = access_of(MODEL, "app", SCOPE)
    for request in asked(pattern, "acme", ACME):
        mixed = {**request.context, "dynamodb:LeadingKeys": ("TENANT#acme", "TENANT#other")}
        assert not access.allows(Request(request.action, request.resource, mixed))


@every_pattern
def test_a_request_without_leading_keys_is_denied_thanks_to_the_null_guard(pattern):
    access = access_of(MODEL, "app", SCOPE)
    unguarded = Access(without_null_guard(text) for text in documents_of(MODEL, "app", SCOPE))
    for request in asked(pattern, "acme", ACME):
        bare = Request(request.action, request.resource, ACME)
        assert not access.allows(bare)
        assert unguarded.allows(bare)


def test_a_consumer_without_a_tenant_key_is_held_to_none():
    access = access_of(MODEL, "support", SCOPE)
    (pattern,) = MODEL.patterns_of("support")
    assert all(access.allows(request) for request in asked(pattern, "acme", {}))


def without_null_guard(text):
    body = json.loads(text)
    for entry in body["Statement"]:
        del entry["Condition"]["Null"]
    return json.dumps(body)
