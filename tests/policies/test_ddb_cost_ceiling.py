"""What a table may cost has a ceiling."""

import pytest

from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, PARAMETER, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
    remediated,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ddb-cost-ceiling"
MISSING = ["maximum-missing"]
INDEX_MISSING = [f"index-{finding}" for finding in MISSING]


def maxima(read=1_000, write=1_000):
    """Return the section that bounds an on-demand table or index."""
    return {"onDemandThroughput": {"maxReadRequestUnits": read, "maxWriteRequestUnits": write}}


def warm(read=12_000, write=4_000):
    """Return the section that asks for throughput at once."""
    return {"warmThroughput": {"readUnitsPerSecond": read, "writeUnitsPerSecond": write}}


def on_demand(*indexes, **sections):
    """Return the inputs of an on-demand table."""
    mode = {"billingMode": "PAY_PER_REQUEST"}
    return {**mode, "globalSecondaryIndexes": list(indexes), **sections}


BOUNDED = on_demand(**maxima())


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (on_demand(**maxima(12_000, 4_000)), []),
        (on_demand(), MISSING),
        ({"billingMode": "pay_per_request"}, MISSING),
        (on_demand(onDemandThroughput=None), MISSING),
        (on_demand(onDemandThroughput={"maxReadRequestUnits": 1_000}), MISSING),
        (on_demand(**maxima(-1, 0)), MISSING),
        (on_demand(**maxima(12_001, 4_001)), ["read-maximum", "write-maximum"]),
        (on_demand(**maxima(), **warm()), []),
        (on_demand(**maxima(), **warm(12_001, 4_001)), ["read-warm", "write-warm"]),
        (on_demand(maxima(), maxima(), **maxima()), []),
        (on_demand(maxima(), {"name": "GSI2"}, **maxima()), INDEX_MISSING),
        (on_demand(maxima(1e9, 1), **maxima()), ["index-read-maximum"]),
        (on_demand(maxima() | warm(12_000, 9_000), **maxima()), ["index-write-warm"]),
        ({"billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 5}, []),
        ({"globalSecondaryIndexes": [{"name": "GSI1"}]}, []),
        ({"billingMode": "PROVISIONED", **warm(50_000)}, ["read-warm"]),
        (on_demand(**maxima("1000", 4_001)), ["write-maximum", "malformed"]),
        (on_demand(**maxima(float("nan"))), ["malformed"]),
    ],
)
def test_a_table_and_its_indexes_stay_under_the_ceilings(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (maxima(), []),
        ({}, INDEX_MISSING),
        ({"provisionedThroughput": {"readCapacityUnits": 5, "writeCapacityUnits": 5}}, []),
        (maxima(12_001), ["index-read-maximum"]),
        (maxima() | warm(12_001), ["index-read-warm"]),
    ],
)
def test_a_standalone_index_stays_under_the_ceilings(inputs, expected):
    assert findings(judge_resource(RULE, GLOBAL_SECONDARY_INDEX, inputs)) == expected


def test_no_other_type_is_judged():
    assert findings(judge_resource(RULE, PARAMETER, {})) == [NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (on_demand(**maxima(UNKNOWN, 4_001)), ["write-maximum", CANNOT_RUN]),
        ({**on_demand(), "globalSecondaryIndexes": UNKNOWN}, [*MISSING, CANNOT_RUN]),
        (on_demand(UNKNOWN, {}, **maxima()), [*INDEX_MISSING, CANNOT_RUN]),
        ({"billingMode": UNKNOWN, **warm(12_001)}, ["read-warm", CANNOT_RUN]),
        ({"billingMode": UNKNOWN, **maxima()}, []),
        (on_demand(**maxima(), name=UNKNOWN, tags=UNKNOWN), []),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("maxReadRequestUnits", "read-maximum"),
        ("maxWriteRequestUnits", "write-maximum"),
        ("maxWarmReadUnits", "read-warm"),
        ("maxWarmWriteUnits", "write-warm"),
    ],
)
def test_every_ceiling_is_a_setting(setting, expected):
    inputs = on_demand(**maxima(), **warm())
    assert findings(judge_resource(RULE, TABLE, inputs, settings={setting: 999})) == [expected]


def test_one_message_names_every_maximum_that_is_missing():
    (both,) = judge_resource(RULE, TABLE, on_demand())
    assert "maxReadRequestUnits (at most 12,000) and maxWriteRequestUnits (at" in both.message
    some = {"onDemandThroughput": {"maxReadRequestUnits": 1_000}}
    (one,) = judge_resource(RULE, TABLE, on_demand(**some))
    assert "lacks maxWriteRequestUnits (at most 4,000), so" in one.message


def test_the_message_names_the_index_the_value_and_the_ceiling():
    (verdict,) = judge_resource(RULE, TABLE, on_demand(maxima(90_000), **maxima()))
    assert verdict.message.startswith(
        "globalSecondaryIndexes[0].onDemandThroughput.maxReadRequestUnits is 90,000, over the "
        "ceiling of 12,000"
    )


def test_a_remediation_adds_the_ceilings_where_nothing_was_said():
    ceilings = maxima(12_000, 4_000)["onDemandThroughput"]
    inputs = on_demand({"name": "GSI1"}, {"name": "GSI2", **maxima()})
    after = remediated(RULE, TABLE, inputs)
    assert after["onDemandThroughput"] == ceilings
    assert after["globalSecondaryIndexes"] == [
        {"name": "GSI1", "onDemandThroughput": ceilings},
        {"name": "GSI2", **maxima()},
    ]
    assert judge_resource(RULE, TABLE, after) == []
    assert remediated(RULE, GLOBAL_SECONDARY_INDEX, {})["onDemandThroughput"] == ceilings


def test_a_remediation_keeps_the_half_that_was_decided():
    after = remediated(RULE, TABLE, on_demand(onDemandThroughput={"maxReadRequestUnits": -1}))
    assert after["onDemandThroughput"] == {
        "maxReadRequestUnits": -1,
        "maxWriteRequestUnits": 4_000,
    }


@pytest.mark.parametrize(
    ("environment", "token", "inputs"),
    [
        ("prod", TABLE, on_demand()),
        ("staging", TABLE, BOUNDED),
        ("staging", TABLE, on_demand(maxima(), **maxima())),
        ("staging", TABLE, on_demand(**maxima(1e9, -1))),
        ("staging", TABLE, {"billingMode": "PROVISIONED"}),
        ("staging", GLOBAL_SECONDARY_INDEX, {"provisionedThroughput": {"readCapacityUnits": 5}}),
    ],
)
def test_a_remediation_changes_no_decision_and_nothing_in_prod(environment, token, inputs):
    assert remediated(RULE, token, inputs, environment=environment) is None


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_project_is_told_and_not_stopped(environment, preview):
    program = record_stack(environment, preview=preview).registrations
    verdicts = judge_registrations(program, environment, only=RULE)
    assert set(findings(verdicts)) == {*MISSING, *INDEX_MISSING}
    assert not any(verdict.blocks for verdict in verdicts)


def test_the_project_keeps_it_with_maxima():
    program = record_stack("prod", maxReadRequestUnits=1_000, maxWriteRequestUnits=1_000)
    assert judge_registrations(program.registrations, "prod", only=RULE) == []
