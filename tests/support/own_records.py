"""A team's own kind of record, made exactly as the package's documentation says."""

import re

from tablewright.data_access import application_table

_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
_declared, _, _used = _BLOCK.findall(application_table.__doc__)[0].partition("table = ")
_DECLARED = {}
exec(_declared, _DECLARED)  # noqa: S102 -- the documentation's own code
Invoice, INVOICES = _DECLARED["Invoice"], _DECLARED["INVOICES"]


def follow_the_documentation(connection, now):
    """Run the documentation's last lines, and return the names that they leave."""
    names = {**_DECLARED, "connection": connection, "now": now}
    exec(f"table = {_used}", names)  # noqa: S102 -- as above
    return names
