"""The application table with its built-in kinds of record."""

import pytest

from tablewright.data_access.application_table import ApplicationTable
from tablewright.models.catalog import APPLICATION_TABLE


@pytest.fixture
def table(connect):
    return ApplicationTable(connect(APPLICATION_TABLE))
