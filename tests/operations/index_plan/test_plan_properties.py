"""Whatever two models differ in: a plan ends at the new one, and nothing is missed on the way."""

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from moto import mock_aws

from tablewright.models import Operation
from tablewright.operations.index_plan.before.transfer import facts, loaded
from tests.support.model_pairs import ENTITY, TABLE, pairs
from tests.support.plan_walks import (
    deploying,
    is_allowed,
    is_served,
    item_of,
    own_patterns,
    projections,
)
from tests.support.plans import declared, planned


def examples(count):
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@pytest.fixture(scope="module")
def client():
    with mock_aws():
        yield boto3.client(
            "dynamodb",
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )


def steps_between(pair, **options):
    made = planned(*pair, **options)
    assert not made.impossible, made.impossible
    return made.steps


@examples(30)
@given(pairs())
def test_the_steps_lead_an_emulator_to_the_new_model_one_change_a_deployment(client, pair):
    steps = steps_between(pair)
    for tables, model in deploying(client, pair[0], steps):
        assert tables.shape(TABLE) == declared(model).shapes[TABLE]
    wanted = declared(pair[1]).shapes[TABLE]
    if not steps:
        assert declared(pair[0]).shapes[TABLE].indexes == wanted.indexes
        return
    reached = declared(steps[-1].model).shapes[TABLE]
    assert (reached.ttl_attribute, reached.stream_view) == (
        wanted.ttl_attribute,
        wanted.stream_view,
    )
    assert projections(reached) == projections(wanted)


@examples(30)
@given(pairs())
def test_every_pattern_of_both_models_is_served_until_its_index_goes_on_purpose(client, pair):
    before, steps = pair[0], steps_between(pair)
    after = steps[-1].model if steps else pair[1]
    kept = {index.name for index in after.table(TABLE).indexes}
    for tables, model in deploying(client, before, steps):
        client.put_item(TableName=tables.names[TABLE], Item=item_of(before, after))
        standing = {None, *(index.name for index in model.table(TABLE).indexes)}
        for pattern in before.patterns:
            gone = pattern.index not in standing
            assert not gone or pattern.index not in kept
            assert gone or is_served(client, tables, before, pattern), pattern.name
        for pattern in after.patterns:
            ready = pattern.index in standing
            old = [p for p in before.patterns if p.name == pattern.name]
            assert not ready or is_served(client, tables, after, pattern), pattern.name
            assert ready or not old or old[0].index in standing, pattern.name


@examples(60)
@given(pairs())
def test_the_application_of_one_step_keeps_its_permissions_and_indexes_in_the_next(pair):
    steps = steps_between(pair)
    ends_with = {pattern.name for pattern in pair[1].patterns}
    for running, deployed in zip((pair[0], *(s.model for s in steps)), steps, strict=False):
        standing = {None, *(index.name for index in deployed.model.table(TABLE).indexes)}
        for pattern in own_patterns(running):
            if pattern.name in ends_with and pattern.operation is not Operation.READ_STREAM:
                assert pattern.index in standing, (deployed.title, pattern.name)
                assert is_allowed(deployed.model, pattern), (deployed.title, pattern.name)


@examples(60)
@given(pairs())
def test_no_pattern_reads_an_index_in_the_deployment_that_begins_to_build_it(pair):
    before = pair[0]
    for step in steps_between(pair):
        there = {None, *(index.name for index in before.table(TABLE).indexes)}
        known = {pattern.name for pattern in before.patterns}
        for pattern in own_patterns(step.model):
            assert pattern.index in there or pattern.name not in known, step.title
        before = step.model


@examples(60)
@given(pairs())
def test_no_index_is_dropped_that_the_deployment_before_lets_anybody_query(pair):
    before = pair[0]
    for step in steps_between(pair):
        left = {index.name for index in step.model.table(TABLE).global_indexes}
        dropped = {index.name for index in before.table(TABLE).global_indexes} - left
        assert dropped.isdisjoint(p.index for p in before.patterns), step.title
        before = step.model


@examples(60)
@given(pairs())
def test_every_model_in_between_is_valid_and_the_last_has_the_patterns_of_the_new_one(pair):
    steps = steps_between(pair)
    for step in steps:
        assert facts(loaded(facts(step.model))) == facts(step.model)
        assert step.checks
    if steps:
        assert own_patterns(steps[-1].model) == list(steps[-1].model.patterns)
        assert [p.name for p in steps[-1].model.patterns] == [p.name for p in pair[1].patterns]


@examples(60)
@given(pairs())
def test_names_are_kept_where_that_is_asked_for(pair):
    steps = steps_between(pair, keep_names=True)
    if not steps:
        return
    end, wanted = steps[-1].model, pair[1]
    assert {i.name for i in end.table(TABLE).indexes} == {
        i.name for i in wanted.table(TABLE).indexes
    }
    other_attributes = set(end.entity(ENTITY).keys) - set(wanted.entity(ENTITY).keys)
    if not other_attributes:
        assert facts(end) == facts(wanted)


@examples(60)
@given(pairs())
def test_nothing_is_planned_from_a_model_to_itself(pair):
    assert steps_between((pair[0], pair[0])) == ()


@examples(60)
@given(pairs())
def test_a_stream_changes_only_in_a_step_of_its_own(pair):
    before = pair[0].table(TABLE)
    for step in steps_between(pair):
        spec = step.model.table(TABLE)
        if before.stream and spec.stream != before.stream:
            assert (spec.global_indexes, spec.ttl_attribute) == (
                before.global_indexes,
                before.ttl_attribute,
            )
        before = spec
