"""The requests that DynamoDB authorises when an access pattern is performed.

Written from DynamoDB's documentation, not from `permissions`, whose statements it judges.
"""

from collections.abc import Iterator, Mapping

from tablewright.models import AccessPattern, DataModel, Entity, KeyTemplate, Operation
from tablewright.models.statements import ArnScope
from tests.support.iam import Context, Request
from tests.support.iam_resources import ANY

STREAM_LABEL = "2026-01-31T12:00:00.000"

_WITHOUT_LEADING_KEYS = (Operation.SCAN, Operation.DESCRIBE_TABLE)


def requests_of(
    model: DataModel,
    pattern: AccessPattern,
    scope: ArnScope,
    *,
    values: Mapping[str, str] | None = None,
    principal: Context | None = None,
) -> tuple[Request, ...]:
    """Return what performing a pattern asks for, in each region of the scope.

    `values` fill the fields of the keys (others are made up), `principal` are tags of whoever asks.
    """
    values, principal = values or {}, principal or {}
    if pattern.operation is Operation.READ_STREAM:
        return tuple(_stream_requests(pattern.table, scope, principal))
    if pattern.operation is Operation.TRANSACT_WRITE_ITEMS:
        return tuple(
            Request(f"dynamodb:{part.operation}", arn, {**principal, **leading})
            for part in pattern.parts
            for leading in [_item_key(model, part.entity, values)]
            for arn in scope.table(part.table)
        )
    arns = (
        scope.index(pattern.table, pattern.index) if pattern.index else scope.table(pattern.table)
    )
    context = {**principal, **_leading_keys(model, pattern, values)}
    return tuple(Request(f"dynamodb:{pattern.operation}", arn, context) for arn in arns)


def _stream_requests(table: str, scope: ArnScope, principal: Context) -> Iterator[Request]:
    yield Request("dynamodb:ListStreams", ANY, principal)
    for arn in scope.table(table):
        for name in ("DescribeStream", "GetShardIterator", "GetRecords"):
            yield Request(f"dynamodb:{name}", f"{arn}/stream/{STREAM_LABEL}", principal)


def _leading_keys(model: DataModel, pattern: AccessPattern, values: Mapping[str, str]) -> Context:
    if pattern.operation in _WITHOUT_LEADING_KEYS:
        return {}
    if pattern.operation is not Operation.QUERY:
        return _item_key(model, pattern.entities[0], values)
    partition = {a.name for a in model.table(pattern.table).key_of(pattern.index).partition}
    templates = [entry.template for entry in pattern.key if entry.attribute in partition]
    return {"dynamodb:LeadingKeys": tuple(_rendered(template, values) for template in templates)}


def _item_key(model: DataModel, entity: Entity, values: Mapping[str, str]) -> Context:
    (partition,) = model.table(entity.table).key.partition
    return {"dynamodb:LeadingKeys": (_rendered(entity.keys[partition.name], values),)}


def _rendered(template: KeyTemplate, values: Mapping[str, str]) -> str:
    return template.render(
        {field.name: values.get(field.name, f"some {field.name}") for field in template.fields}
    )
