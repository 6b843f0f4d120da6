"""What lies in the table of key-value storage, and keys put there at once."""

from tablewright.models.catalog import KV_STORAGE

USERS_ALONE = [("USER#u%231", "METADATA"), ("USER#u2", "METADATA")]


def everything_in(backend):
    (table,) = backend.tables(KV_STORAGE).values()
    return sorted((item["PK"]["S"], item["SK"]["S"]) for item in backend.items(table))


def fill(backend, count):
    """Put some keys into namespace `n`, quicker than through the repository."""
    (table,) = backend.tables(KV_STORAGE).values()
    items = [
        {"PK": {"S": "NS#n"}, "SK": {"S": f"KEY#k{number:02}"}, "entityType": {"S": "key"}}
        for number in range(count)
    ]
    for start in range(0, count, 25):
        puts = [{"PutRequest": {"Item": item}} for item in items[start : start + 25]]
        backend.client.batch_write_item(RequestItems={table: puts})
