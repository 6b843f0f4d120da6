from __future__ import annotations

import dataclasses

import pytest

from tablewright.models import (
    AccessPattern,
    Entity,
    ModelError,
    Operation,
    Stream,
    TransactionPart,
    WriteCondition,
)
from tablewright.models.patterns import (
    batch_get,
    batch_write,
    check_part,
    create,
    delete,
    delete_part,
    equals,
    get,
    put_part,
    query,
    read_stream,
    replace,
    transact,
    update,
    update_part,
)
from tests.support import small_models
from tests.support.small_models import ORDER, STATUS_KEY

STRANGER = Entity("stranger", "orders", {"PK": "X#<x>", "SK": "X"})
COUNTER = Entity("counter", "orders", {"PK": "COUNTER", "SK": "ALL"})
ALIAS = Entity("alias", "orders", {"PK": "COUNTER", "SK": "ALL"})
COUNTED = Entity("counted", "archive", {"PK": "COUNTER", "SK": "ALL"})
ELSEWHERE = Entity("elsewhere", "archive", {"PK": "X#<x>", "SK": "X"})
GET = get("pattern", ORDER, "api")
LISTING = query("pattern", ORDER, "api", index="byStatus", key=(STATUS_KEY,))


def bare(operation, **arguments):
    given = {"name": "pattern", "consumers": ("api",), "table": "orders"}
    return AccessPattern(operation=operation, **(given | arguments))


SERVABLE = {
    "a get": GET,
    "a create": create("pattern", ORDER, "api"),
    "a replacement": replace("pattern", ORDER, "api"),
    "an update": update("pattern", ORDER, "api"),
    "an upsert": update("pattern", ORDER, "api", condition=WriteCondition.NONE),
    "a delete": delete("pattern", ORDER, "api"),
    "a conditional delete": delete("pattern", ORDER, "api", condition=WriteCondition.EXISTS),
    "a batch of reads": batch_get("pattern", ORDER, "api"),
    "a batch of writes": batch_write("pattern", ORDER, "api"),
    "an eventual read of a global index": LISTING,
    "a Scan with a reason": bare(Operation.SCAN, reason="a yearly export"),
    "a description of the table": bare(Operation.DESCRIBE_TABLE),
    "a get within one tenant": dataclasses.replace(GET, tenant_key="USER#${aws:username}"),
    "a transaction of every kind of part": transact(
        "pattern",
        "api",
        parts=(check_part(ORDER), put_part(ORDER), update_part(ORDER), delete_part(ORDER)),
    ),
    "a transaction on equal keys of two tables": transact(
        "pattern", "api", parts=(put_part(COUNTER), put_part(COUNTED))
    ),
}
UNSERVABLE = {
    "a strong read of a global index": (
        dataclasses.replace(LISTING, strong=True),
        r"reads global index 'byStatus' strongly; AWS offers eventual .*drop strong, or read",
    ),
    "an index that is not there": (
        dataclasses.replace(LISTING, index="byAge"),
        r"there is no index 'byAge' \(indexes: 'byStatus'\)",
    ),
    "a get on an index": (
        dataclasses.replace(GET, index="byStatus", strong=False),
        r"GetItem works on the table, not on index 'byStatus'; use a Query, or drop",
    ),
    "a get with a key condition": (
        dataclasses.replace(GET, key=(equals("PK", "USER#<userId>"),)),
        r"GetItem takes the entity's key; drop `key`",
    ),
    "a Scan without a reason": (
        bare(Operation.SCAN),
        r"is a Scan without a reason; query an index, or write down why",
    ),
    "a ConditionCheck outside a transaction": (
        bare(Operation.CONDITION_CHECK, entities=(ORDER,)),
        r"a ConditionCheckItem is part of a transaction; use transact",
    ),
    "a stream of a table without one": (
        read_stream("pattern", "orders", "events"),
        r"reads a stream, but the table has none; declare stream=Stream",
    ),
    "a condition on a read": (
        dataclasses.replace(GET, condition=WriteCondition.EXISTS),
        r"GetItem takes no condition; drop it",
    ),
    "a condition on a batch": (
        dataclasses.replace(batch_write("pattern", ORDER, "api"), condition=WriteCondition.ABSENT),
        r"BatchWriteItem takes no condition; drop it",
    ),
    "a tenant key on a Scan": (
        bare(Operation.SCAN, reason="a yearly export", tenant_key="${aws:username}"),
        r"Scan is not limited by a partition key; drop tenant_key",
    ),
    "a stream of a table without an entity": (
        read_stream("pattern", "empty", "events"),
        r"'pattern' reads the stream of a table without an entity; declare an entity of the table",
    ),
    "no entity": (
        bare(Operation.GET_ITEM),
        r"names no entity; say which kind of item it touches",
    ),
    "an entity that the model does not list": (
        get("pattern", STRANGER, "api"),
        r"names entity 'stranger', which is not in the model's entities; add it",
    ),
    "an entity of another table": (
        dataclasses.replace(GET, entities=(ORDER, ELSEWHERE)),
        r"names entity 'elsewhere' of table 'archive'; one operation reads one table",
    ),
    "a transaction with a part that the model does not list": (
        transact("pattern", "api", parts=(put_part(ORDER), check_part(STRANGER))),
        r"names entity 'stranger', which is not in the model's entities; add it",
    ),
    "a transaction with a read": (
        transact(
            "pattern", "api", parts=(TransactionPart(operation=Operation.GET_ITEM, entity=ORDER),)
        ),
        r"GetItem cannot be part of a transaction; use Put, Update, Delete or ConditionCheck",
    ),
    "a transaction that takes an entity's one item twice": (
        transact("pattern", "api", parts=(put_part(ORDER), check_part(COUNTER), put_part(COUNTER))),
        r"has 2 parts on the one item \['COUNTER', 'ALL'\] of table 'orders'; .*combine them in",
    ),
    "a transaction that takes the one item of two entities": (
        transact("pattern", "api", parts=(check_part(COUNTER), put_part(ALIAS))),
        r"has 2 parts on the one item \['COUNTER', 'ALL'\] of table 'orders'",
    ),
}
ARCHIVE = small_models.table(name="archive", indexes=())
EMPTY = small_models.table(name="empty", indexes=(), stream=Stream())
ENTITIES = (ORDER, ELSEWHERE, COUNTER, ALIAS, COUNTED)


