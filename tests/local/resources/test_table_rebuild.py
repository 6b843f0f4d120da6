import pytest

from tablewright.local.resources.table import TableHandler
from tests.support.table_inputs import index, table_inputs

HANDLER = TableHandler()
KEYS = [f"arn:aws:kms:eu-north-1:123456789012:key/{number}" for number in (1, 2)]


def stream(view):
    return {"streamEnabled": True, "streamViewType": view}


def encryption(key):
    return {"serverSideEncryption": {"enabled": True, "kmsKeyArn": key}}


def fill(clients, count):
    for number in range(count):
        item = {"userId": {"S": "u"}, "sortKey": {"S": f"{number:03}"}, "owner": {"S": "o"}}
        clients.dynamodb.put_item(TableName="files", Item=item)


def items(clients):
    return clients.dynamodb.scan(TableName="files")["Items"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (stream("KEYS_ONLY"), stream("NEW_AND_OLD_IMAGES")),
        (stream("KEYS_ONLY"), {}),
        (encryption(KEYS[0]), encryption(KEYS[1])),
        (encryption(KEYS[0]), {}),
        ({}, encryption(KEYS[0])),
    ],
)
def test_what_the_emulator_cannot_change_builds_the_table_anew_with_its_items(
    clients, before, after
):
    rest = {
        "tags": {"Owner": "you"},
        "deletionProtectionEnabled": True,
        "ttl": {"attributeName": "expiresAt", "enabled": True},
        "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 7},
    }
    old, new = (table_inputs(index("byOwner", "owner"), **rest, **one) for one in (before, after))
    HANDLER.create(clients, old)
    fill(clients, 30)

    outputs = HANDLER.update(clients, "files", old, new)

    assert outputs == HANDLER.read(clients, "files", new)
    assert {name: outputs[name] for name in rest} == rest
    assert {name: outputs.get(name) for name in after} == after
    assert len(items(clients)) == 30


def test_a_table_can_be_written_after_its_stream_was_turned_off(clients):
    old = table_inputs(**stream("NEW_IMAGE"))
    HANDLER.create(clients, old)

    outputs = HANDLER.update(clients, "files", old, table_inputs())
    fill(clients, 1)

    assert (outputs["streamEnabled"], outputs["streamArn"]) == (False, "")
    assert len(items(clients)) == 1


def test_a_new_view_gives_a_new_stream_that_shows_new_writes_alone(clients):
    old, new = table_inputs(**stream("KEYS_ONLY")), table_inputs(**stream("NEW_IMAGE"))
    _, created = HANDLER.create(clients, old)
    fill(clients, 1)

    outputs = HANDLER.update(clients, "files", old, new)

    assert outputs["streamArn"] != created["streamArn"]
    assert outputs["streamViewType"] == "NEW_IMAGE"


def test_a_first_stream_is_enabled_in_place(clients):
    HANDLER.create(clients, table_inputs())
    before = clients.dynamodb.describe_table(TableName="files")["Table"]["CreationDateTime"]

    outputs = HANDLER.update(clients, "files", table_inputs(), table_inputs(**stream("NEW_IMAGE")))

    after = clients.dynamodb.describe_table(TableName="files")["Table"]["CreationDateTime"]
    assert after == before
    assert outputs["streamArn"].startswith(outputs["arn"])
