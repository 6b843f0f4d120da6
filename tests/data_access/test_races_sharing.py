"""Many threads at once on file sharing: no limit is exceeded, and nothing is counted twice."""

from datetime import timedelta

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    BeingDeleted,
    LinkUnavailable,
    NotFound,
    QuotaExceeded,
    VersionConflict,
)
from tablewright.data_access.file_sharing import (
    FilesRepository,
    ShareLinksRepository,
    UsersRepository,
)
from tablewright.models.catalog import FILE_SHARING
from tests.support.racing import RacingClient, each_of, race

QUIET, LOSSY = 0, 3
"""No answer is lost, or that of each third write."""
EITHER = pytest.mark.parametrize("lose", [QUIET, LOSSY], ids=["quiet", "lossy"])


class Sharing:
    """The repositories over a client for threads, and what the tables hold."""

    def __init__(self, connection, backend, clock):
        self.users = UsersRepository(connection)
        self.files = FilesRepository(connection)
        self.links = ShareLinksRepository(connection)
        self._backend = backend
        self._clock = clock

    def upload(self, file_id, user_id="u1", size=100, **given):
        given = {"file_name": "a", "s3_key": f"{user_id}/{file_id}", **given}
        return self.files.create_file(user_id, file_id=file_id, file_size=size, **given)

    def share(self, link_id, **given):
        later = self._clock.now() + timedelta(hours=9)
        return self.links.create_share_link("u1", "f1", link_id=link_id, expires_at=later, **given)

    def claim(self, claim_id, *, exact):
        return self.links.increment_download_count("l1", f"c{claim_id}", exact=exact)

    def items(self, table):
        return self._backend.items(self._backend.tables(FILE_SHARING)[table])

    def storage(self, user_id="u1"):
        """Return (used, available) once used and available make the quota, and used the sum."""
        user = self.users.get_user(user_id)
        assert user.storage_used + user.storage_available == user.storage_quota
        sizes = [i["fileSize"]["N"] for i in self.items("files") if "fileSize" in i]
        owners = [i["userId"]["S"] for i in self.items("files") if "fileSize" in i]
        own = [int(size) for size, owner in zip(sizes, owners, strict=True) if owner == user_id]
        assert user.storage_used == sum(own)
        return user.storage_used, user.storage_available

    def counted(self):
        return self.links.get_share_link("l1").download_count


@pytest.fixture
def sharing(connect, backend, clock):
    def make(lose=QUIET):
        connection = connect(FILE_SHARING, client=RacingClient(backend, lose))
        sharing = Sharing(connection, backend, clock)
        sharing.users.create_user("u1", storage_quota=1000)
        sharing.upload("f1")
        return sharing

    return make


@pytest.mark.parametrize(
    ("exact", "lose"),
    [(False, QUIET), (True, QUIET), (True, LOSSY)],
    ids=["plain", "exact", "exact and lossy"],
)
def test_a_link_of_ten_downloads_grants_exactly_ten(sharing, exact, lose):
    sharing = sharing(lose)
    sharing.share("l1", max_downloads=10)
    claims = race(*each_of(24, lambda number: sharing.claim(number, exact=exact)))
    assert len(claims.results) == 10
    assert claims.kinds == {LinkUnavailable}
    assert {error.reason for error in claims.errors} == {"exhausted"}
    assert sharing.counted() == 10


def test_plain_claims_whose_answers_are_lost_burn_downloads_and_never_exceed_them(sharing):
    sharing = sharing(LOSSY)
    sharing.share("l1", max_downloads=10)
    claims = race(*each_of(24, lambda number: sharing.claim(number, exact=False)))
    assert len(claims.results) <= 10
    assert sharing.counted() == 10


@EITHER
@pytest.mark.parametrize("exact", [False, True])
def test_one_claim_from_many_threads_counts_once(sharing, exact, lose):
    sharing = sharing(lose)
    sharing.share("l1", max_downloads=10)
    claims = race(*each_of(16, lambda _: sharing.claim("same", exact=exact)))
    assert len(claims.results) == 16
    assert sharing.counted() == 1


@EITHER
def test_a_quota_for_ten_files_takes_exactly_ten(sharing, lose):
    sharing = sharing(lose)
    uploads = race(*each_of(24, lambda number: sharing.upload(f"g{number}")))
    assert len(uploads.results) == 9, "beside the one that is there"
    assert uploads.kinds == {QuotaExceeded}
    assert sharing.storage() == (1000, 0)


