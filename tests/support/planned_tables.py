"""Deploys the steps of a plan to an emulator, under the rules that AWS has and it has not."""

from dataclasses import replace

from tablewright.models import Operation
from tablewright.operations.index_plan.shapes import TableShape
from tests.support.moto_tables import _index, create_tables
from tests.support.plans import PREFIX, changed


class RefusedError(AssertionError):
    """AWS would refuse this deployment, or it would take an index away unseen."""


class PlannedTables:
    """The tables of a model, changed a deployment at a time; streams are a stub."""

    def __init__(self, client, model):
        self.client = client
        self.names = create_tables(client, _without_streams(model), PREFIX)
        self.model = model
        self.views = {table.name: _view(table) for table in model.tables}

    def deploy(self, model):
        """Bring every table to what a model declares, in one change; a new stream is none."""
        changes = [
            change
            for spec in model.tables
            for change in self._changes(self.model.table(spec.name), spec)
        ]
        if len(changes) > 1:
            raise RefusedError(f"one deployment makes {len(changes)} changes")
        for change in changes:
            change()
        self.model = model
        self.views = {table.name: _view(table) for table in model.tables}

    def delete(self):
        """Delete the tables."""
        for name in self.names.values():
            self.client.delete_table(TableName=name)

    def shape(self, table):
        """Return a table as the emulator describes it."""
        name = self.names[table]
        found = self.client.describe_table(TableName=name)["Table"]
        keys = {each["KeyType"]: each["AttributeName"] for each in found["KeySchema"]}
        inputs = {
            "name": name,
            "hashKey": keys["HASH"],
            "rangeKey": keys.get("RANGE"),
            "attributes": [
                {"name": each["AttributeName"], "type": each["AttributeType"]}
                for each in found["AttributeDefinitions"]
            ],
            "globalSecondaryIndexes": [
                _inputs(each) for each in found.get("GlobalSecondaryIndexes", ())
            ],
            "ttl": self._ttl(name),
            "streamEnabled": self.views[table] is not None,
            "streamViewType": self.views[table],
        }
        return TableShape.of_inputs(table, inputs)

    def _changes(self, old, new):
        before = {index.name: index for index in old.global_indexes}
        after = {index.name: index for index in new.global_indexes}
        for name in before.keys() & after.keys():
            if _index(before[name]) != _index(after[name]):
                raise RefusedError(f"index {name!r} would be deleted and built again")
        for name in before.keys() - after.keys():
            yield lambda name=name: self._update(new, {"Delete": {"IndexName": name}})
        for name in after.keys() - before.keys():
            yield lambda name=name: self._update(new, {"Create": _index(after[name])})
        if old.ttl_attribute != new.ttl_attribute:
            if old.ttl_attribute and new.ttl_attribute:
                raise RefusedError("TTL is changed without being off for an hour")
            yield lambda: self._set_ttl(new, old)
        if _view(old) not in (None, _view(new)):
            yield lambda: None

    def _update(self, spec, change):
        self.client.update_table(
            TableName=self.names[spec.name],
            AttributeDefinitions=[
                {"AttributeName": each.name, "AttributeType": str(each.type)}
                for each in spec.attributes
            ],
            GlobalSecondaryIndexUpdates=[change],
        )

    def _set_ttl(self, spec, old):
        on = spec.ttl_attribute is not None
        self.client.update_time_to_live(
            TableName=self.names[spec.name],
            TimeToLiveSpecification={
                "Enabled": on,
                "AttributeName": spec.ttl_attribute or old.ttl_attribute,
            },
        )

    def _ttl(self, name):
        answer = self.client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        on = answer["TimeToLiveStatus"] == "ENABLED"
        return {"enabled": on, "attributeName": answer.get("AttributeName")}


def _inputs(found):
    projection = found["Projection"]
    return {
        "name": found["IndexName"],
        "keySchemas": [
            {"attributeName": each["AttributeName"], "keyType": each["KeyType"]}
            for each in found["KeySchema"]
        ],
        "projectionType": projection["ProjectionType"],
        "nonKeyAttributes": projection.get("NonKeyAttributes"),
    }


def _view(spec):
    return str(spec.stream.view) if spec.stream else None


def _without_streams(model):
    return changed(
        model,
        tables=lambda spec: replace(spec, stream=None),
        patterns=lambda p: None if p.operation is Operation.READ_STREAM else p,
    )
