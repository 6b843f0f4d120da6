"""Every method that writes, with every one of its requests lost in every way, leaves one state.

Where the answer of one request is lost, the call succeeds as if nothing had happened. Where no
answer comes any more, the error says whether something may have been written, and calling again
as it says ends as one undisturbed call does. What is compared is everything that the tables hold,
times apart. moto does not know the tokens of transactions, so it is as after ten minutes.
"""

import pytest

from tablewright.data_access.repository.performs import patterns_in, performed_by
from tablewright.models import Operation
from tablewright.models.catalog import CATALOG
from tests.support.lost_answers import faults_of
from tests.support.recording_client import label, methods_of
from tests.support.repository_scenarios import repositories_of

READS = {Operation.GET_ITEM, Operation.QUERY, Operation.BATCH_GET_ITEM}


def writes(model, method):
    """Tell whether a method names an access pattern that writes."""
    named = patterns_in(model, performed_by(method) or ())
    return any(model.pattern(name).operation not in READS for name in named)


EVERY_WRITE = [
    pytest.param(model.name, label(cls, name), id=label(cls, name))
    for model in CATALOG.values()
    for cls in repositories_of(model)
    for name, method in methods_of(cls)
    if writes(model, method)
]


@pytest.mark.parametrize(("workload", "method"), EVERY_WRITE)
def test_a_lost_answer_changes_nothing_but_time(workload, method):
    assert faults_of(workload)[method] == []


def test_no_workload_is_left_out():
    assert {each.values[0] for each in EVERY_WRITE} == {*CATALOG}
