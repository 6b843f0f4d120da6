"""What applications find while the steps of a plan are deployed."""

from tablewright.models import Operation
from tablewright.models.permissions import needed_actions
from tests.support.model_pairs import ENTITY, TABLE
from tests.support.planned_tables import PlannedTables

VALUES = dict.fromkeys(("pk", "sk", "a", "b", "c"), "7")


def deploying(client, before, steps):
    """Give the tables as they are before the first step and after each, with its model."""
    tables = PlannedTables(client, before)
    try:
        yield tables, before
        for step in steps:
            tables.deploy(step.model)
            yield tables, step.model
    finally:
        tables.delete()


def keys_of(model):
    templates = model.entity(ENTITY).keys
    types = {each.name: str(each.type) for each in model.table(TABLE).attributes}
    return {name: {types[name]: t.render(VALUES)} for name, t in templates.items()}


def item_of(*models):
    """Return an item as applications of these models write it between them."""
    written = {name: value for model in models for name, value in keys_of(model).items()}
    return {"status": {"S": "-"}, "size": {"S": "-"}, **written}


def is_served(client, tables, model, pattern):
    """Tell whether the tables answer a pattern with the item, and with all that it needs of it."""
    if pattern.operation is not Operation.QUERY:
        return True
    name = pattern.key[0].attribute
    try:
        answer = client.query(
            TableName=tables.names[TABLE],
            KeyConditionExpression="#key = :key",
            ExpressionAttributeNames={"#key": name},
            ExpressionAttributeValues={":key": keys_of(model)[name]},
            **({"IndexName": pattern.index} if pattern.index else {}),
        )
    except client.exceptions.ClientError:
        return False
    return len(answer["Items"]) == 1 and set(pattern.attributes) <= set(answer["Items"][0])


def is_allowed(model, pattern):
    """Tell whether the access policies of a model let the consumers perform a pattern."""
    wanted = {
        (target.index, action)
        for target, actions in needed_actions([pattern]).items()
        for action in actions
    }
    return all(
        wanted
        <= {
            (target.index, action)
            for target, actions in needed_actions(model.patterns_of(consumer)).items()
            for action in actions
        }
        for consumer in pattern.consumers
    )


def projections(shape):
    return sorted((each.projection, sorted(each.projected)) for each in shape.indexes)


def own_patterns(model):
    return [p for p in model.patterns if not p.name.endswith((".next", ".previous"))]
