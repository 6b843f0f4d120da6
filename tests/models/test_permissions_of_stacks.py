"""What a stack changes about access policies: its streams, its replicas, their size."""

import json

import pytest

from tablewright.models import (
    DataModel,
    Entity,
    Index,
    Key,
    ModelError,
    Stream,
    TableSpec,
    patterns,
)
from tablewright.models.catalog import CATALOG
from tablewright.models.grants import parameters
from tablewright.models.limits import MANAGED_POLICY_CHARACTERS
from tablewright.models.permissions import access_policies, deployed_patterns
from tablewright.models.statements import document
from tests.support.iam import Access
from tests.support.iam_universe import access_of, documents_of, granted, needs_of, scope_of

STREAM_CONSUMERS = [("file_sharing", "audit"), ("shop", "events")]


def wide_model(*index_counts, reader="app"):
    """A table for each count, with that many indexes, each of which the consumer queries."""
    tables, entities, queries = [], [], []
    for number, count in enumerate(index_counts):
        name = f"table-{number}-{'x' * 200}"
        keys = {f"k{position}": f"K{position}#<id>" for position in range(count)}
        entity = Entity(f"entity-{number}", name, {"pk": "P#<id>", **keys})
        indexes = tuple(Index(name=f"by-{key}", key=Key.of(key)) for key in keys)
        tables.append(
            TableSpec(
                name=name, key=Key.of("pk"), environment_variable=f"TABLE_{number}", indexes=indexes
            )
        )
        entities.append(entity)
        queries += [
            patterns.query(
                f"{number}-{key}",
                entity,
                reader,
                index=f"by-{key}",
                key=(patterns.equals(key, template),),
            )
            for key, template in keys.items()
        ]
        queries.append(patterns.get(f"get-{number}", entity, reader))
    return DataModel(
        name="wide", tables=tuple(tables), entities=tuple(entities), patterns=tuple(queries)
    )


def parameters_of(scope):
    def beside(_suffix, tables):
        return (parameters([f"/{table}/table-name" for table in tables], scope),)

    return beside


@pytest.mark.parametrize(("model", "consumer"), STREAM_CONSUMERS)
def test_a_consumer_that_only_reads_streams_gets_no_policy_without_them(model, consumer):
    model = CATALOG[model]
    assert access_policies(model, consumer, scope_of(model))
    bare = scope_of(model, streams=())
    assert access_policies(model, consumer, bare) == ()
    assert deployed_patterns(model, consumer, bare) == ()


def test_only_the_streams_that_are_there_are_granted():
    model = CATALOG["file_sharing"]
    scope = scope_of(model, streams=("users",))
    (text,) = documents_of(model, "audit", scope)
    assert "dropify-dev-users/stream/*" in text
    assert "dropify-dev-files/stream" not in text


def test_a_consumer_of_a_table_and_its_stream_keeps_the_table_without_the_stream():
    item = Entity("item", "items", {"id": "<id>"})
    table = TableSpec(
        name="items", key=Key.of("id"), environment_variable="ITEMS_TABLE_NAME", stream=Stream()
    )
    model = DataModel(
        name="items",
        tables=(table,),
        entities=(item,),
        patterns=(
            patterns.get("get", item, "app"),
            patterns.read_stream("changes", "items", "app"),
        ),
    )
    for streams in ((), ("items",)):
        scope = scope_of(model, streams=streams)
        text = "".join(documents_of(model, "app", scope))
        assert '"dynamodb:GetItem"' in text
        assert ('"dynamodb:GetRecords"' in text) is bool(streams)
        assert ('"dynamodb:ListStreams"' in text) is bool(streams)


@pytest.mark.parametrize("model", CATALOG.values(), ids=lambda model: model.name)
def test_replicas_are_granted_in_every_region_of_the_stack_and_in_no_other(model):
    both = scope_of(model, regions=("eu-central-1", "eu-west-1"))
    for consumer in model.consumers:
        access = access_of(model, consumer, both)
        for regions in (("eu-central-1",), ("eu-west-1",)):
            needed = needs_of(model, consumer, scope_of(model, regions=regions))
            asked = {resource for _, resource in needed}
            assert granted(access, asked, {"dynamodb:LeadingKeys": ("k",)}) == needed
        elsewhere = needs_of(model, consumer, scope_of(model, regions=("us-east-1",)))
        arns = {resource for _, resource in elsewhere} - {"*"}
        assert arns
        assert granted(access, arns, {"dynamodb:LeadingKeys": ("k",)}) == set()


def test_a_policy_that_is_too_large_is_split_by_table():
    model = wide_model(9, 9, 9)
    scope = scope_of(model)
    policies = access_policies(model, "app", scope, beside=parameters_of(scope))
    assert [policy.suffix for policy in policies] == [table.name for table in model.tables]
    documents = [policy.document("app") for policy in policies]
    assert all(len(text) <= MANAGED_POLICY_CHARACTERS for text in documents)
    for table, text in zip(model.tables, documents, strict=True):
        others = {other.name for other in model.tables} - {table.name}
        assert f"dropify-dev-{table.name}" in text
        assert not any(other in text for other in others)
        assert f"parameter/{table.name}/" in text
    needed = needs_of(model, "app", scope)
    asked = {resource for _, resource in needed}
    assert granted(Access(documents), asked, {"dynamodb:LeadingKeys": ("k",)}) == needed


def test_a_policy_that_fits_is_not_split():
    (policy,) = access_policies(wide_model(9), "app", scope_of(wide_model(9)))
    assert policy.suffix is None


def test_the_limit_itself_still_fits_and_one_character_more_is_split():
    model = wide_model(5, 5)
    scope = scope_of(model)
    (alone,) = access_policies(model, "app", scope)
    fixed = document((*alone.statements, parameters(["/"], scope)))
    path = "/" + "p" * (MANAGED_POLICY_CHARACTERS - len(fixed))
    fitting = (parameters([path], scope),)
    (whole,) = access_policies(model, "app", scope, beside=lambda *_: fitting)
    assert len(whole.document("app")) == MANAGED_POLICY_CHARACTERS
    longer = (parameters([f"{path}p"], scope),)
    assert len(access_policies(model, "app", scope, beside=lambda *_: longer)) == 2


def test_one_table_that_no_managed_policy_holds_is_refused():
    model = wide_model(20, 1)
    scope = scope_of(model, regions=("eu-central-1", "eu-west-1"))
    policies = access_policies(model, "app", scope)
    with pytest.raises(ModelError) as refused:
        policies[0].document("dropify-dev-wide-app")
    message = str(refused.value)
    assert "'dropify-dev-wide-app'" in message
    assert f"{len(document(policies[0].statements)):,} characters" in message
    assert "6,144" in message
    assert "spread its access patterns over more consumers" in message
    assert json.loads(policies[1].document("dropify-dev-wide-app"))
