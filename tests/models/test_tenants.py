from __future__ import annotations

import dataclasses

import pytest

from tablewright.models import Attribute, Entity, Index, Key, ModelError
from tablewright.models.patterns import equals, get, put_part, query, transact
from tests.support import small_models

TEAM = "${aws:PrincipalTag/team}"
USER = "${aws:username}"
NOTE = Entity(
    "note",
    "orders",
    {
        "PK": "TEAM#<team>#USER#<user>",
        "SK": "NOTE#<id>",
        "day": "DAY#<day>",
        "hour": "<hour>",
        "spread": "TEAM#<team>#<id%8>",
    },
)
TASK = Entity("task", "orders", {"PK": "TASK#<team>", "SK": "<id>"})
COUNTER = Entity("counter", "orders", {"PK": "COUNTER", "SK": "ALL"})
INDEXES = tuple(
    Index(name=name, key=key, kept_because="another test uses it")
    for name, key in {
        "byDay": Key.of("day", "hour"),
        "bySpread": Key.of("spread"),
        "byBoth": Key((Attribute("day"), Attribute("hour"))),
    }.items()
)
LISTING = query("pattern", NOTE, "api", key=(equals("PK", "TEAM#<team>#USER#<user>"),))
BY_DAY = query("pattern", NOTE, "api", index="byDay", key=(equals("day", "DAY#<day>"),))
BY_SPREAD = query(
    "pattern", NOTE, "api", index="bySpread", key=(equals("spread", "TEAM#<team>#<id%8>"),)
)
BY_BOTH = query(
    "pattern",
    NOTE,
    "api",
    index="byBoth",
    key=(equals("day", "DAY#<day>"), equals("hour", "<hour>")),
)


def declare(pattern, tenant_key):
    limited = dataclasses.replace(pattern, tenant_key=tenant_key)
    indexes = (
        dataclasses.replace(index, kept_because=None) if index.name == pattern.index else index
        for index in INDEXES
    )
    table = small_models.table(indexes=tuple(indexes))
    return small_models.model(limited, tables=(table,), entities=(NOTE, TASK, COUNTER))


@pytest.mark.parametrize(
    ("pattern", "tenant_key"),
    [
        (get("pattern", NOTE, "api"), f"TEAM#{TEAM}#USER#{USER}"),
        (LISTING, f"TEAM#{TEAM}#USER#{USER}"),
        (BY_DAY, "DAY#${aws:PrincipalTag/day, 'none'}"),
        (get("pattern", COUNTER, "api"), "COUNTER"),
        (transact("pattern", "api", parts=(put_part(TASK), put_part(TASK))), f"TASK#{TEAM}"),
    ],
)
def test_a_tenant_key_that_is_composed_as_the_partition_key_is_taken(pattern, tenant_key):
    assert declare(pattern, tenant_key).pattern("pattern").tenant_key == tenant_key


@pytest.mark.parametrize(
    ("pattern", "tenant_key", "message"),
    [
        (LISTING, "", r"its tenant key '' is blank, .*write the tenant's partition key, or leave"),
        (LISTING, " ", r"its tenant key ' ' is blank"),
        (
            LISTING,
            f"team#{TEAM}#USER#{USER}",
            r"'team#.*', but 'PK' of entity 'note' .*; write it as 'TEAM#\$\{…\}#USER#\$\{…\}', a",
        ),
        (LISTING, f"TEAM#{TEAM}", r"is 'TEAM#<team>#USER#<user>', so IAM would deny"),
        (LISTING, f"TEAM#{TEAM}#USER#{USER}{USER}", r"so IAM would deny"),
        (LISTING, "TEAM#<team>#USER#<user>", r"so IAM would deny"),
        (BY_DAY, f"TEAM#{TEAM}#USER#{USER}", r"but 'day' of entity 'note' is 'DAY#<day>'"),
        (BY_SPREAD, f"TEAM#{TEAM}#{USER}", r"IAM cannot compute a shard: use a key without one"),
        (
            BY_BOTH,
            f"DAY#{TEAM}",
            r"index 'byBoth' has the partition key \['day', 'hour'\]; .*read another index, or",
        ),
        (
            transact("pattern", "api", parts=(put_part(TASK), put_part(NOTE))),
            f"TASK#{TEAM}",
            r"but 'PK' of entity 'note' is 'TEAM#",
        ),
    ],
)
def test_a_tenant_key_that_would_deny_the_pattern_is_refused(pattern, tenant_key, message):
    where = r"^(table|model) 'orders': access pattern 'pattern'.*"
    with pytest.raises(ModelError, match=where + message):
        declare(pattern, tenant_key)
