"""Kinds: how one kind of record lies in its table, read from the model's entity."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import ValidationError

from tablewright.data_access.errors import CorruptItem, InvalidInput
from tablewright.data_access.repository.records import Record, mistakes
from tablewright.data_access.values.codec import decode_item, encode, encode_item
from tablewright.data_access.values.sizes import check_item, check_key
from tablewright.models.errors import ModelError
from tablewright.models.table import AttributeType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tablewright.data_access.values.codec import AttributeValue, Item
    from tablewright.models import DataModel, Entity, KeyTemplate

R = TypeVar("R", bound=Record)

ENTITY_TYPE: Final = "entityType"
"""The attribute that says of which kind an item is."""
OPERATION_ID: Final = "operationId"
"""The attribute that holds the id of the last operation on an item."""
DELETING_AT: Final = "deletingAt"
"""The attribute that marks an item whose deletion has begun: it counts as absent."""


class Kind(Generic[R]):
    """One kind of record: its entity, how an item is made of a record, and a record of an item.

    `attributes` are those that a projected read gives; empty means all. Errors do not name the key
    of a `secret` kind. Raises ModelError for a field of the record that the entity does not have.
    """

    def __init__(
        self,
        model: DataModel,
        entity: Entity,
        record: type[R],
        *,
        attributes: tuple[str, ...] = (),
        secret: bool = False,
    ) -> None:
        self.model = model
        self.entity = entity
        self.record = record
        self._secret = secret
        self.table = model.table(entity.table)
        self._own = self.table.key.names
        self.partition_key = self._own[0]
        self._needed = {
            name: frozenset(field.name for field in template.fields)
            for name, template in entity.keys.items()
        }
        self._types = {each.name: each.type for each in self.table.attributes}
        schemas = (self.table.key, *(index.key for index in self.table.indexes))
        self._sorting = frozenset(each.name for key in schemas for each in key.sort)
        expires = self.table.ttl_attribute in entity.attributes
        self.ttl = self.table.ttl_attribute if expires else None
        self.can_be_marked = DELETING_AT in entity.attributes
        self._held = frozenset(attributes or (*entity.attributes, *entity.keys))
        self._checks_type = ENTITY_TYPE in self._held
        names = [str(each.alias) for each in record.model_fields.values()]
        self._stored = frozenset(name for name in names if name in entity.attributes)
        self._read_from_keys = tuple(self._from_keys(set(names) - self._stored))

    def _from_keys(self, fields: set[str]) -> Iterator[tuple[str, str, Callable[[str], str]]]:
        """Choose key attributes that together hold these fields, and what reads each of these."""
        for attribute, template in self.entity.keys.items():
            found = {each.name for each in template.fields if not each.shards} & fields
            if found and attribute in self._held:
                fields -= found
                if self._types[attribute] is AttributeType.STRING:
                    yield from ((field, attribute, template.reader(field)) for field in found)
        if fields:
            raise ModelError(
                f"record {self.record.__name__} has {sorted(fields)}, but entity "
                f"{self.entity.name!r} has no such attributes here; declare them"
            )

    @property
    def article(self) -> str:
        """The article before the kind's name, in an error."""
        return "an" if self.entity.name[0] in "aeio" else "a"  # not "an user"

    def named(self, fields: Mapping[str, object]) -> str:
        """Return the words by which an error names an item."""
        if self._secret or not fields:
            return self.entity.name
        return f"{self.entity.name} {' '.join(f'{n}={v!r}' for n, v in fields.items())}"

    def identity(self, record: R) -> dict[str, object]:
        """Return the fields of a record that the table's key is composed of."""
        values = record.attributes()
        names = (
            field.name
            for name in self._own
            for field in self.entity.keys[name].fields
            if field.name in values
        )
        return {name: values[name] for name in names}

    def key(self, fields: Mapping[str, object]) -> Item:
        """Return the table's key; raises InvalidInput or KeyTooLong for what cannot be one."""
        return {name: self._composed(name, fields) for name in self._own}

    def index_keys_with(self, field: str, fields: Mapping[str, object]) -> dict[str, object]:
        """Return every index key attribute that holds a field, for an update that changes it."""
        return {
            name: self._part(name, fields)
            for name, template in self.entity.keys.items()
            if name not in self._own and field in {each.name for each in template.fields}
        }

    def item(self, record: R, operation_id: str | None = None) -> Item:
        """Return the item of a record, its keys composed last.

        Raises ItemTooLarge, KeyTooLong or InvalidInput for what DynamoDB would refuse.
        """
        values = record.attributes()
        item = encode_item({name: values[name] for name in values if name in self._stored})
        item[ENTITY_TYPE] = {"S": self.entity.name}
        if operation_id is not None:
            item[OPERATION_ID] = {"S": operation_id}
        composed_of = {**values, OPERATION_ID: operation_id}
        for name, needed in self._needed.items():
            # An index leaves out an item that lacks half of its key, which is how it stays sparse;
            # the other half waits for an update that brings the missing one.
            if name in self._own or needed <= values.keys():
                item[name] = self._composed(name, composed_of)
        check_item(item, self.entity.name)
        return item

    def read(self, item: Item) -> R:
        """Return the record of an item; raises CorruptItem where it is of another kind."""
        values = decode_item(item)
        if self._checks_type and values.get(ENTITY_TYPE) != self.entity.name:
            raise CorruptItem(
                f"an item of table {self.table.name!r} is {values.get(ENTITY_TYPE)!r} where "
                f"{self.entity.name!r} is expected"
            )
        try:
            for field, attribute, read in self._read_from_keys:
                values[field] = read(item[attribute]["S"])
            return self.record.stored(values)
        except ValidationError as error:
            raise CorruptItem(f"a stored {self.entity.name}: {mistakes(error)}") from error
        except (KeyError, TypeError) as error:
            raise CorruptItem(f"a stored {self.entity.name}: key {error}") from error
        except ModelError as error:
            if self._secret:
                raise CorruptItem(
                    f"a stored {self.entity.name}: its key is not composed by the key template"
                ) from None
            raise CorruptItem(f"a stored {self.entity.name}: {error}") from error

    def is_live(self, item: Item, now: int) -> bool:
        """Tell whether an item still counts: not expired, and its deletion has not begun.

        DynamoDB deletes expired items days late (developer guide, "Time to Live").
        """
        if DELETING_AT in item:
            return False
        expiry = item.get(self.ttl) if self.ttl else None
        return expiry is None or Decimal(expiry.get("N", "Infinity")) > now

    def _composed(self, name: str, fields: Mapping[str, object]) -> AttributeValue:
        part = self._part(name, fields)
        return {"S": part} if type(part) is str else encode(part, name)

    def _part(self, name: str, fields: Mapping[str, object]) -> object:
        template = self.entity.keys[name]
        if self._types[name] is not AttributeType.STRING:
            return fields[template.fields[0].name]
        return compose(template, fields, name, sort=name in self._sorting)


def compose(
    template: KeyTemplate,
    fields: Mapping[str, Any],
    attribute: str,
    *,
    sort: bool,
    shard: int | None = None,
) -> str:
    """Compose a key attribute and check its length in bytes; raises InvalidInput or KeyTooLong."""
    try:
        text = template.render(fields, shard=shard)
    except ModelError as error:
        raise InvalidInput(str(error)) from error
    except UnicodeEncodeError:
        raise InvalidInput(f"key {attribute!r} holds half a character (a lone surrogate)") from None
    check_key(text, attribute, sort=sort)
    return text
