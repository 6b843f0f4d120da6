"""The application table: a team's own kinds of record in one table, and two to begin with.

User profiles and sessions are there (`UserProfile`, `Session`). A kind of one's own is a record, an
entity that says how its keys are composed, and the access patterns that the team needs, each named
after the method and the entity:

```python
from decimal import Decimal

from tablewright.data_access.application_table import ApplicationTable, Expiring
from tablewright.data_access.repository.records import Amount, Id, Text, Timestamp
from tablewright.models import DataModel, Entity
from tablewright.models.catalog.application_table import APPLICATION
from tablewright.models.patterns import (
    batch_get,
    batch_write,
    begins_with,
    create,
    delete,
    equals,
    get,
    query,
    update,
)


class Invoice(Expiring):                    # or Record, for what does not expire
    account_id: Id
    invoice_id: Id
    status: Text
    total: Amount
    issued_at: Timestamp


INVOICE = Entity(
    "invoice",
    APPLICATION.name,
    {
        "PK": "ACCOUNT#<accountId>",
        "SK": "INVOICE#<invoiceId>",
        "GSI1PK": "ACCOUNT#<accountId>",
        "GSI1SK": "INVOICE#<status>#<issuedAt>",
    },
    attributes=("entityType", "operationId", "status", "total", "issuedAt", "TTL"),
)
INVOICES = DataModel(
    name="invoices",
    tables=(APPLICATION,),
    entities=(INVOICE,),
    patterns=(
        create("put.invoice", INVOICE, "billing"),
        get("get.invoice", INVOICE, "billing"),
        update("update.invoice", INVOICE, "billing"),
        delete("delete.invoice", INVOICE, "billing"),
        query(
            "list.invoice",
            INVOICE,
            "billing",
            key=(equals("PK", "ACCOUNT#<accountId>"), begins_with("SK", "INVOICE#")),
        ),
        query(
            "list_by_index.invoice",
            INVOICE,
            "billing",
            index="GSI1",
            key=(
                equals("GSI1PK", "ACCOUNT#<accountId>"),
                begins_with("GSI1SK", "INVOICE#<status>#"),
            ),
        ),
        batch_get("get_many.invoice", INVOICE, "billing"),
        batch_write("put_many.invoice", INVOICE, "billing"),
    ),
)

table = ApplicationTable(connection, INVOICES, {Invoice: "invoice"})
table.put(
    Invoice.of(account_id="a1", invoice_id="i1", status="open", total=Decimal(12), issued_at=now)
)
table.update(Invoice, {"status": "paid"}, account_id="a1", invoice_id="i1")
paid = table.list_by_index(Invoice, account_id="a1", status="paid").items
```

A record's fields are in snake case, and in camel case in the entity; the entity declares the
attributes `entityType` and `operationId` too, and `TTL` where records expire.
"""

from tablewright.data_access.application_table.records import Expiring, Session, UserProfile
from tablewright.data_access.application_table.table import ApplicationTable

__all__ = ["ApplicationTable", "Expiring", "Session", "UserProfile"]
