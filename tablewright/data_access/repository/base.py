"""The base of every repository: its methods perform access patterns that the model declares."""

from __future__ import annotations

from tablewright.data_access.repository.reading import Reading
from tablewright.data_access.repository.transacting import Transacting
from tablewright.data_access.repository.writing import Writing


class BaseRepository(Reading, Writing, Transacting):
    """Get, put, update, delete, query, batches and transactions, by the names of access patterns.

    A subclass names its `model`, and each of its public methods, by the decorator `performs`, the
    patterns that it performs. There is no Scan.
    """
