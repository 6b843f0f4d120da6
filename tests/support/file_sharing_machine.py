"""File sharing by random steps under random faults, beside dicts that say what it should do."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from itertools import count

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from tablewright.data_access.connection import Connection
from tablewright.data_access.errors import (
    Conflict,
    Incomplete,
    NotFound,
    Retryable,
    UnknownOutcome,
)
from tablewright.data_access.file_sharing import (
    FilesRepository,
    ShareLinksRepository,
    UsersRepository,
)
from tablewright.data_access.repository.cursors import CursorKey, Cursors
from tablewright.data_access.table_names import TableNames
from tablewright.data_access.transport.timing import Patience
from tablewright.data_access.transport.wire import Wire
from tablewright.models.catalog import FILE_SHARING
from tests.support import faults as wire
from tests.support.clocks import SteppingClock
from tests.support.file_sharing_model import ALink, Expected
from tests.support.file_sharing_stored import Stored
from tests.support.named_faults import FAULTS, OPERATIONS

_PICKS_OF_ALL = 3
MOMENTS = st.tuples(st.integers(0, 6), st.sampled_from([*FAULTS]), st.booleans())
"""The number of a request, the fault that it meets, and whether all later ones meet it too."""
TROUBLES = st.lists(MOMENTS, max_size=2)
"""What a call meets, and then its repeat."""
USER_IDS = ("u1", "u#2")
FILE_IDS = ("f1", "f2", "f#3", "f4")
PICKS = st.integers(0, 19)
"""Which of those that are there; some numbers choose among all, there or not."""
USERS = st.sampled_from(USER_IDS)
FILES = st.sampled_from(FILE_IDS)
LINKS = st.sampled_from([f"l{number}" for number in range(1, 7)])
SIZES = st.sampled_from([0, 1, 10, 40, 60, 100])
QUOTAS = st.sampled_from([0, 50, 100, 200])
HOUR = timedelta(hours=1)


class Base(RuleBasedStateMachine):
    """A backend with empty tables, and calls that are repeated as their errors say."""

    backend = None

    def __init__(self):
        super().__init__()
        self.backend.clear()
        self.names = self.backend.tables(FILE_SHARING)
        self.clock = SteppingClock()
        self.expected = Expected()
        self.steps = count(1)
        ids = count(1)
        patience = Patience(deadline_seconds=0.5, clock=self.clock, chance=lambda: 0.5)
        connection = Connection(
            wire=Wire(self.backend.client, patience),
            tables=TableNames(given=self.names, variables={}),
            cursors=Cursors([CursorKey("test", b"k" * 32)]),
            new_id=lambda: f"id-{next(ids)}",
            new_secret=lambda size: next(ids).to_bytes(size, "big"),
        )
        self.users = UsersRepository(connection)
        self.files = FilesRepository(connection)
        self.links = ShareLinksRepository(connection)

    def now(self):
        """Return the time, no link being about to expire while a call is repeated."""
        ends = {link.expires_at for link in self.expected.links.values()}
        while any(abs(end - self.clock.now()) < HOUR / 60 for end in ends):
            self.clock.sleep(60)
        return self.clock.now()

    @contextmanager
    def meeting(self, moment):
        """Have the requests of a call meet a fault."""
        at, name, ever = moment
        sent = count()

        def script(exchange):
            number = next(sent)
            hit = number == at or (ever and number > at)
            return FAULTS[name](exchange) if hit else exchange.apply()

        with wire.Faults(self.backend.client) as faults:
            for operation in OPERATIONS:
                faults.always(operation, script)
            yield

    def called(self, troubles, call, between=lambda: None):
        """Make a call until it ends, as each error says; return its result, or its refusal."""
        repeat_with = {}
        for moment in [*troubles, None]:
            try:
                if moment is None:
                    return call(**repeat_with)
                with self.meeting(moment):
                    return call(**repeat_with)
            except UnknownOutcome as error:
                repeat_with = error.repeat_with
            except (Retryable, Incomplete):
                pass
            except (Conflict, NotFound) as error:
                return error
            between()
        raise AssertionError("without a fault a call ends")

    def a_file(self, pick):
        """Return whose a file is, and its id; or any two ids."""
        files = sorted(self.expected.files.items())
        if pick < _PICKS_OF_ALL or not files:
            return USER_IDS[pick % 2], FILE_IDS[pick % 4]
        file_id, file = files[pick % len(files)]
        return file.owner, file_id

    def a_link(self, pick):
        """Return the id of a link, or of none."""
        links = sorted(self.expected.links)
        return "l1" if pick < _PICKS_OF_ALL or not links else links[pick % len(links)]

    @initialize()
    def begin(self):
        self.fill()

    def fill(self):
        """Have users, files and links, where they are not there or about to go."""
        now = self.now()
        for user_id in USER_IDS:
            if self.expected.create_user(user_id, 200) is None:
                self.users.create_user(user_id, storage_quota=200)
        for number, file_id in enumerate(FILE_IDS):
            self.clock.sleep(1)
            user_id = USER_IDS[number % 2]
            if self.expected.create_file(user_id, file_id, 40) is None:
                given = {"file_id": file_id, "file_size": 40, "file_name": "name", "s3_key": "k"}
                self.files.create_file(user_id, **given)
        for user_id, file_id in zip(USER_IDS, FILE_IDS, strict=False):
            link_id = f"filled-{next(self.steps)}"
            ends = (now + 2 * HOUR).replace(microsecond=0)
            link = ALink(file_id, ends, 2)
            if self.expected.create_link(user_id, file_id, link_id, link, now) is None:
                given = {"link_id": link_id, "expires_at": ends, "max_downloads": 2}
                self.links.create_share_link(user_id, file_id, **given)

    def agree(self, refusal, result):
        """Demand that a call was refused as expected, or not at all."""
        assert (type(result) if isinstance(result, Exception) else None) == refusal, result

    @invariant()
    def what_is_stored_is_what_is_expected(self):
        Stored(self.backend, self.names).compare(self.expected)

    @invariant()
    def reads_agree(self):
        """Read one user, one file and one link, others after each step."""
        turn = next(self.steps)
        user_id = USER_IDS[turn % 2]
        file_id = FILE_IDS[turn // 2 % 4]
        user = self.expected.users.get(user_id)
        read = self.called([], lambda: self.users.get_user(user_id))
        if user is None or user.marked:
            assert isinstance(read, NotFound)
        else:
            used = self.expected.used(user_id)
            assert (read.storage_used, read.storage_available) == (used, user.quota - used)
        file = self.expected.file(user_id, file_id)
        read = self.called([], lambda: self.files.get_file_by_user_and_id(user_id, file_id))
        assert (
            (file.size, file.name) == (read.file_size, read.file_name)
            if file
            else (isinstance(read, NotFound))
        )
