"""Every item of key-value storage says its kind, has its whole key, and is in an index or not."""

from tablewright.data_access.kv_storage import UsersRepository
from tablewright.models.catalog import KV_STORAGE

_INDEX = ("GSI1PK", "GSI1SK")
OWNER = "USER#u%231"
NOW = "2026-01-01T00:00:00.000Z"


def test_the_items_lie_where_the_model_says(connection, namespaces, keys, api_keys, backend):
    made = api_keys.create_api_key("u#1", op="op-1").api_key
    namespaces.create_namespace("n#", "u#1", op="op-2")
    keys.create_key("n#", "k#", {"value": "any"}, op="op-3")
    UsersRepository(connection).record_usage("u#1", requests=1, op="op-4")
    (table,) = backend.tables(KV_STORAGE).values()
    items = [item for item in backend.items(table) if item["PK"]["S"] != "USER#u2"]
    found = {
        item["entityType"]["S"]: tuple(
            item[name]["S"] for name in ("PK", "SK", *_INDEX) if name in item
        )
        for item in items
    }
    assert len(items) == len(found)
    assert found == {
        "user": (OWNER, "METADATA"),
        "membership": (OWNER, "NS#n%23"),
        "usage_shard": (OWNER, found["usage_shard"][1]),
        "api_key": (f"APIKEY#{made.sha256}", "METADATA", OWNER, f"APIKEY#{NOW}"),
        "namespace": ("NS#n%23", "METADATA", OWNER, "NS#n%23"),
        "key": ("NS#n%23", "KEY#k%23"),
    }
    assert found["usage_shard"][1] in {f"USAGE#{number}" for number in range(8)}


def test_moments_have_three_digits_and_operations_their_ids(namespaces, clock, backend):
    clock.sleep(1.5)
    namespaces.create_namespace("n", "u#1", op="op-1")
    (table,) = backend.tables(KV_STORAGE).values()
    (root,) = [item for item in backend.items(table) if item["PK"]["S"] == "NS#n"]
    assert root["createdAt"] == root["updatedAt"] == {"S": "2026-01-01T00:00:01.500Z"}
    assert root["operationId"] == {"S": "op-1"}


def test_no_item_holds_an_attribute_that_the_model_does_not_declare(
    connection, namespaces, keys, api_keys, backend
):
    users = UsersRepository(connection)
    api_keys.revoke_api_key(api_keys.create_api_key("u#1").api_key.sha256)
    namespaces.create_namespace("n", "u#1")
    keys.put_key("n", "k", 1)
    keys.put_key("n", "k", 2)
    users.create_user(user_id="u3", email="u3@example.com", plan="free")
    for number in range(200):
        users.record_usage("u#1", requests=1, op=f"op-{number}")
    (table,) = backend.tables(KV_STORAGE).values()
    for item in backend.items(table):
        entity = KV_STORAGE.entity(item["entityType"]["S"])
        assert set(item) <= {*entity.keys, *entity.attributes}
