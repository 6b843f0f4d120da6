from __future__ import annotations

import pytest

from tablewright.models import ProjectionKind
from tablewright.models.catalog import CATALOG

KEYS = {
    "file_sharing": {
        "file": (
            "userId=<userId> sortKey=<uploadTimestamp>#<fileId> fileId=<fileId> fileSize=<fileSize>"
        ),
        "file_guard": "userId=FILE#<fileId> sortKey=GUARD",
        "share_link": "linkId=<linkId> fileId=<fileId> createdAt=<createdAt>",
        "claim": "linkId=CLAIM#<linkId>#<claimId>",
        "user": "userId=<userId>",
    },
    "application_table": {
        "user_profile": "PK=USER#<userId> SK=METADATA",
        "session": (
            "PK=SESSION#<sessionId> SK=METADATA "
            "GSI1PK=USER#<userId> GSI1SK=SESSION#<createdAt>#<sessionId>"
        ),
        "health": "PK=HEALTH SK=METADATA",
    },
    "kv_storage": {
        "user": "PK=USER#<userId> SK=METADATA",
        "membership": "PK=USER#<userId> SK=NS#<name>",
        "usage_shard": "PK=USER#<userId> SK=USAGE#<operationId%8>",
        "api_key": (
            "PK=APIKEY#<sha256> SK=METADATA GSI1PK=USER#<userId> GSI1SK=APIKEY#<createdAt>"
        ),
        "namespace": "PK=NS#<name> SK=METADATA GSI1PK=USER#<ownerId> GSI1SK=NS#<name>",
        "key": "PK=NS#<name> SK=KEY#<key>",
    },
    "shop": {
        "user": (
            "PK=USER#<userId> SK=METADATA "
            "GSI2PK=USERSTATUS#<status>#<userId%8> GSI2SK=USER#<userId>"
        ),
        "email_guard": "PK=EMAIL#<email> SK=METADATA",
        "order": (
            "PK=USER#<userId> SK=ORDER#<orderId> "
            "GSI1PK=USER#<userId> GSI1SK=ORDER#<createdAt>#<orderId>"
        ),
        "order_pointer": "PK=ORDER#<orderId> SK=METADATA",
        "order_item": "PK=ORDER#<orderId> SK=ITEM#<itemId>",
        "product": "PK=PRODUCT#<productId> SK=METADATA",
        "cart": "PK=CART#<cartId> SK=METADATA",
    },
    "usage_quotas": {
        "quota": (
            "PK=USER#<userId> SK=QUOTA#<type> "
            "GSI1PK=TIER#<tier>#<userId%8> GSI1SK=USER#<userId>#QUOTA#<type>"
        ),
        "session": (
            "PK=USER#<userId> SK=SESSION#<sessionId> "
            "GSI1PK=USER#<userId> GSI1SK=TIMESTAMP#<timestamp>#<sessionId> "
            "GSI2PK=SESSION#<sessionId> GSI2SK=METADATA"
        ),
        "state": "PK=STATE#<state> SK=METADATA",
        "entry": (
            "PK=USER#<userId> SK=METADATA "
            "GSI1PK=OWNER#<owner> GSI1SK=STATUS#<status>#USER#<userId> "
            "GSI2PK=DOMAIN#<domain>#<userId%8> GSI2SK=USER#<userId> "
            "GSI3PK=CREATED#<date>#<userId%8> GSI3SK=TIMESTAMP#<timestamp>#USER#<userId>"
        ),
    },
}
EACH = [(model, entity) for model, entities in KEYS.items() for entity in entities]
MODELS = pytest.mark.parametrize("model", CATALOG.values(), ids=CATALOG)


@pytest.mark.parametrize(("model", "name"), EACH)
def test_an_entity_composes_its_keys_as_asked_for(model, name):
    keys = CATALOG[model].entity(name).keys
    assert " ".join(f"{key}={template.text}" for key, template in keys.items()) == KEYS[model][name]


@MODELS
def test_the_entities_are_those_that_were_asked_for_and_no_others(model):
    assert {entity.name for entity in model.entities} == set(KEYS[model.name])


@MODELS
def test_a_tables_items_can_expire_by_its_ttl_attribute(model):
    for table in model.tables:
        held = {a for e in model.entities if e.table == table.name for a in e.attributes}
        assert table.ttl_attribute is None or table.ttl_attribute in held, table.name


@MODELS
def test_the_items_of_an_index_hold_what_it_projects(model):
    for table in model.tables:
        for index in table.indexes:
            if index.projection.kind is not ProjectionKind.INCLUDE:
                continue
            inside = [
                entity
                for entity in model.entities
                if entity.table == table.name and {*index.key.names} <= {*entity.keys}
            ]
            assert inside
            assert all({*index.projection.attributes} <= {*e.attributes} for e in inside)
