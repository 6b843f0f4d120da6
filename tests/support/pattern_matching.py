"""Whether a request performs an access pattern of a model, by DynamoDB's documentation alone.

Nothing here is shared with what composes the requests, so that a mistake there is not made twice.
"""

from dataclasses import dataclass

from tablewright.models import Operation, WriteCondition
from tests.support import pattern_matching_keys as keys
from tests.support.pattern_matching_conditions import demanded
from tests.support.pattern_matching_expressions import changes, conditions, projection
from tests.support.pattern_matching_rules import Action, actions_of
from tests.support.pattern_matching_terms import Aliases, ExpressionError, Path, Value


@dataclass(frozen=True)
class Matcher:
    """A model, and the physical names of its tables."""

    model: object
    tables: dict

    def matching(self, sent):
        """Return the names of the patterns that a request performs."""
        return {
            pattern.name for pattern in self.model.patterns if not self.mismatches(pattern, sent)
        }

    def mismatches(self, pattern, sent):
        """Say in what a request differs from a pattern; nothing where it performs it."""
        if pattern.operation != sent.operation:
            return [f"is a {sent.operation}, not a {pattern.operation}"]
        read = {
            Operation.GET_ITEM: self._item,
            Operation.QUERY: self._query,
            Operation.BATCH_GET_ITEM: self._batch,
            Operation.BATCH_WRITE_ITEM: self._batch,
            Operation.TRANSACT_WRITE_ITEMS: self._transaction,
        }.get(pattern.operation, self._item)
        try:
            return list(read(pattern, sent.arguments))
        except ExpressionError as error:
            return [str(error)]

    def _query(self, pattern, arguments):
        yield from self._table(pattern.table, arguments)
        if arguments.get("IndexName") != pattern.index:
            yield f"queries {arguments.get('IndexName')}, not {pattern.index}"
        if arguments.get("ScanIndexForward", True) is pattern.descending:
            yield "goes in the other direction"
        yield from _strength(pattern, arguments)
        aliases = Aliases(arguments)
        found = conditions(arguments["KeyConditionExpression"], aliases)
        yield from self._key_condition(pattern, found)
        wanted = ()
        if "ProjectionExpression" in arguments:
            wanted = projection(arguments["ProjectionExpression"], aliases)
        if sorted(wanted) != sorted(pattern.attributes):
            yield f"asks for the attributes {wanted}, not {pattern.attributes}"

    def _key_condition(self, pattern, found):
        types = {each.name: each.type for each in self.model.table(pattern.table).attributes}
        declared = self.model.key_condition(pattern)
        if len(found) != len(declared):
            yield f"has a key condition of {len(found)} parts, not {len(declared)}"
        for condition in declared:
            word = str(condition.comparator)
            terms = [
                each
                for each in found
                if each.of[0] == Path(condition.attribute)
                and (each.word == word and all(isinstance(o, Value) for o in each.of[1:]))
            ]
            if not terms:
                yield f"does not demand {condition.attribute} {word}"
                continue
            operands = [{each.tag: each.content} for each in terms[0].of[1:]]
            if not keys.compared(condition, operands, types[condition.attribute]):
                yield f"compares {condition.attribute} with {operands}"

    def _item(self, pattern, arguments):
        if pattern.operation is Operation.GET_ITEM:
            yield from _strength(pattern, arguments)
        action = Action(str(pattern.operation), arguments)
        yield from self._action(pattern.entities[0], pattern.condition, action)

    def _batch(self, pattern, arguments):
        requests = arguments["RequestItems"]
        if list(requests) != [self.tables[pattern.table]]:
            yield f"is on {sorted(requests)}"
            return
        (found,) = requests.values()
        if pattern.operation is Operation.BATCH_GET_ITEM:
            yield from _strength(pattern, found)
            written = [("GetItem", {"Key": key}) for key in found["Keys"]]
        else:
            written = [
                (f"{verb.removesuffix('Request')}Item", body)
                for request in found
                for verb, body in request.items()
            ]
        for operation, body in written:
            action = Action(operation, {"TableName": self.tables[pattern.table], **body})
            yield from self._action(pattern.entities[0], WriteCondition.NONE, action)

    def _transaction(self, pattern, arguments):
        actions = actions_of(arguments)
        if len(actions) < len(pattern.parts):
            yield f"has {len(actions)} parts, not {len(pattern.parts)}"
        for number, action in enumerate(actions):
            part = pattern.parts[min(number, len(pattern.parts) - 1)]
            if action.operation != part.operation:
                yield f"part {number} is a {action.operation}, not a {part.operation}"
                continue
            for mismatch in self._action(part.entity, part.condition, action):
                yield f"part {number} {mismatch}"

    def _action(self, entity, condition, action):
        """Say in what one read or write differs from one on an item of an entity."""
        arguments = action.arguments
        table = self.model.table(entity.table)
        yield from self._table(entity.table, arguments)
        if "Item" in arguments:
            yield from keys.of_item(entity, table, arguments["Item"])
        else:
            yield from keys.of_key(entity, table, arguments["Key"])
        aliases = Aliases(arguments)
        text = arguments.get("ConditionExpression")
        found = demanded(conditions(text, aliases) if text else (), entity, table)
        if found is not condition:
            yield f"demands {found} of {entity.name}, not {condition}"
        for name, value in _written(action, aliases):
            if name not in {*entity.attributes, *entity.keys}:
                yield f"writes {name}, which {entity.name} does not declare"
            elif name in table.key.names and "Item" not in arguments:
                yield f"changes {name}, of its own key"
            elif name in entity.keys and value is not None and "Key" in arguments:
                yield from keys.of_change(entity, table, arguments["Key"], {name: value})

    def _table(self, table, arguments):
        if arguments["TableName"] != self.tables[table]:
            yield f"is on {arguments['TableName']}, not on {self.tables[table]}"


def partition_of(model, table, arguments):
    """Return the partition key's value that a request is about."""
    key = model.table(table).key_of(arguments.get("IndexName"))
    (partition,) = (each.name for each in key.partition)
    if "KeyConditionExpression" not in arguments:
        return (arguments.get("Key") or arguments["Item"])[partition]["S"]
    found = conditions(arguments["KeyConditionExpression"], Aliases(arguments))
    (value,) = (each.of[1].content for each in found if each.of[0] == Path(partition))
    return value


def _strength(pattern, arguments):
    if arguments.get("ConsistentRead", False) is not pattern.strong:
        yield f"is {'eventual' if pattern.strong else 'strong'}"


def _written(action, aliases):
    """Give each attribute that is written, with the value where it is set to just that."""
    if "Item" in action.arguments:
        yield from action.arguments["Item"].items()
    text = action.arguments.get("UpdateExpression")
    for _, attribute, value in changes(text, aliases) if text else ():
        yield attribute, None if value is None else {value.tag: value.content}
