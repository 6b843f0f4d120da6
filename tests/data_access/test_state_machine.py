"""File sharing does by random steps, under random faults, what dicts say that it should do.

After each step used and available storage make the quota, what is used is the sum of the sizes, no
link grants more than it may, and nothing is there that hangs on nothing. The steps are always the
same; `TABLEWRIGHT_STATE_MACHINE=long` takes other and more ones each time.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.file_sharing_steps import FileSharing

LONG = os.environ.get("TABLEWRIGHT_STATE_MACHINE") == "long"
PROFILE = settings(
    max_examples=400 if LONG else 10,
    stateful_step_count=60 if LONG else 35,
    derandomize=not LONG,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_file_sharing_does_what_is_expected_whatever_happens(backend):
    machine = type("FileSharingHere", (FileSharing,), {"backend": backend})
    run_state_machine_as_test(machine, settings=PROFILE)
