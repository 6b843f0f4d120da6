"""The repositories of the workload, on each backend."""

import pytest

from tablewright.data_access.usage_quotas import (
    DirectoryRepository,
    OidcStateRepository,
    QuotasRepository,
    SessionsRepository,
)
from tablewright.models.catalog import USAGE_QUOTAS


@pytest.fixture
def quotas(connect):
    return QuotasRepository(connect(USAGE_QUOTAS))


@pytest.fixture
def assigned(quotas):
    """Ten a month for one user."""
    return quotas.assign_quota("u1", "monthly", tier="free", limit=10)


@pytest.fixture
def sessions(connect):
    return SessionsRepository(connect(USAGE_QUOTAS))


@pytest.fixture
def states(connect):
    return OidcStateRepository(connect(USAGE_QUOTAS))


@pytest.fixture
def directory(connect):
    return DirectoryRepository(connect(USAGE_QUOTAS))
