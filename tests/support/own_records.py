"""A team's own kind of record, made exactly as the package's documentation says."""

import re
from decimal import Decimal

from tablewright.data_access import application_table
from tablewright.data_access.application_table import ApplicationTable, Expiring
from tablewright.data_access.repository.records import Amount, Id, Record, Text, Timestamp
from tablewright.models import DataModel, Entity, patterns
from tablewright.models.catalog.application_table import APPLICATION

_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
_NAMES = {
    "APPLICATION": APPLICATION,
    "Amount": Amount,
    "ApplicationTable": ApplicationTable,
    "DataModel": DataModel,
    "Decimal": Decimal,
    "Entity": Entity,
    "Expiring": Expiring,
    "Id": Id,
    "Record": Record,
    "Text": Text,
    "Timestamp": Timestamp,
    **{name: each for name, each in vars(patterns).items() if not name.startswith("_")},
}

_declared, _, _used = _BLOCK.findall(application_table.__doc__)[0].partition("table = ")
DECLARED = {**_NAMES}
exec(_declared, DECLARED)  # noqa: S102 -- the documentation's own code
Invoice, INVOICES = DECLARED["Invoice"], DECLARED["INVOICES"]


def follow_the_documentation(connection, now):
    """Run the documentation's last lines, and return the names that they leave."""
    names = {**DECLARED, "connection": connection, "now": now}
    exec(f"table = {_used}", names)  # noqa: S102 -- as above
    return names