@EITHER
def test_sixteen_deletions_of_one_file_give_its_space_back_once(sharing, lose):
    sharing = sharing(lose)
    sharing.upload("f2", size=300)
    sharing.share("l1")
    deletions = race(*each_of(16, lambda _: sharing.files.delete_file("u1", "f1")))
    assert deletions.errors == []
    assert True in deletions.results
    assert sharing.storage() == (300, 700)
    assert sharing.items("share-links") == []
    assert {i["userId"]["S"] for i in sharing.items("files")} == {"u1", "FILE#f2"}


@EITHER
def test_one_file_id_is_of_one_user(sharing, lose):
    sharing = sharing(lose)
    for number in range(16):
        sharing.users.create_user(f"v{number}", storage_quota=100)
    uploads = race(*each_of(16, lambda number: sharing.upload("same", f"v{number}")))
    (winner,) = uploads.results
    assert uploads.kinds == {AlreadyExists}
    for number in range(16):
        used = 100 * (winner.user_id == f"v{number}")
        assert sharing.storage(f"v{number}") == (used, 100 - used)


@EITHER
def test_one_operation_from_many_threads_counts_once(sharing, lose):
    sharing = sharing(lose)
    uploads = race(*each_of(16, lambda _: sharing.upload("f2", op="op-x")))
    assert uploads.errors == []
    assert len({file.file_id for file in uploads.results}) == 1
    assert sharing.storage() == (200, 800)
    replace = {"file_size": 250, "s3_key": "k", "op": "op-y"}
    replaced = race(*each_of(16, lambda _: sharing.files.replace_content("u1", "f1", **replace)))
    assert replaced.kinds <= {VersionConflict}
    assert sharing.files.get_file_by_user_and_id("u1", "f1").version == 2
    assert sharing.storage() == (350, 650)


def test_contents_replaced_at_once_leave_the_sum_of_what_is_there(sharing):
    sharing = sharing()

    def replace(number):
        return sharing.files.replace_content("u1", "f1", file_size=number, s3_key="k")

    replaced = race(*each_of(16, replace))
    assert replaced.kinds <= {VersionConflict}
    file = sharing.files.get_file_by_user_and_id("u1", "f1")
    assert file.version == 1 + len(replaced.results)
    assert sharing.storage() == (file.file_size, 1000 - file.file_size)


def test_links_made_while_their_file_is_deleted_go_with_it(sharing):
    sharing = sharing()
    made = race(
        *each_of(16, lambda number: sharing.share(f"l{number}")),
        *each_of(4, lambda _: sharing.files.delete_file("u1", "f1")),
    )
    assert made.kinds <= {BeingDeleted, NotFound}
    assert sharing.items("share-links") == []
    assert sharing.items("files") == []
    assert sharing.storage() == (0, 1000)


def test_files_uploaded_while_their_user_is_deleted_go_with_it(sharing):
    sharing = sharing()
    made = race(
        *each_of(9, lambda number: sharing.upload(f"g{number}")),
        *each_of(3, lambda _: sharing.users.delete_user("u1")),
    )
    assert made.kinds <= {BeingDeleted, NotFound}
    for table in ("files", "share-links", "users"):
        assert sharing.items(table) == []


def test_a_counter_is_set_right_while_files_come_and_go(sharing):
    sharing = sharing()
    for number in range(4):
        sharing.upload(f"old{number}", size=50)
    done = race(
        *each_of(8, lambda number: sharing.upload(f"new{number}", size=10)),
        *each_of(4, lambda number: sharing.files.delete_file("u1", f"old{number}")),
        *each_of(4, lambda _: sharing.users.reconcile_storage("u1")),
        *each_of(4, lambda number: sharing.users.set_storage_quota("u1", 900 + number)),
    )
    assert done.kinds <= {VersionConflict}
    assert sharing.storage()[0] == 180


def test_preferences_set_at_once_are_all_kept(sharing):
    sharing = sharing(LOSSY)
    race(*each_of(16, lambda n: sharing.users.update_preferences("u1", {f"p{n}": n})))
    assert sharing.users.get_user("u1").preferences == {f"p{n}": n for n in range(16)}