def model(pattern, **table):
    tables = (small_models.table(**table), ARCHIVE, EMPTY)
    listing = query("list_by_status", ORDER, "api", index="byStatus", key=(STATUS_KEY,))
    return small_models.model(pattern, listing, tables=tables, entities=ENTITIES)


@pytest.mark.parametrize("pattern", SERVABLE.values(), ids=SERVABLE)
def test_a_pattern_that_dynamodb_can_serve_is_taken(pattern):
    assert model(pattern).pattern("pattern") is pattern


@pytest.mark.parametrize(("pattern", "message"), UNSERVABLE.values(), ids=UNSERVABLE)
def test_a_pattern_that_dynamodb_cannot_serve_is_refused(pattern, message):
    where = r"^(table '(orders|empty)'|model 'orders'): (access pattern 'pattern')?.*"
    with pytest.raises(ModelError, match=where + message):
        model(pattern)


def test_a_stream_that_is_there_can_be_read():
    pattern = read_stream("pattern", "orders", "events")
    assert model(pattern, stream=Stream()).consumers == ("events", "api")


def test_a_pattern_without_a_consumer_is_refused():
    with pytest.raises(ModelError, match=r"access pattern 'get_order' has no consumer; say who"):
        get("get_order", ORDER)


def test_a_pattern_of_a_table_that_is_not_there_is_refused():
    with pytest.raises(
        ModelError, match=r"there is no table 'carts' \(tables: orders, archive, empty\)"
    ):
        model(bare(Operation.DESCRIBE_TABLE, table="carts"))
