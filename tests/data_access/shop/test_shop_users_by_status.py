"""Users of a status are listed over all shards, as summaries that lead to the users."""

import pytest

from tablewright.data_access.errors import InvalidCursor, InvalidInput, NotFound
from tablewright.data_access.repository.pages import walk
from tablewright.data_access.shop import UsersRepository, UserSummary
from tablewright.models.catalog import SHOP


def create(users, *ids, status="active"):
    return [
        users.create_user(user_id=each, name=each, email=f"{each}@example.com", status=status)
        for each in ids
    ]


@pytest.mark.parametrize("limit", [1, 3, 12, 50])
def test_each_user_of_a_status_is_listed_once_in_order(users, limit):
    ids = [f"u{number:02}" for number in range(12)]
    create(users, *ids)
    create(users, "x1", "x2", status="blocked")
    pages = walk(lambda cursor: users.list_users_by_status("active", limit=limit, cursor=cursor))
    assert [user.user_id for user in pages] == ids
    assert len(users.list_users_by_status("active", limit=limit).items) == min(limit, 12)


def test_the_users_are_spread_over_shards(users, table):
    create(users, *(f"u{number:02}" for number in range(12)))
    indexed = {item["GSI2PK"]["S"] for item in table.items().values() if "GSI2PK" in item}
    assert len(indexed) > 1
    assert indexed <= {f"USERSTATUS#active#{shard}" for shard in range(8)}


def test_a_summary_is_of_its_own_type_and_leads_to_the_user(users):
    (created,) = create(users, "a#b%")
    (summary,) = users.list_users_by_status("active").items
    assert summary == UserSummary(
        user_id="a#b%", name="a#b%", email="a#b%@example.com", status="active"
    )
    assert users.follow(summary) == created


def test_following_gives_the_user_as_it_is_now(users, table):
    create(users, "u1")
    (summary,) = users.list_users_by_status("active").items
    changed = users.set_user_status("u1", status="blocked")
    assert users.follow(summary) == changed
    table.delete("USER#u1", "METADATA")
    with pytest.raises(NotFound):
        users.follow(summary)


def test_setting_the_status_moves_a_user_in_the_list(users):
    create(users, "u1", "u2")
    users.set_user_status("u1", status="blocked")
    assert [user.user_id for user in users.list_users_by_status("active").items] == ["u2"]
    assert [user.user_id for user in users.list_users_by_status("blocked").items] == ["u1"]


def test_a_status_that_nobody_has_is_one_empty_page(users):
    page = users.list_users_by_status("active")
    assert (page.items, page.cursor) == ((), None)


def test_a_cursor_is_of_one_status(users):
    create(users, "u1", "u2", "u3")
    cursor = users.list_users_by_status("active", limit=1).cursor
    for status, given in (("blocked", cursor), ("active", cursor[:-2]), ("active", "x")):
        with pytest.raises(InvalidCursor):
            users.list_users_by_status(status, limit=1, cursor=given)


def test_ids_as_long_as_keys_may_be_still_make_a_cursor_that_is_taken(users):
    ids = sorted((f"{letter}{'é' * 508}" for letter in "abcdefghijklmnop"), key=str.encode)
    for number, each in enumerate(ids):
        users.create_user(user_id=each, name="N", email=f"{number}@example.com")
    pages = walk(lambda cursor: users.list_users_by_status("active", limit=15, cursor=cursor))
    assert [user.user_id for user in pages] == ids


@pytest.mark.parametrize("status", ["", None, 7, "\ud800"])
def test_a_status_that_cannot_be_a_key_is_refused(connect, status):
    with pytest.raises(InvalidInput):
        UsersRepository(connect(SHOP)).list_users_by_status(status)
