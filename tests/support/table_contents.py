"""What the tables of a model hold: read, brought back, and compared but for times."""

import re

TIMES = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|datetime\.datetime\([^()]*(?:\([^()]*\))?[^()]*\)"
)
"""A moment as it is stored, also within a key, and as a record shows it."""

_REMEMBERED = ("olderOperations", "recentOperations")


class Contents:
    """The items of a model's tables, by table and key."""

    def __init__(self, client, model, names):
        self._client = client
        self._specs = {names[spec.name]: spec for spec in model.tables}

    def read(self):
        """Return every item of every table."""
        return {
            name: {self._key(spec, item): item for item in self._items(name)}
            for name, spec in self._specs.items()
        }

    def restore(self, wanted):
        """Put and delete what differs from what was read before."""
        for name, items in self.read().items():
            spec = self._specs[name]
            for key in items.keys() - wanted[name].keys():
                at = {attribute: items[key][attribute] for attribute in spec.key.names}
                self._client.delete_item(TableName=name, Key=at)
            for key, item in wanted[name].items():
                if items.get(key) != item:
                    self._client.put_item(TableName=name, Item=item)

    def differences(self, wanted, found, without=()):
        """Say where two readings differ, times and some attributes apart."""
        sentences = []
        for name, spec in self._specs.items():
            apart = {spec.ttl_attribute, *without}
            one = sorted(_comparable(item, apart) for item in wanted[name].values())
            other = sorted(_comparable(item, apart) for item in found[name].values())
            if one != other:
                missing, more = _less(one, other), _less(other, one)
                sentences.append(f"{spec.name} lacks {missing} and has {more}")
        return sentences

    def _items(self, name):
        pages = self._client.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
        return [item for page in pages for item in page["Items"]]

    @staticmethod
    def _key(spec, item):
        return tuple(repr(item[attribute]) for attribute in spec.key.names)


def _comparable(item, apart):
    """Return the text of an item, with its sets in order and without its times."""
    if "olderOperations" in item or "recentOperations" in item:
        item = _remembering(item)
    kept = {name: _ordered(item[name]) for name in sorted(item) if name not in apart}
    return TIMES.sub("<time>", repr(kept))


def _remembering(item):
    """Return a counter as if it had not begun to forget, which it does when it can."""
    ids = {id_ for name in _REMEMBERED for id_ in item.get(name, {}).get("SS", ())}
    kept = {
        name: value for name, value in item.items() if name not in {*_REMEMBERED, "operationId"}
    }
    return {**kept, "recentOperations": {"SS": [*ids]}}


def _ordered(value):
    return {tag: sorted(held) if tag in {"SS", "NS"} else held for tag, held in value.items()}


def _less(some, others):
    left = [*others]
    return [each for each in some if each not in left or left.remove(each)]
