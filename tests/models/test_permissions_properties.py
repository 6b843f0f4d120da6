"""Whatever a consumer's patterns are, its access policies allow what they need and nothing else."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.models import Operation
from tablewright.models.limits import MANAGED_POLICY_CHARACTERS
from tests.support.iam_requests import requests_of
from tests.support.iam_resources import LEADING_KEY_ACTIONS
from tests.support.iam_universe import (
    access_of,
    documents_of,
    granted,
    resources_of,
    scope_of,
    surroundings_of,
)
from tests.support.random_models import CONSUMERS, TABLE_NAMES, models

TEAM = {"aws:PrincipalTag/team": "red"}
CONTEXTS = (
    {**TEAM, "dynamodb:LeadingKeys": ("T#red",)},
    {**TEAM, "dynamodb:LeadingKeys": ("T#blue",)},
    {**TEAM, "dynamodb:LeadingKeys": ("T#red", "T#blue")},
    {"dynamodb:LeadingKeys": ("T#red",)},
    TEAM,
)

streams = st.lists(st.sampled_from(TABLE_NAMES), unique=True)
consumers = st.sampled_from(CONSUMERS)


def needed(model, consumer, scope, context):
    """What the patterns ask for that this principal, with these keys, is meant to have."""
    own_tenant = context == CONTEXTS[0]
    return {
        (request.action, request.resource)
        for pattern in model.patterns_of(consumer)
        if pattern.operation is not Operation.READ_STREAM or pattern.table in scope.streams
        if pattern.tenant_key is None or own_tenant
        for request in requests_of(model, pattern, scope)
    }


@settings(max_examples=60, deadline=None)
@given(models(), consumers, streams)
def test_the_derived_policies_allow_exactly_what_the_patterns_need(model, consumer, streams):
    scope = scope_of(model, streams=streams)
    access = access_of(model, consumer, scope)
    around = set(resources_of(model, scope)) | {"*"}
    for context in CONTEXTS:
        assert granted(access, around, context) == needed(model, consumer, scope, context)


@settings(max_examples=30, deadline=None)
@given(models(), consumers)
def test_the_derived_policies_reach_nothing_outside_of_the_stack(model, consumer):
    scope = scope_of(model)
    beyond = set(surroundings_of(model, scope)) - set(resources_of(model, scope)) - {"*"}
    assert granted(access_of(model, consumer, scope), beyond, CONTEXTS[0]) == set()


@settings(max_examples=60, deadline=None)
@given(models(), consumers, streams)
def test_documents_hold_to_the_limits_of_iam(model, consumer, streams):
    for text in documents_of(model, consumer, scope_of(model, streams=streams)):
        sids = [entry["Sid"] for entry in json.loads(text)["Statement"]]
        assert len(set(sids)) == len(sids)
        assert all(sid.isascii() and sid.isalnum() for sid in sids)
        assert len(text) <= MANAGED_POLICY_CHARACTERS


def test_the_contexts_tell_tenants_apart():
    assert {"dynamodb:GetItem", "dynamodb:Query"} <= LEADING_KEY_ACTIONS
    assert len({str(context) for context in CONTEXTS}) == len(CONTEXTS)
