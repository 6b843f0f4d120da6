"""Plain arguments that are refused: missing, unknown, or weaker than prod without a reason."""

import pytest

from components import FileSharingStore, FileSharingStoreArgs, SingleTableStore
from components.plain_arguments import EXAMPLES, PlainArguments
from tests.support.component_samples import PLAIN
from tests.support.recording import ALARM, TABLE, record_component

REASON = "Load test data of ticket 1234, gone by the end of May"


def build(component=FileSharingStore, /, **changes):
    return record_component(lambda: component("store", PLAIN | changes), "prod")


def refusal(args, component=FileSharingStore):
    with pytest.raises(ValueError, match="in the arguments of 'store'") as refused:
        record_component(lambda: component("store", args), "prod")
    return str(refused.value).splitlines()


def test_there_is_an_example_of_everything_that_is_required():
    assert set(EXAMPLES) == PlainArguments.__required_keys__


@pytest.mark.parametrize("component", [FileSharingStore, SingleTableStore])
@pytest.mark.parametrize("missing", EXAMPLES)
def test_a_missing_argument_is_named_with_an_example(component, missing):
    head, problem = refusal({k: v for k, v in PLAIN.items() if k != missing}, component)
    assert head == "1 problem in the arguments of 'store':"
    assert problem == (
        f'  {missing} is missing; write it, for example "{missing}": "{EXAMPLES[missing]}"'
    )


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_an_argument_that_says_nothing_is_missing(empty):
    (_, problem) = refusal(PLAIN | {"region": empty})
    assert problem == '  region is missing; write it, for example "region": "us-east-1"'


def test_all_that_is_missing_and_unknown_stands_in_one_error():
    head, *problems = refusal({"costCenter": "0042", "owner": "team-data", "retian": True})
    assert head == "7 problems in the arguments of 'store':"
    assert [problem.split()[0] for problem in problems] == [
        *("project", "environment", "cost_center", "account_id", "region"),
        *("costCenter", "retian"),
    ]
    assert problems[-2:] == [
        "  costCenter is not an argument of it; did you mean cost_center?",
        "  retian is not an argument of it; did you mean retain?",
    ]


def test_each_store_knows_its_own_arguments():
    (_, problem) = refusal(PLAIN | {"reader": ["report"]}, SingleTableStore)
    assert problem == "  reader is not an argument of it; did you mean readers?"
    (_, problem) = refusal(PLAIN | {"readers": ["report"]})
    assert problem.startswith("  readers is not an argument of it; ")


def test_an_argument_of_none_is_left_out():
    optional = set(FileSharingStoreArgs.__annotations__) - {*EXAMPLES, "alarm_topic_arn"}
    (table, *_) = build(**dict.fromkeys(optional)).of_type(TABLE)
    assert table.protect
    assert table.inputs["pointInTimeRecovery"]["recoveryPeriodInDays"] == 35


@pytest.mark.parametrize(
    ("weaker", "told"),
    [
        ({"retain": False}, "retain: 'false' is weaker than this environment's true "),
        ({"alarms": False}, "alarms: 'false' is weaker than this environment's true "),
        (
            {"point_in_time_recovery_days": 34.0},
            "point_in_time_recovery_days: '34' is weaker than this environment's 35 ",
        ),
    ],
)
@pytest.mark.parametrize("reason", [{}, {"weakening_reason": "because"}])
def test_prod_is_not_weakened_without_a_reason(weaker, told, reason):
    head, problem = refusal(PLAIN | weaker | reason)
    assert head == "1 problem in the arguments of 'store':"
    assert problem == (
        f"  {told}and has no sufficient reason beside it; remove it, or write why in "
        "weakening_reason (at least 3 words and 20 characters)"
    )


def test_every_weakening_is_named():
    weaker = {"retain": False, "alarms": False, "point_in_time_recovery_days": 0}
    assert len(refusal(PLAIN | weaker)) == 4


def test_prod_is_weakened_for_a_reason():
    recording = build(retain=False, alarms=False, weakening_reason=REASON)
    assert recording.of_type(ALARM) == ()
    assert not any(table.protect for table in recording.of_type(TABLE))


def test_other_environments_are_weakened_freely():
    assert build(environment="staging", alarms=False).of_type(ALARM) == ()


@pytest.mark.parametrize("nobody", [None, ""])
def test_the_alarms_of_prod_tell_somebody(nobody):
    with pytest.raises(ValueError, match="alarm_topic_arn is not set, so the alarms of a guarded"):
        build(alarm_topic_arn=nobody)
