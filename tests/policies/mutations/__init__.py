"""Mistakes in a program that the pack must find, by what they are made in, and what is none."""

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
