"""Namespaces: a name belongs to whoever creates it first, and takes its keys with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.data_access.errors import (
    BeingDeleted,
    CorruptItem,
    Incomplete,
    NotFound,
)
from tablewright.data_access.kv_storage.records import (
    KEY,
    MEMBERSHIP,
    NAMESPACE,
    Membership,
    Namespace,
)
from tablewright.data_access.kv_storage.users import USER
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.kinds import DELETING_AT
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.transport.timing import timestamp
from tablewright.models.catalog import kv_storage as model

if TYPE_CHECKING:
    from tablewright.data_access.errors import DataAccessError
    from tablewright.data_access.repository.pages import Page
    from tablewright.data_access.repository.performer import Refusal
    from tablewright.data_access.values.codec import Item

_KEYS_AT_ONCE: Final = 100  # as many as a few batches delete within one deadline
_BEING_DELETED: Final = Condition(text=f"attribute_exists(#{DELETING_AT})")


class NamespacesRepository(BaseRepository):
    """Creates, finds, lists and deletes namespaces."""

    model = model.KV_STORAGE

    @performs("create_namespace")
    def create_namespace(self, name: str, owner_id: str, *, op: str | None = None) -> Namespace:
        """Create a namespace of a user and return it.

        Raises NotFound where there is no such user, AlreadyExists for a name that is taken, and
        BeingDeleted for one whose keys are not all deleted yet.
        """
        op = op or self._connection.new_id()
        now = self._connection.now()
        namespace = Namespace.of(name=name, owner_id=owner_id, created_at=now, updated_at=now)
        membership = Membership.of(user_id=owner_id, name=name, created_at=now)
        found = self._transact(
            "create_namespace",
            op,
            transactions.check(USER, {"userId": owner_id}),
            transactions.put(NAMESPACE, namespace, refused=refused_while_deleting(name)),
            transactions.put(MEMBERSHIP, membership),
        )
        stored = found[1] if found else None
        return NAMESPACE.read(stored) if stored else namespace

    @performs("get_namespace")
    def get_namespace(self, name: str) -> Namespace:
        """Return a namespace; raises NotFound, also for one that is being deleted."""
        return self._require("get_namespace", NAMESPACE, {"name": name})

    @performs("list_user_namespaces")
    def list_user_namespaces(
        self, user_id: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Membership]:
        """Return the namespaces of a user by name; one that is being deleted until it is gone."""
        memberships = self._query("list_user_namespaces", MEMBERSHIP, {"userId": user_id})
        return memberships.page(limit=limit, cursor=cursor)

    @performs("list_user_namespaces.metadata")
    def list_user_namespaces_with_metadata(
        self, owner_id: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Namespace]:
        """Return the namespaces of a user as they are stored; new ones appear with a lag."""
        namespaces = self._query("list_user_namespaces.metadata", NAMESPACE, {"ownerId": owner_id})
        return namespaces.page(limit=limit, cursor=cursor)

    @performs("delete_namespace.mark", "list_keys", "delete_namespace.keys", "delete_namespace")
    def delete_namespace(self, name: str, *, op: str | None = None) -> bool:
        """Delete a namespace with all of its keys; False where there is none.

        From its first step on the namespace takes no new keys. Call again after any error: what is
        done stays done. Let one caller at a time do this: of two, the slower could delete keys of
        a namespace that is created anew meanwhile. Raises Incomplete where keys are left over.
        """
        op = op or self._connection.new_id()
        with self._repeatable(op=op):
            try:
                namespace = self._mark(name, op)
            except NotFound:
                return False
            with self._going_on(f"the deletion of namespace {name!r}", name):
                self._delete_keys(name)
                self._finish(namespace, op)
        return True

    def _mark(self, name: str, op: str) -> Namespace:
        change = Change(
            compute={DELETING_AT: f"if_not_exists(#{DELETING_AT}, :{DELETING_AT})"},
            using={DELETING_AT: timestamp(self._connection.now())},
        )
        fields = {"name": name}
        return self._update("delete_namespace.mark", NAMESPACE, fields, change, op=op, marked=True)

    def _delete_keys(self, name: str) -> None:
        """Delete keys until there are none; new ones cannot come, for the namespace is marked."""
        keys = self._query("list_keys", _key_of, {"name": name, "key": ""})
        while (page := keys.page(limit=_KEYS_AT_ONCE)).items:
            deletes = [{"name": name, "key": key} for key in page.items]
            try:
                self._batch_write("delete_namespace.keys", KEY, deletes=deletes)
            except Incomplete as error:
                raise Incomplete(
                    f"{NAMESPACE.named({'name': name})} has keys that are not deleted yet; "
                    "delete it again to go on",
                    error.leftovers,
                ) from error

    def _finish(self, namespace: Namespace, op: str) -> None:
        fields = {"name": namespace.name}

        def gone(_item: Item | None) -> DataAccessError:
            return NotFound(f"there is no {NAMESPACE.named(fields)} that is being deleted")

        def orphaned(_item: Item | None) -> DataAccessError:
            return CorruptItem(f"{NAMESPACE.named(fields)} has no membership beside its owner")

        membership = {"userId": namespace.owner_id, **fields}
        try:
            self._transact(
                "delete_namespace",
                op,
                transactions.delete(
                    NAMESPACE, fields, condition=_BEING_DELETED, refused=gone, marked=True
                ),
                transactions.delete(MEMBERSHIP, membership, refused=orphaned),
            )
        except NotFound:
            # Somebody else finished, or this did before its answer was lost; a namespace of this
            # name that has been created since is another.
            return


def refused_while_deleting(name: str) -> Refusal:
    """Return the refusal that says that a namespace is being deleted, where it is that."""

    def refused(item: Item | None) -> DataAccessError | None:
        if item is None or DELETING_AT not in item:
            return None
        return BeingDeleted(
            f"{NAMESPACE.named({'name': name})} is being deleted; it can be created anew after that"
        )

    return refused


def _key_of(item: Item) -> str:
    # Not through the record: a value that cannot be read must not keep its key from deletion.
    return KEY.entity.keys["SK"].parse(item["SK"]["S"])["key"]
