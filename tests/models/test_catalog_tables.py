from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tablewright.models import StreamView
from tablewright.models.catalog import CATALOG
from tests.support.described import described_key, described_projection


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the seed document asks of one table; `stream` is never, audit or always."""

    key: str
    variable: str
    indexes: dict[str, tuple[str, str]] = field(default_factory=dict)
    ttl: str | None = None
    stream: str = "never"
    group: str = "tables"
    ephemeral: bool = False


def overloaded(*names: str) -> dict[str, tuple[str, str]]:
    return {
        name: (f"GSI{number}PK S, GSI{number}SK S", "ALL")
        for number, name in enumerate(names, start=1)
    }


TABLES = {
    "file_sharing files": Expected(
        key="userId S, sortKey S",
        variable="DROPIFY_FILES_TABLE_NAME",
        indexes={
            "fileIdIndex": ("fileId S", "ALL"),
            "userFileSizeIndex": ("userId S, fileSize N", "ALL"),
        },
        stream="audit",
    ),
    "file_sharing share-links": Expected(
        key="linkId S",
        variable="DROPIFY_SHARELINKS_TABLE_NAME",
        indexes={"fileIdIndex": ("fileId S, createdAt S", "ALL")},
        ttl="expiresAt",
        stream="audit",
    ),
    "file_sharing users": Expected(
        key="userId S", variable="DROPIFY_USERS_TABLE_NAME", stream="audit"
    ),
    "application_table application": Expected(
        key="PK S, SK S", variable="DYNAMODB_TABLE", indexes=overloaded("GSI1"), ttl="TTL"
    ),
    "kv_storage kv-storage-data": Expected(
        key="PK S, SK S", variable="KV_STORAGE_TABLE_NAME", indexes=overloaded("GSI1")
    ),
    "shop shop": Expected(
        key="PK S, SK S",
        variable="SHOP_TABLE_NAME",
        indexes={
            "GSI1": ("GSI1PK S, GSI1SK S", "ALL"),
            "GSI2": ("GSI2PK S, GSI2SK S", "INCLUDE name email status"),
        },
        ttl="expiresAt",
        stream="always",
    ),
    "usage_quotas user-quotas": Expected(
        key="PK S, SK S",
        variable="USER_QUOTAS_TABLE_NAME",
        indexes=overloaded("TierLookupIndex"),
        group="quota",
    ),
    "usage_quotas sessions-metadata": Expected(
        key="PK S, SK S",
        variable="SESSIONS_METADATA_TABLE_NAME",
        indexes=overloaded("UserTimestampIndex", "SessionLookupIndex"),
        group="cost-tracking",
    ),
    "usage_quotas oidc-state": Expected(
        key="PK S, SK S", variable="OIDC_STATE_TABLE_NAME", ttl="expiresAt", ephemeral=True
    ),
    "usage_quotas directory": Expected(
        key="PK S, SK S",
        variable="DIRECTORY_TABLE_NAME",
        indexes=overloaded("OwnerStatusIndex", "EmailDomainIndex", "CreatedAtIndex"),
    ),
}
ACTUAL = {
    f"{model.name} {table.name}": table for model in CATALOG.values() for table in model.tables
}
EACH_TABLE = pytest.mark.parametrize("name", TABLES)


def test_the_tables_are_those_that_were_asked_for_and_no_others():
    assert list(ACTUAL) == list(TABLES)


@EACH_TABLE
def test_a_tables_key_is_as_asked_for(name):
    assert described_key(ACTUAL[name].key) == TABLES[name].key


@EACH_TABLE
def test_a_tables_indexes_are_as_asked_for(name):
    table = ACTUAL[name]
    assert table.local_indexes == ()
    assert {
        index.name: (described_key(index.key), described_projection(index.projection))
        for index in table.indexes
    } == TABLES[name].indexes


@EACH_TABLE
def test_a_tables_items_expire_as_asked_for(name):
    assert ACTUAL[name].ttl_attribute == TABLES[name].ttl
    assert ACTUAL[name].ephemeral is TABLES[name].ephemeral


@EACH_TABLE
def test_a_table_has_its_stream_always_for_the_audit_trail_or_never(name):
    table, expected = ACTUAL[name], TABLES[name].stream
    assert table.has_stream(audit_trail=True) is (expected != "never")
    assert table.has_stream(audit_trail=False) is (expected == "always")
    assert table.stream is None or table.stream.view is StreamView.NEW_AND_OLD_IMAGES


@EACH_TABLE
def test_a_table_is_found_by_its_environment_variable_and_ssm_group(name):
    assert ACTUAL[name].environment_variable == TABLES[name].variable
    assert ACTUAL[name].group == TABLES[name].group


def test_no_two_tables_share_an_environment_variable_or_name():
    assert len({table.environment_variable for table in ACTUAL.values()}) == len(ACTUAL)
    assert len({table.name for table in ACTUAL.values()}) == len(ACTUAL)
