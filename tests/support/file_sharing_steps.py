"""Random steps on users and files, and deletions that are left unfinished."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tablewright.data_access.errors import DataAccessError
from tests.support.file_sharing_claim_steps import Claiming
from tests.support.file_sharing_machine import (
    FILES,
    MOMENTS,
    PICKS,
    QUOTAS,
    SIZES,
    TROUBLES,
    USERS,
)
from tests.support.file_sharing_stored import Stored
from tests.support.file_sharing_walks import Walking

_FEW = 3


class FileSharing(Claiming, Walking):
    """All steps."""

    @precondition(lambda self: len(self.expected.listed("u1") + self.expected.listed("u#2")) < _FEW)
    @rule()
    def fill_up(self):
        self.fill()

    @rule(user_id=USERS, quota=QUOTAS, troubles=TROUBLES)
    def create_user(self, user_id, quota, troubles):
        refusal = self.expected.create_user(user_id, quota)

        def call(**repeat_with):
            return self.users.create_user(user_id, storage_quota=quota, **repeat_with)

        self.agree(refusal, self.called(troubles, call))

    @rule(user_id=USERS, quota=QUOTAS, troubles=TROUBLES)
    def set_quota(self, user_id, quota, troubles):
        refusal = self.expected.set_quota(user_id, quota)

        def call(**repeat_with):
            return self.users.set_storage_quota(user_id, quota, **repeat_with)

        self.agree(refusal, self.called(troubles, call))

    @rule(user_id=USERS, troubles=TROUBLES)
    def reconcile(self, user_id, troubles):
        def call(**repeat_with):
            return self.users.reconcile_storage(user_id, **repeat_with)

        result = self.called(troubles, call)
        assert isinstance(result, Exception) == (user_id not in self.expected.users)

    @rule(user_id=USERS, file_id=FILES, size=SIZES, troubles=TROUBLES)
    def create_file(self, user_id, file_id, size, troubles):
        self.clock.sleep(1)
        refusal = self.expected.create_file(user_id, file_id, size)
        given = {"file_id": file_id, "file_size": size, "file_name": "name", "s3_key": "key"}

        def call(**repeat_with):
            return self.files.create_file(user_id, **given, **repeat_with)

        self.agree(refusal, self.called(troubles, call))

    @rule(pick=PICKS, size=SIZES, troubles=TROUBLES)
    def replace(self, pick, size, troubles):
        user_id, file_id = self.a_file(pick)
        refusal = self.expected.replace_content(user_id, file_id, size)

        def call(**repeat_with):
            return self.files.replace_content(
                user_id, file_id, file_size=size, s3_key="other", **repeat_with
            )

        self.agree(refusal, self.called(troubles, call))

    @rule(
        pick=PICKS,
        name=st.sampled_from(["name", "other"]),
        version=st.sampled_from([None, 1, 2]),
        troubles=TROUBLES,
    )
    def update(self, pick, name, version, troubles):
        user_id, file_id = self.a_file(pick)
        refusal = self.expected.update_file(user_id, file_id, name, version)
        given = {"file_name": name, "version": version}

        def call(**repeat_with):
            return self.files.update_file(user_id, file_id, **given, **repeat_with)

        self.agree(refusal, self.called(troubles, call))

    @rule(pick=PICKS, troubles=TROUBLES)
    def count_download(self, pick, troubles):
        user_id, file_id = self.a_file(pick)
        refusal = self.expected.count_download(user_id, file_id)

        def call(**repeat_with):
            return self.files.increment_download_count(user_id, file_id, **repeat_with)

        self.agree(refusal, self.called(troubles, call))

    @rule(pick=PICKS, troubles=TROUBLES)
    def mark_file(self, pick, troubles):
        user_id, file_id = self.a_file(pick)
        found = self.expected.mark_file(user_id, file_id)

        def call(**repeat_with):
            return self.files.mark_file_for_deletion(user_id, file_id, **repeat_with)

        assert self.called(troubles, call) is found

    @rule(user_id=USERS, troubles=TROUBLES)
    def mark_user(self, user_id, troubles):
        found = self.expected.mark_user(user_id)

        def call(**repeat_with):
            return self.users.mark_user_for_deletion(user_id, **repeat_with)

        assert self.called(troubles, call) is found

    @rule(pick=PICKS, troubles=TROUBLES)
    def delete_file(self, pick, troubles):
        user_id, file_id = self.a_file(pick)
        found = self.expected.delete_file(user_id, file_id)

        def call(**repeat_with):
            return self.files.delete_file(user_id, file_id, **repeat_with)

        deleted = self.called(troubles, call)
        # An answer that was lost with the last request leaves nothing to be found.
        assert deleted is found or (found and troubles)

    @rule(user_id=USERS, troubles=TROUBLES)
    def delete_user(self, user_id, troubles):
        found = self.expected.delete_user(user_id)

        def call(**repeat_with):
            return self.users.delete_user(user_id, **repeat_with)

        deleted = self.called(troubles, call)
        assert deleted is found or (found and troubles)

    @rule(pick=PICKS, whole=st.booleans(), moment=MOMENTS)
    def leave_a_deletion(self, pick, whole, moment):
        """Begin to delete a file, or all of a user, and do not go on after an error."""
        user_id, file_id = self.a_file(pick)
        mine = [f for f, file in self.expected.files.items() if file.owner == user_id]
        try:
            with self.meeting(moment):
                if whole:
                    self.users.delete_user(user_id)
                else:
                    self.files.delete_file(user_id, file_id)
        except DataAccessError:
            pass
        stored = Stored(self.backend, self.names)
        for each in mine if whole else {file_id} & {*mine}:
            self._follow(user_id, each, stored)
        if whole and user_id not in stored.users:
            self.expected.delete_user(user_id)
        elif whole and "deletingAt" in stored.users[user_id]:
            self.expected.mark_user(user_id)

    def _follow(self, user_id, file_id, stored):
        """Expect of a file what its deletion has left; links may go once it is marked."""
        if file_id not in stored.files:
            self.expected.delete_file(user_id, file_id)
        elif "deletingAt" in stored.files[file_id]:
            self.expected.mark_file(user_id, file_id)
            for link_id, link in [*self.expected.links.items()]:
                if link.file_id == file_id and link_id not in stored.links():
                    del self.expected.links[link_id]
