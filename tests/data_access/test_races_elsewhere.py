"""Many threads at once on names, e-mails, orders, quotas, logins and counters: one wins, or all."""

from datetime import timedelta

import pytest

from tablewright.data_access import kv_storage, shop, usage_quotas
from tablewright.data_access.errors import (
    AlreadyExists,
    EmailTaken,
    NotFound,
    QuotaExceeded,
    VersionConflict,
)
from tablewright.models.catalog import KV_STORAGE, SHOP, USAGE_QUOTAS
from tests.support.racing import RacingClient, each_of, race

EITHER = pytest.mark.parametrize("lose", [0, 3], ids=["quiet", "lossy"])
"""No answer is lost, or that of each third write."""


@pytest.fixture
def racing(connect, backend):
    """Connect to a model for threads."""
    return lambda model, lose=0: connect(model, client=RacingClient(backend, lose))


@EITHER
def test_a_namespace_is_of_whoever_creates_it_first(racing, lose):
    connection = racing(KV_STORAGE, lose)
    users = kv_storage.UsersRepository(connection)
    namespaces = kv_storage.NamespacesRepository(connection)
    for number in range(16):
        users.create_user(user_id=f"u{number}")
    created = race(*each_of(16, lambda number: namespaces.create_namespace("n", f"u{number}")))
    (winner,) = created.results
    assert created.kinds == {AlreadyExists}
    assert namespaces.get_namespace("n").owner_id == winner.owner_id
    owners = [
        f"u{number}" for number in range(16) if namespaces.list_user_namespaces(f"u{number}").items
    ]
    assert owners == [winner.owner_id]


@EITHER
def test_a_key_is_created_once_and_put_by_all(racing, lose):
    connection = racing(KV_STORAGE, lose)
    kv_storage.UsersRepository(connection).create_user(user_id="u1")
    kv_storage.NamespacesRepository(connection).create_namespace("n", "u1")
    keys = kv_storage.KeysRepository(connection)
    created = race(*each_of(16, lambda number: keys.create_key("n", "k", number)))
    (winner,) = created.results
    assert created.kinds == {AlreadyExists}
    assert keys.get_key("n", "k").value == winner.value
    put = race(*each_of(16, lambda number: keys.put_key("n", "other", number)))
    assert put.errors == []
    assert keys.get_key("n", "other").value in range(16)


@EITHER
def test_an_email_is_of_one_user(racing, lose):
    users = shop.UsersRepository(racing(SHOP, lose))
    emails = ["One@example.com", "one@example.com"]

    def create(number):
        return users.create_user(user_id=f"u{number}", name="n", email=emails[number % 2])

    created = race(*each_of(16, create))
    (winner,) = created.results
    assert created.kinds == {EmailTaken}
    assert users.get_user_by_email("one@example.com") == winner


def test_a_freed_email_is_taken_once(racing):
    users = shop.UsersRepository(racing(SHOP))
    for number in range(8):
        users.create_user(user_id=f"u{number}", name="n", email=f"u{number}@example.com")

    def change(number):
        old = f"u{number}@example.com"
        return users.change_email(f"u{number}", old_email=old, new_email="new@example.com")

    changed = race(*each_of(8, change))
    (winner,) = changed.results
    assert changed.kinds == {EmailTaken}
    assert users.get_user_by_email("new@example.com") == winner
    for number in range(8):
        if f"u{number}" != winner.user_id:
            own = users.get_user_by_email(f"u{number}@example.com")
            assert own.user_id == f"u{number}"


def test_an_order_advances_once(racing):
    connection = racing(SHOP)
    shop.UsersRepository(connection).create_user(user_id="u1", name="n", email="a@b")
    orders = shop.OrdersRepository(connection)
    lines = [shop.OrderLine(product_id="p1", quantity=1, price=1)]
    placed = race(*each_of(16, lambda _: orders.create_order("u1", lines, order_id="o", op="op")))
    assert len(placed.results) == 16
    assert len(orders.list_user_orders("u1").items) == 1

    def advance(number):
        return orders.update_order_status("u1", "o", from_status="new", to_status=f"s{number}")

    advanced = race(*each_of(16, advance))
    (winner,) = advanced.results
    assert advanced.kinds == {VersionConflict}
    assert orders.get_order("o").order.status == winner.status


def test_a_quota_of_ten_is_consumed_exactly_ten_times(racing):
    quotas = usage_quotas.QuotasRepository(racing(USAGE_QUOTAS))
    quotas.assign_quota("u1", "monthly", tier="free", limit=10)
    consumed = race(*each_of(24, lambda _: quotas.consume("u1", "monthly", 1)))
    assert len(consumed.results) == 10
    assert consumed.kinds == {QuotaExceeded}
    assert quotas.get_quota("u1", "monthly").remaining == 0


@EITHER
def test_one_consumption_from_many_threads_counts_once_also_where_a_period_begins(
    racing, clock, lose
):
    quotas = usage_quotas.QuotasRepository(racing(USAGE_QUOTAS, lose))
    quotas.assign_quota("u1", "daily", tier="free", limit=10)
    for day in ("one", "another"):
        consumed = race(*each_of(16, lambda _, op=day: quotas.consume("u1", "daily", 3, op=op)))
        assert consumed.errors == []
        assert quotas.get_quota("u1", "daily").remaining == 7
        clock.sleep(24 * 60 * 60)


@EITHER
def test_a_login_is_used_once(racing, lose):
    states = usage_quotas.OidcStateRepository(racing(USAGE_QUOTAS, lose))
    states.create_state(state="s1", nonce="n")
    used = race(*each_of(16, lambda number: states.consume_state("s1", op=f"by-{number}")))
    (winner,) = used.results
    assert used.kinds == {NotFound}
    assert states.consume_state("s1", op=winner.consumed_by).nonce == "n"


def test_an_entry_changes_from_one_version_once(racing):
    directory = usage_quotas.DirectoryRepository(racing(USAGE_QUOTAS))
    directory.create_entry(owner="o", status="new", user_id="u1")

    def change(number):
        return directory.set_status("u1", f"s{number}", version=1)

    changed = race(*each_of(16, change))
    (winner,) = changed.results
    assert changed.kinds == {VersionConflict}
    assert directory.get_entry("u1").status == winner.status


@EITHER
def test_usage_is_counted_exactly(racing, lose):
    users = kv_storage.UsersRepository(racing(KV_STORAGE, lose))
    recorded = race(*each_of(24, lambda _: users.record_usage("u1", requests=1)))
    again = race(*each_of(16, lambda _: users.record_usage("u1", requests=5, op="same")))
    assert recorded.errors == again.errors == []
    assert users.get_usage("u1").request_count == 29


def test_a_cart_keeps_all_that_is_added_at_once(racing, clock):
    carts = shop.CartsRepository(racing(SHOP))
    carts.create_cart(cart_id="c1", expires_at=clock.now() + timedelta(hours=9))
    race(*each_of(16, lambda number: carts.add_cart_item("c1", f"p{number % 4}")))
    assert carts.get_cart("c1").items == {f"p{number}": 4 for number in range(4)}
