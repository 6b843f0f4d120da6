"""Usage quotas, sessions, OIDC state and the directory."""

from tablewright.data_access.usage_quotas.directory import DirectoryRepository, Entry
from tablewright.data_access.usage_quotas.oidc_state import OidcStateRepository, State
from tablewright.data_access.usage_quotas.quotas import QuotasRepository
from tablewright.data_access.usage_quotas.records import Quota, Session
from tablewright.data_access.usage_quotas.sessions import SessionsRepository

__all__ = [
    "DirectoryRepository",
    "Entry",
    "OidcStateRepository",
    "Quota",
    "QuotasRepository",
    "Session",
    "SessionsRepository",
    "State",
]
