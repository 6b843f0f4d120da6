"""A team's own kind of record works as the documentation says."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tablewright.data_access.application_table import ApplicationTable
from tablewright.data_access.errors import InvalidInput, NotFound
from tests.support.own_records import INVOICES, Invoice, follow_the_documentation

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def invoice(invoice_id, *, status="open", issued_at=NOW, **fields):
    return Invoice.of(
        account_id="a1",
        invoice_id=invoice_id,
        status=status,
        total=Decimal(12),
        issued_at=issued_at,
        **fields,
    )


@pytest.fixture
def invoices(connect):
    return ApplicationTable(connect(INVOICES), INVOICES, {Invoice: "invoice"})


def found_by_status(invoices, status):
    page = invoices.list_by_index(Invoice, account_id="a1", status=status)
    return [each.invoice_id for each in page.items]


def test_the_example_of_the_documentation_runs_as_it_stands(connect):
    left = follow_the_documentation(connect(INVOICES), NOW)
    assert [each.status for each in left["paid"]] == ["paid"]
    stored = left["table"].get(Invoice, account_id="a1", invoice_id="i1")
    assert stored == invoice("i1", status="paid")


def test_an_index_key_moves_with_each_of_the_fields_that_it_is_composed_of(invoices):
    invoices.put(invoice("i1"))
    invoices.put(invoice("i2"))
    invoices.update(Invoice, {"status": "paid"}, account_id="a1", invoice_id="i1")
    assert (found_by_status(invoices, "open"), found_by_status(invoices, "paid")) == (
        ["i2"],
        ["i1"],
    )
    later = {"issued_at": NOW + timedelta(days=1), "status": "open"}
    changed = invoices.update(Invoice, later, account_id="a1", invoice_id="i1")
    assert changed == invoice("i1", issued_at=NOW + timedelta(days=1))
    assert found_by_status(invoices, "open") == ["i2", "i1"]


def test_an_exact_amount_and_a_moment_are_kept(invoices):
    invoices.put(invoice("i1"))
    changes = {"total": Decimal("19.990"), "issued_at": NOW + timedelta(microseconds=1999)}
    changed = invoices.update(Invoice, changes, account_id="a1", invoice_id="i1")
    assert changed.total == Decimal("19.99")
    assert changed.issued_at == NOW + timedelta(milliseconds=1)
    assert invoices.get(Invoice, account_id="a1", invoice_id="i1") == changed


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"total": 1.5}, "total.*give an int or a Decimal"),
        ({"total": Decimal("NaN")}, "total"),
        ({"total": Decimal("1" * 39)}, "39 digits"),
        ({"status": None}, "status"),
        ({"status": 7}, "status"),
        ({"status": ""}, "status"),
        ({"colour": "red"}, r"no fields \['colour'\]"),
        ({"invoice_id": "i2"}, r"\['invoice_id'\] are part of its key"),
        ({}, "nothing to change"),
        ({"status": "x" * 1100}, "sort key has at most 1,024"),
    ],
)
def test_a_change_that_the_record_refuses_changes_nothing(invoices, changes, message):
    invoices.put(invoice("i1"))
    with pytest.raises(InvalidInput, match=message):
        invoices.update(Invoice, changes, account_id="a1", invoice_id="i1")
    assert invoices.get(Invoice, account_id="a1", invoice_id="i1") == invoice("i1")


def test_time_to_live_can_be_set_moved_and_removed(invoices, clock):
    key = {"account_id": "a1", "invoice_id": "i1"}
    invoices.put(invoice("i1"))
    soon = clock.now() + timedelta(seconds=10)
    assert invoices.update(Invoice, {"expires_at": soon}, **key).expires_at == soon
    assert invoices.update(Invoice, {"expires_at": None}, **key).expires_at is None
    clock.sleep(20)
    assert invoices.get(Invoice, **key) == invoice("i1")
    invoices.update(Invoice, {"expires_at": clock.now() + timedelta(seconds=5)}, **key)
    clock.sleep(5)
    with pytest.raises(NotFound):
        invoices.update(Invoice, {"status": "paid"}, **key)


def test_many_records_are_put_and_read_in_one_call(invoices):
    records = [invoice(f"i{number:03}") for number in range(130)]
    invoices.put_many([*records, records[7]])
    keys = [{"account_id": "a1", "invoice_id": each.invoice_id} for each in reversed(records)]
    found = invoices.get_many(Invoice, [*keys, {"account_id": "a1", "invoice_id": "none"}])
    assert found == (*reversed(records), None)
