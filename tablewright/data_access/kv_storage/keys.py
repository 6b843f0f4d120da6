"""Keys of a namespace, and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.data_access.errors import (
    AlreadyExists,
    InvalidInput,
    NotFound,
    TransactionConflicted,
)
from tablewright.data_access.kv_storage.namespaces import refused_while_deleting
from tablewright.data_access.kv_storage.records import KEY, NAMESPACE, Key
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.conditions import check_operation_id
from tablewright.data_access.repository.expressions import Change
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.transport.timing import timestamp
from tablewright.models.catalog import kv_storage as model

if TYPE_CHECKING:
    from tablewright.data_access.repository.pages import Page


class KeysRepository(BaseRepository):
    """Stores, finds, lists and deletes the keys of namespaces."""

    model = model.KV_STORAGE

    @performs("get_key")
    def get_key(self, namespace: str, key: str) -> Key:
        """Return a key with its value; raises NotFound."""
        return self._require("get_key", KEY, {"name": namespace, "key": key})

    @performs("create_key")
    def create_key(self, namespace: str, key: str, value: object, *, op: str | None = None) -> Key:
        """Store a value under a key that is not taken, and return it.

        Raises AlreadyExists, NotFound where there is no such namespace, BeingDeleted where its
        deletion has begun, and ItemTooLarge, NumberOutOfRange or InvalidInput for a value that
        DynamoDB does not store: keep one near 400 KB in S3, and its key here.
        """
        op = op or self._connection.new_id()
        return self._create(self._made(namespace, key, value), op)

    @performs("put_key", "create_key")
    def put_key(self, namespace: str, key: str, value: object, *, op: str | None = None) -> Key:
        """Store a value under a key, whether it is there or not, and return it.

        A value that is put over another while its namespace is being deleted is deleted with it.
        Raises what `create_key` does but AlreadyExists.
        """
        op = op or self._connection.new_id()
        made = self._made(namespace, key, value)
        check_operation_id(op)
        KEY.item(made, op)  # refuses here what DynamoDB would refuse to update
        deadline = self._connection.wire.patience.start()
        while True:
            try:
                return self._replace(made, op)
            except NotFound:
                pass
            try:
                return self._create(made, op)
            except AlreadyExists as error:
                # Another has created it in between; unless it is deleted again, it is there now.
                if not deadline.pause():
                    raise TransactionConflicted(
                        f"put_key: {KEY.named(KEY.identity(made))} is created and deleted by "
                        "others all the while: nothing was written; try again later"
                    ) from error

    @performs("delete_key")
    def delete_key(self, namespace: str, key: str) -> None:
        """Delete a key; one that is absent already is no error."""
        self._delete("delete_key", KEY, {"name": namespace, "key": key})

    @performs("list_keys")
    def list_keys(
        self, namespace: str, *, prefix: str = "", limit: int = 50, cursor: str | None = None
    ) -> Page[Key]:
        """Return the keys that begin with `prefix`, in order, with their values.

        A namespace that does not exist has no keys.
        """
        keys = self._query("list_keys", KEY, {"name": namespace, "key": prefix})
        return keys.page(limit=limit, cursor=cursor)

    def _made(self, namespace: str, key: str, value: object) -> Key:
        if value is None:
            raise InvalidInput("a value of None is none; delete the key")
        now = self._connection.now()
        return Key.of(namespace=namespace, key=key, value=value, created_at=now, updated_at=now)

    def _create(self, made: Key, op: str) -> Key:
        found = self._transact(
            "create_key",
            op,
            transactions.check(
                NAMESPACE,
                {"name": made.namespace},
                refused=refused_while_deleting(made.namespace),
            ),
            transactions.put(KEY, made),
        )
        stored = found[1] if found else None
        return KEY.read(stored) if stored else made

    def _replace(self, made: Key, op: str) -> Key:
        change = Change(assign={"value": made.value, "updatedAt": timestamp(made.updated_at)})
        return self._update("put_key", KEY, KEY.identity(made), change, op=op)
