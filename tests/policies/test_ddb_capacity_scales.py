"""The capacity of tables and indexes follows their load."""

import pytest

from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, SCALING_POLICY, SCALING_TARGET, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import CANNOT_RUN, findings, judge_stack, stack_resource
from tests.support.stacks import verdicts_of

RULE = "ddb-capacity-scales"
NAME = "dropify-prod-files"
DIRECTIONS = ("Read", "Write")
INDEX = {"globalSecondaryIndexes": [{"name": "byOwner"}]}


def table(**properties):
    return stack_resource(TABLE, "files", {"name": NAME, **properties})


def about(direction, index="", **properties):
    kind = "index" if index else "table"
    return {
        "serviceNamespace": "dynamodb",
        "resourceId": f"table/{NAME}/index/{index}" if index else f"table/{NAME}",
        "scalableDimension": f"dynamodb:{kind}:{direction}CapacityUnits",
        **properties,
    }


def target(direction, index="", *, depends=None, **properties):
    outputs = about(direction, index, minCapacity=5, maxCapacity=50, **properties)
    return stack_resource(SCALING_TARGET, f"{direction}{index}", outputs, depends=depends)


def policy(direction, index="", *, depends=None, **properties):
    outputs = {**about(direction, index), "policyType": "TargetTrackingScaling", **properties}
    return stack_resource(SCALING_POLICY, f"{direction}{index}", outputs, depends=depends)


def scaled(index=""):
    return [make(each, index) for make in (target, policy) for each in DIRECTIONS]


@pytest.mark.parametrize(
    "resources",
    [
        [],
        [table(billingMode="PAY_PER_REQUEST", **INDEX)],
        [table(billingMode="PROVISIONED"), *scaled()],
        [table(), *scaled()],
        [table(**INDEX), *scaled(), *scaled("byOwner")],
    ],
)
def test_on_demand_or_scaled_capacity_passes(resources):
    assert findings(judge_stack(RULE, resources)) == []


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([table()], ["table-target", "table-target"]),
        ([table(billingMode="PROVISIONED")], ["table-target", "table-target"]),
        ([table(billingMode="pay_per_request")], ["table-target", "table-target"]),
        ([table(), target("Read"), policy("Read")], ["table-target"]),
        ([table(), target("Read"), *scaled()[1:3]], ["table-policy"]),
        ([table(**INDEX), *scaled()], ["index-target", "index-target"]),
        ([table(**INDEX), *scaled(), *scaled("byOwner")[:2]], ["index-policy", "index-policy"]),
        ([table(**INDEX), *scaled("byOwner")], ["table-target", "table-target"]),
    ],
)
def test_every_direction_of_a_table_and_of_its_indexes_needs_target_and_policy(resources, expected):
    assert findings(judge_stack(RULE, resources)) == expected


@pytest.mark.parametrize("named", [{"tableName": NAME}, {"tableName": UNKNOWN}])
def test_a_standalone_index_needs_them_too_and_is_judged_once(named):
    owner = table(**INDEX)
    outputs = {"indexName": "byOwner", **named}
    depends = {"tableName": [owner]}
    index = stack_resource(GLOBAL_SECONDARY_INDEX, "byOwner", outputs, depends=depends)
    verdicts = judge_stack(RULE, [owner, index, *scaled()])
    assert findings(verdicts) == ["index-target", "index-target"]
    assert {verdict.urn for verdict in verdicts} == {index.urn}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (target("Read", resourceId="table/dropify-dev-files"), ["table-target"]),
        (target("Read", resourceId=NAME), ["table-target"]),
        (target("Read", resourceId="service/cluster/web"), ["table-target"]),
        (target("Write"), ["table-target"]),
        (target("Read", scalableDimension="ecs:service:DesiredCount"), ["table-target"]),
        (target("Read", scalableDimension="cassandra:table:ReadCapacityUnits"), ["table-target"]),
        (target("Read", scalableDimension="dynamodb:index:ReadCapacityUnits"), ["table-target"]),
        (target("Read", suspendedState={"dynamicScalingOutSuspended": True}), ["suspended-target"]),
        (target("Read", suspendedState={"dynamicScalingInSuspended": True}), []),
        (target("Read", resourceId=7), ["malformed"]),
    ],
)
def test_a_target_of_something_else_or_one_that_sleeps_does_not_scale_the_table(changed, expected):
    others = [policy("Read"), target("Write"), policy("Write")]
    assert findings(judge_stack(RULE, [table(), changed, *others])) == expected


@pytest.mark.parametrize(("least", "most"), [(5, 5), (9, 5), (None, 5), (5, None)])
def test_a_target_must_leave_room_to_scale(least, most):
    outputs = about("Read", minCapacity=least, maxCapacity=most)
    fixed = stack_resource(SCALING_TARGET, "fixed", outputs)
    others = [policy("Read"), target("Write"), policy("Write")]
    verdicts = judge_stack(RULE, [table(), fixed, *others])
    assert [(verdict.finding, verdict.urn) for verdict in verdicts] == [("fixed-target", fixed.urn)]


@pytest.mark.parametrize("kind", ["StepScaling", None])
def test_a_policy_that_tracks_no_target_value_does_not_scale_a_table(kind):
    stepping = policy("Read", policyType=kind)
    resources = [table(), target("Read"), stepping, target("Write"), policy("Write")]
    assert findings(judge_stack(RULE, resources)) == ["table-policy"]


def test_unknown_ids_are_linked_by_what_they_come_from():
    owner = table()
    moved = [
        target(each, resourceId=UNKNOWN, depends={"resourceId": [owner]}) for each in DIRECTIONS
    ]
    policies = [
        policy(each, resourceId=UNKNOWN, depends={"resourceId": [of]})
        for each, of in zip(DIRECTIONS, moved, strict=True)
    ]
    assert findings(judge_stack(RULE, [owner, *moved, *policies])) == []


def test_what_is_known_is_judged_before_what_is_unknown():
    unnamed = stack_resource(TABLE, "users", {"name": "dropify-prod-users", "billingMode": UNKNOWN})
    assert findings(judge_stack(RULE, [unnamed, table()])) == [*["table-target"] * 2, CANNOT_RUN]
    assert findings(judge_stack(RULE, [table(globalSecondaryIndexes=UNKNOWN)])) == [
        *["table-target"] * 2,
        CANNOT_RUN,
    ]
    lost = target("Read", resourceId=UNKNOWN)
    assert findings(judge_stack(RULE, [table(), lost])) == ["table-target", CANNOT_RUN]
    assert findings(judge_stack(RULE, [table(), *scaled(), lost])) == []
    unsure = [target("Read"), policy("Read", policyType=UNKNOWN), target("Write"), policy("Write")]
    assert findings(judge_stack(RULE, [table(), *unsure])) == [CANNOT_RUN]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_has_no_capacity_that_stands_still(environment, preview):
    assert verdicts_of(RULE, environment, preview=preview) == []
