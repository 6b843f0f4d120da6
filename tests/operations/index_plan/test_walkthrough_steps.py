"""The deployments of the page on changing an index: planned, judged, and served in between."""

import pytest

from tablewright.models import Operation
from tablewright.operations.guard.finding import Kind
from tablewright.operations.guard.judge import findings
from tablewright.operations.guard.reading import preview, state
from tablewright.operations.guard.uses import Store, Uses
from tablewright.operations.index_plan.before.transfer import facts
from tablewright.operations.patterns import run_patterns
from tests.support.engine_documents import exported, previewed
from tests.support.planned_tables import PlannedTables
from tests.support.plans import planned
from tests.support.recorded_stores import recorded
from tests.support.walkthrough import models

STEPS = 4


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """The model as it is, the one that is wanted, and one for each deployment."""
    return list(models(tmp_path_factory.mktemp("walkthrough")))


def stopping(before, after):
    """Return what of stack dev's way from one model to the other the guard stops at."""
    _, old = recorded(before, "dev")
    settings, new = recorded(after, "dev")
    names = {table.name: settings.label.table(table.name) for table in after.tables}
    found = findings(
        preview.read(previewed(old, new), "preview"),
        state.read(exported(old), "state"),
        new,
        Uses((Store(model=after, table_names=names),)),
    )
    return [(each.kind, each.cause) for each in found if each.kind is not Kind.NOTE]


def test_the_edits_of_the_page_are_those_of_the_plan(stages):
    now, wanted, *deployments = stages
    steps = planned(now, wanted).steps
    assert len(deployments) == STEPS
    assert [facts(each) for each in deployments] == [facts(step.model) for step in steps]


def test_the_guard_stops_the_edit_at_once_and_no_deployment_of_the_plan(stages):
    now, wanted, *deployments = stages
    assert stopping(now, wanted) == [(Kind.INDEX_OUTAGE, "GSI2")]
    for before, after in zip((now, *deployments), deployments, strict=False):
        assert stopping(before, after) == []


def test_the_guard_stops_a_deployment_that_leaves_one_of_the_plan_out(stages):
    _, _, build, switch, _, drop = stages
    assert stopping(switch, drop) == [(Kind.INDEX_OUTAGE, "GSI2")]
    assert stopping(build, drop) == [(Kind.INDEX_OUTAGE, "GSI2")]


def test_every_access_pattern_is_served_after_each_deployment(stages, dynamodb, streams):
    now, _, *deployments = stages
    tables = PlannedTables(dynamodb, now)
    for model in (now, *deployments):
        tables.deploy(model)
        on_tables = [p.name for p in model.patterns if p.operation is not Operation.READ_STREAM]
        report = run_patterns(
            model, tables.names, dynamodb=dynamodb, streams=streams, only=on_tables
        )
        assert report.ok, report
        assert len(report.results) == len(on_tables)
