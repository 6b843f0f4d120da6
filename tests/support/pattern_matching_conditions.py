"""What a condition demands of the item that is there, as a model declares it."""

from tablewright.models import WriteCondition
from tests.support.pattern_matching_terms import Path, Term, Value


def demanded(conjuncts, entity, table):
    """Return whether an item must exist or be absent; an item that expires, by its expiry too.

    What DynamoDB has not deleted yet is absent all the same: a creation goes over an item that has
    expired, and what must exist must not have. A condition that forgets so demands neither.
    """
    key = Path(table.key.names[0])
    ttl = table.ttl_attribute if table.ttl_attribute in entity.attributes else None
    absent = Term("attribute_not_exists", (key,))
    if ttl is not None and any(_is_either(each, absent, ttl, "<=") for each in conjuncts):
        return WriteCondition.ABSENT
    if ttl is None and absent in conjuncts:
        return WriteCondition.ABSENT
    if Term("attribute_exists", (key,)) in conjuncts and (ttl is None or _is_alive(conjuncts, ttl)):
        return WriteCondition.EXISTS
    return WriteCondition.NONE


def _is_alive(conjuncts, ttl):
    lasting = Term("attribute_not_exists", (Path(ttl),))
    return any(
        _is_expiry(each, ttl, ">") or _is_either(each, lasting, ttl, ">") for each in conjuncts
    )


def _is_either(term, absent, ttl, comparator):
    if term.word != "OR" or len(term.of) != 2:
        return False
    return absent in term.of and any(_is_expiry(each, ttl, comparator) for each in term.of)


def _is_expiry(term, ttl, comparator):
    if term.word != comparator:
        return False
    attribute, moment = term.of
    return attribute == Path(ttl) and isinstance(moment, Value) and moment.tag == "N"
