"""A write whose answer is lost counts once, whoever repeats it: the wire, or the caller."""

import json
from datetime import timedelta

import pytest

from tablewright.data_access.errors import Throttled, UnknownOutcome
from tests.support.faults import (
    LOST,
    LOST_IN_NONSENSE,
    MALFORMED,
    THROTTLED,
    Faults,
)


def a_link(sharing, **given):
    expires_at = sharing.clock.start + timedelta(hours=9)
    return sharing.links.create_share_link("u1", "f1", expires_at=expires_at, **given)


def a_file(sharing, **given):
    return sharing.files.create_file("u1", file_name="a", file_size=5, s3_key="k", **given)


WRITES = {
    "create_user": lambda s, **g: s.users.create_user(storage_quota=10, **g),
    "update_user": lambda s, **g: s.users.update_user("u1", email="a", **g),
    "update_last_login": lambda s, **g: s.users.update_last_login("u1", **g),
    "update_preferences": lambda s, **g: s.users.update_preferences("u1", {"a": 1}, **g),
    "set_storage_quota": lambda s, **g: s.users.set_storage_quota("u1", 2000, **g),
    "increment_storage_used": lambda s, **g: s.users.increment_storage_used("u1", 7, **g),
    "reconcile_storage": lambda s, **g: s.users.reconcile_storage("u1", **g),
    "mark_user_for_deletion": lambda s, **g: s.users.mark_user_for_deletion("u1", **g),
    "create_file": a_file,
    "update_file": lambda s, **g: s.files.update_file("u1", "f1", file_name="b", **g),
    "replace_content": lambda s, **g: s.files.replace_content(
        "u1", "f1", file_size=7, s3_key="k", **g
    ),
    "increment_download_count of a file": lambda s, **g: s.files.increment_download_count(
        "u1", "f1", **g
    ),
    "mark_file_for_deletion": lambda s, **g: s.files.mark_file_for_deletion("u1", "f1", **g),
    "create_share_link": a_link,
    "deactivate_share_link": lambda s, **g: s.links.deactivate_share_link("f1-0", **g),
    "increment_download_count of a link": lambda s, **g: s.links.increment_download_count(
        "f1-0", **g
    ),
    "the exact claim": lambda s, **g: s.links.increment_download_count("f1-0", exact=True, **g),
}
CLAIMS = {"increment_download_count of a link", "the exact claim"}
EACH = pytest.mark.parametrize("method", WRITES)
SINGLE = ("PutItem", "UpdateItem", "TransactWriteItems")


def everything(sharing):
    """Return what is stored, but for times and ids that differ from call to call."""
    kept = {}
    for table in ("files", "share-links", "users"):
        items = [
            {name: value for name, value in item.items() if name not in _OF_THE_CALL}
            for item in sharing.items(table)
        ]
        kept[table] = sorted(json.dumps(item, sort_keys=True, default=repr) for item in items)
    return kept


_OF_THE_CALL = {
    *("createdAt", "deletingAt", "fileSortKey", "lastLoginAt", "sortKey", "uploadTimestamp"),
}


@EACH
@pytest.mark.parametrize("fault", [LOST, LOST_IN_NONSENSE])
def test_a_lost_answer_changes_nothing_but_time(full, method, fault):
    """What is stored and returned is what it is without a fault, with the same ids."""
    ids = {"claim_id" if method in CLAIMS else "op": "op-1"}
    if method == "create_share_link":
        ids["link_id"] = "made-up"
    with Faults(full.backend.client) as faults:
        for operation in SINGLE:
            faults.on(operation, fault, fault)
        WRITES[method](full, **ids)
        written = sum(map(faults.count, SINGLE))
    assert written == 3
    once = everything(full)
    WRITES[method](full, **ids)
    assert everything(full) == once
    if "increment_storage_used" not in method:
        full.storage()


@EACH
def test_an_unknown_outcome_says_how_to_repeat_the_call(full, method):
    with Faults(full.backend.client) as faults:
        for operation in SINGLE:
            faults.always(operation, LOST)
        with pytest.raises(UnknownOutcome) as unknown:
            WRITES[method](full)
    once = everything(full)
    full.clock.sleep(5)
    WRITES[method](full, **unknown.value.repeat_with)
    assert everything(full) == once


@EACH
@pytest.mark.parametrize(
    ("fault", "error"),
    [(THROTTLED, Throttled), (MALFORMED, UnknownOutcome)],
)
def test_what_was_not_applied_is_told_and_can_be_called_again(full, method, fault, error):
    stored = everything(full)
    with Faults(full.backend.client) as faults:
        for operation in SINGLE:
            faults.always(operation, fault)
        with pytest.raises(error):
            WRITES[method](full)
        assert full.clock.elapsed < 12, "one deadline, and no attempt after it"
    assert everything(full) == stored
    WRITES[method](full)
    assert everything(full) != stored or method == "reconcile_storage"


@pytest.mark.parametrize("method", ["delete_share_link", "delete_share_links_by_file_id"])
def test_a_deletion_whose_answer_is_lost_is_repeated(full, method):
    given = {"delete_share_link": "f1-0", "delete_share_links_by_file_id": "f1"}[method]
    with Faults(full.backend.client) as faults:
        for operation in ("DeleteItem", "BatchWriteItem"):
            faults.on(operation, LOST, LOST)
        getattr(full.links, method)(given)
    assert "f1-0" not in full.link_ids()
