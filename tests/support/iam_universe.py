"""Everything that could be asked of the tables of a stack and of those beside it."""

from collections.abc import Iterable, Iterator

from tablewright.models import DataModel, Operation
from tablewright.models.permissions import access_policies
from tablewright.models.statements import ArnScope
from tests.support.iam import Access, Context, Request
from tests.support.iam_requests import STREAM_LABEL, requests_of
from tests.support.iam_resources import ACTIONS, ANY, LEADING_KEY_ACTIONS

ACCOUNT = "123456789012"
REGION = "eu-central-1"
DYNAMODB_ACTIONS = tuple(action for action in ACTIONS if action.startswith("dynamodb:"))

Asked = tuple[str, str]
"""An action and the resource it is asked for."""


def scope_of(
    model: DataModel,
    environment: str = "dev",
    *,
    account: str = ACCOUNT,
    regions: tuple[str, ...] = (REGION,),
    streams: Iterable[str] | None = None,
) -> ArnScope:
    """Return where the ARNs of a model point; every declared stream is there unless named."""
    declared = (table.name for table in model.tables if table.stream)
    return ArnScope(
        partition="aws",
        account=account,
        regions=regions,
        table_names={table.name: f"dropify-{environment}-{table.name}" for table in model.tables},
        streams=frozenset(declared if streams is None else streams),
    )


def documents_of(model: DataModel, consumer: str, scope: ArnScope) -> list[str]:
    """Return the policy documents of a consumer."""
    return [policy.document(consumer) for policy in access_policies(model, consumer, scope)]


def access_of(model: DataModel, consumer: str, scope: ArnScope) -> Access:
    """Return what a consumer may do."""
    return Access(documents_of(model, consumer, scope))


def needs_of(model: DataModel, consumer: str, scope: ArnScope) -> set[Asked]:
    """Return what the patterns of a consumer ask for, those of missing streams left out."""
    return {
        (request.action, request.resource)
        for pattern in model.patterns_of(consumer)
        if pattern.operation is not Operation.READ_STREAM or pattern.table in scope.streams
        for request in requests_of(model, pattern, scope)
    }


def resources_of(model: DataModel, scope: ArnScope) -> Iterator[str]:
    """Return every table, index and stream of a model, streams that are not there included."""
    for table in model.tables:
        yield from scope.table(table.name)
        for arn in scope.table(table.name):
            yield f"{arn}/stream/{STREAM_LABEL}"
        for index in table.indexes:
            yield from scope.index(table.name, index.name)


def surroundings_of(model: DataModel, scope: ArnScope) -> Iterator[str]:
    """Return the resources of a model, of other stacks like it, and of tables named alike."""
    yield ANY
    yield from resources_of(model, scope)
    for other in (
        scope_of(model, "prod"),
        scope_of(model, account="999999999999"),
        scope_of(model, regions=("us-west-2",)),
    ):
        yield from resources_of(model, other)
    for table in model.tables:
        for arn in scope.table(table.name):
            yield from (f"{arn}s", arn[:-1], f"{arn}/index/other", f"{arn}s/stream/{STREAM_LABEL}")


def granted(access: Access, resources: Iterable[str], context: Context) -> set[Asked]:
    """Return every DynamoDB action that the access allows on these resources.

    The leading keys of the context go with the actions that carry them.
    """
    bare = {key: value for key, value in context.items() if key != "dynamodb:LeadingKeys"}
    return {
        (action, resource)
        for resource in set(resources)
        for action in DYNAMODB_ACTIONS
        if access.allows(
            Request(action, resource, context if action in LEADING_KEY_ACTIONS else bare)
        )
    }
