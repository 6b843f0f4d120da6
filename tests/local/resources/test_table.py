import pytest

from tablewright.local.errors import RefusedError
from tablewright.local.resources.table import TableHandler
from tests.support.table_inputs import index, table_inputs

HANDLER = TableHandler()
KEY = "arn:aws:kms:eu-north-1:123456789012:key/0a1b2c3d"


def create(clients, inputs):
    return HANDLER.create(clients, inputs)[1]


def change(clients, old, new):
    return HANDLER.update(clients, "files", old, new)


def test_a_table_with_everything_reads_as_declared(clients):
    inputs = table_inputs(
        index("byTenant", "tenant", "project", sort=("status", "createdAt")),
        localSecondaryIndexes=[
            {"name": "bySize", "rangeKey": "fileSize", "projectionType": "KEYS_ONLY"}
        ],
        ttl={"attributeName": "expiresAt", "enabled": True},
        pointInTimeRecovery={"enabled": True, "recoveryPeriodInDays": 7},
        serverSideEncryption={"enabled": True, "kmsKeyArn": KEY},
        streamEnabled=True,
        streamViewType="KEYS_ONLY",
        tableClass="STANDARD_INFREQUENT_ACCESS",
        onDemandThroughput={"maxReadRequestUnits": 100, "maxWriteRequestUnits": 50},
        warmThroughput={"readUnitsPerSecond": 13000, "writeUnitsPerSecond": 5000},
        replicas=[{"regionName": "eu-west-1"}],
        tags={"Owner": "you"},
    )

    outputs = create(clients, inputs)

    assert (
        outputs["globalSecondaryIndexes"][0]["keySchemas"]
        == (inputs["globalSecondaryIndexes"][0]["keySchemas"])
    )
    assert outputs["localSecondaryIndexes"] == [
        {
            "name": "bySize",
            "nonKeyAttributes": [],
            "projectionType": "KEYS_ONLY",
            "rangeKey": "fileSize",
        }
    ]
    same = inputs.keys() - {"globalSecondaryIndexes", "localSecondaryIndexes"}
    assert {name: outputs[name] for name in same} == {name: inputs[name] for name in same}
    assert HANDLER.read(clients, "files", inputs) == outputs


def test_whole_numbers_may_arrive_as_floats(clients):
    inputs = table_inputs(billingMode="PROVISIONED", readCapacity=5.0, writeCapacity=6.0)

    outputs = create(clients, inputs)

    assert (outputs["readCapacity"], outputs["writeCapacity"]) == (5, 6)


def test_a_table_that_is_gone_reads_as_none(clients):
    assert HANDLER.read(clients, "files", table_inputs()) is None


SETTINGS = [
    ("ttl", None, {"attributeName": "expiresAt", "enabled": True}),
    (
        "ttl",
        {"attributeName": "expiresAt", "enabled": True},
        {"attributeName": "ttl", "enabled": True},
    ),
    (
        "pointInTimeRecovery",
        {"enabled": True, "recoveryPeriodInDays": 35},
        {"enabled": True, "recoveryPeriodInDays": 7},
    ),
    (
        "pointInTimeRecovery",
        {"enabled": True, "recoveryPeriodInDays": 35},
        {"enabled": False, "recoveryPeriodInDays": 0},
    ),
    ("deletionProtectionEnabled", False, True),
    ("tags", {"Owner": "you", "Old": "1"}, {"Owner": "you", "New": "2"}),
    ("tags", {"Owner": "you"}, {"Owner": "me"}),
    ("tableClass", "STANDARD", "STANDARD_INFREQUENT_ACCESS"),
    (
        "warmThroughput",
        {"readUnitsPerSecond": 13000, "writeUnitsPerSecond": 5000},
        {"readUnitsPerSecond": 14000, "writeUnitsPerSecond": 6000},
    ),
    (
        "onDemandThroughput",
        {"maxReadRequestUnits": 100, "maxWriteRequestUnits": 50},
        {"maxReadRequestUnits": 200, "maxWriteRequestUnits": 50},
    ),
]


