"""A recorded state of a stack, changed a little, and the plan from it."""

import json
from copy import deepcopy

from tablewright.models.catalog import FILE_SHARING
from tablewright.operations.guard.reading import state as states
from tablewright.operations.index_plan.before.exported import deployed, tables_of
from tablewright.operations.index_plan.planner import plan
from tests.support.plans import declared
from tests.support.recorded_previews import FOLDER

NOW = declared(FILE_SHARING, prefix="dropify-prod")
RECORDED = json.loads((FOLDER / "state.json").read_text())
TYPE = "aws:dynamodb/table:Table"


def state_with(table, change, side=RECORDED):
    """Return the state with the inputs of a table changed by a function."""
    document = deepcopy(side)
    for resource in document["deployment"]["resources"]:
        if resource["type"] == TYPE and resource["inputs"]["name"] == f"dropify-prod-{table}":
            change(resource["inputs"])
    return document


def like_the_model(document=RECORDED):
    """Return the state with what the recorded program declares otherwise than the model."""

    def links(inputs):
        inputs["globalSecondaryIndexes"][0].pop("nonKeyAttributes")
        inputs["globalSecondaryIndexes"][0]["projectionType"] = "ALL"

    return state_with("share-links", links, document)


def planned_from(document, now=NOW):
    """Plan the way from a state to the file sharing of now."""
    return plan(deployed(tables_in(document), now), now, stack="prod")


def tables_in(document):
    """Return the inputs of every table of a state."""
    return tables_of(states.read(json.dumps(document), "the state"))
