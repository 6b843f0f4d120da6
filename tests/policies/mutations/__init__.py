"""Mistakes in a program that the pack must find, by what they are made in, and what is none.

To add one, put a `Mutation` into the list of the file that it belongs to:

    Mutation(
        does="the table is of another class",
        change=put(SHOP, "tableClass", "STANDARD_INFREQUENT_ACCESS"),
        finds=[f"ddb-standard-class/class on {SHOP}"],
    )

`change` is made by the functions of `tests/support/mutations.py`; `cases.py` has the names of what
is in the stack. `finds` lists what EVERY policy of the pack then finds anew, not the one alone that
the mutation is meant for: run the test once, and judge each of what it shows. A new policy may
also find something in mutations that are here already, or in the stack itself.
"""

from tests.policies.mutations.alarms import ALARMS
from tests.policies.mutations.beside_tables import BESIDE_TABLES
from tests.policies.mutations.capacity import THROUGHPUT
from tests.policies.mutations.grants import ACCESS
from tests.policies.mutations.harmless import HARMLESS
from tests.policies.mutations.keys import KEYED
from tests.policies.mutations.parameters import PARAMETERS
from tests.policies.mutations.replicas import OWNED
from tests.policies.mutations.statements import STATEMENTS
from tests.policies.mutations.tables import TABLES
from tests.policies.mutations.waivers import WAIVERS

MUTATIONS = [
    *TABLES,
    *KEYED,
    *OWNED,
    *THROUGHPUT,
    *BESIDE_TABLES,
    *PARAMETERS,
    *STATEMENTS,
    *ACCESS,
    *ALARMS,
    *WAIVERS,
    *HARMLESS,
]
