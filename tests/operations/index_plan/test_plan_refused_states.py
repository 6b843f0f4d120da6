"""Tables in a state that nobody understands: an error, and never a plan."""

import pytest

from tablewright.operations.guard.reading.preview import NotUnderstoodError
from tests.support.exported_states import TYPE, planned_from, state_with, tables_in


@pytest.mark.parametrize(
    "broken",
    [
        lambda inputs: inputs.update(attributes=[{"name": "userId"}]),
        lambda inputs: inputs.update(attributes="all"),
        lambda inputs: inputs["globalSecondaryIndexes"][0].update(projectionType="SOME"),
        lambda inputs: inputs["globalSecondaryIndexes"][0].update(keySchemas=[{"keyType": "X"}]),
        lambda inputs: inputs.update(streamEnabled=True, streamViewType="ALL"),
        lambda inputs: inputs.update(warmThroughput={"readUnitsPerSecond": "many"}),
    ],
)
def test_a_table_that_is_not_understood_is_an_error(broken):
    with pytest.raises(NotUnderstoodError, match="files"):
        planned_from(state_with("files", broken))


def test_a_table_without_a_name_is_an_error():
    def nameless(inputs):
        del inputs["name"]

    document = state_with("files", nameless)
    for resource in document["deployment"]["resources"]:
        if resource["type"] == TYPE:
            resource["outputs"].pop("name")
    with pytest.raises(NotUnderstoodError, match="has no name"):
        tables_in(document)