@pytest.mark.parametrize(("name", "before", "after"), SETTINGS)
def test_a_setting_changes_in_place(clients, name, before, after):
    old, new = table_inputs(**{name: before}), table_inputs(**{name: after})
    created = create(clients, old)

    outputs = change(clients, old, new)

    assert outputs[name] == after
    assert outputs == HANDLER.read(clients, "files", new)
    assert outputs["arn"] == created["arn"]


@pytest.mark.parametrize(
    ("changes", "request_"),
    [
        (
            {"tableClass": "STANDARD_INFREQUENT_ACCESS"},
            {"TableClass": "STANDARD_INFREQUENT_ACCESS"},
        ),
        (
            {"onDemandThroughput": {"maxReadRequestUnits": 9.0}},
            {"OnDemandThroughput": {"MaxReadRequestUnits": 9}},
        ),
    ],
)
def test_what_the_emulator_does_not_report_is_asked_for_all_the_same(
    clients, log, changes, request_
):
    create(clients, table_inputs())

    change(clients, table_inputs(), table_inputs(**changes))

    assert log.requests == [{"TableName": "files", **request_}]


def test_time_to_live_is_disabled_when_it_is_no_longer_declared(clients):
    old = table_inputs(ttl={"attributeName": "expiresAt", "enabled": True})
    create(clients, old)

    assert change(clients, old, table_inputs())["ttl"] == {"attributeName": "", "enabled": False}


def test_a_table_becomes_provisioned_and_on_demand_again(clients):
    on_demand = table_inputs(index("byOwner", "owner"))
    provisioned = table_inputs(
        index("byOwner", "owner", readCapacity=3, writeCapacity=4),
        billingMode="PROVISIONED",
        readCapacity=5,
        writeCapacity=6,
    )
    create(clients, on_demand)

    outputs = change(clients, on_demand, provisioned)
    assert (outputs["readCapacity"], outputs["writeCapacity"]) == (5, 6)
    assert outputs["globalSecondaryIndexes"][0]["readCapacity"] == 3

    outputs = change(clients, provisioned, on_demand)
    assert (outputs["billingMode"], outputs["readCapacity"]) == ("PAY_PER_REQUEST", 0)


def test_keys_local_indexes_and_the_name_replace_a_table():
    assert HANDLER.replace_on == {
        "region",
        "name",
        "hashKey",
        "rangeKey",
        "localSecondaryIndexes",
    }


@pytest.mark.parametrize(("after", "replaced"), [(12000, True), (13000, False), (14000, False)])
def test_only_lowered_warm_throughput_replaces_a_table(after, replaced):
    old = table_inputs(warmThroughput={"readUnitsPerSecond": 13000})
    new = table_inputs(warmThroughput={"readUnitsPerSecond": after})

    assert HANDLER.replacements(old, new) == ({"warmThroughput"} if replaced else set())


def test_a_deleted_table_is_gone_and_may_be_deleted_again(clients):
    outputs = create(clients, table_inputs())

    HANDLER.delete(clients, "files", outputs)
    HANDLER.delete(clients, "files", outputs)

    assert HANDLER.read(clients, "files", table_inputs()) is None


def test_a_table_with_deletion_protection_is_not_deleted(clients):
    inputs = table_inputs(deletionProtectionEnabled=True)
    outputs = create(clients, inputs)

    with pytest.raises(RefusedError, match=r"table 'files' .* set deletionProtectionEnabled"):
        HANDLER.delete(clients, "files", outputs)

    assert HANDLER.read(clients, "files", inputs) == outputs


def test_an_update_of_a_table_that_is_gone_says_so(clients):
    with pytest.raises(RefusedError, match="table 'files' does not exist; refresh"):
        change(clients, table_inputs(), table_inputs(tags={"a": "b"}))


@pytest.mark.parametrize(
    ("changes", "property_"),
    [
        ({"hashKey": ""}, "hashKey"),
        (
            {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 36}},
            "pointInTimeRecovery",
        ),
        (
            {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 0}},
            "pointInTimeRecovery",
        ),
        ({"streamEnabled": True}, "streamViewType"),
    ],
)
def test_what_aws_refuses_fails_the_check(changes, property_):
    assert [name for name, _ in HANDLER.check({**table_inputs(), **changes})] == [property_]
