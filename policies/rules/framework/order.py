"""In which order a rule judges: what is known before what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pulumi_policy.proxy import UnknownValueError

from rules.framework.finding import Finding
from rules.framework.values import MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.subjects import Resource

_T = TypeVar("_T")


def known_first(*checks: Iterable[Finding]) -> Iterator[Finding]:
    """Give the findings of every check, and only then raise what one of them could not read.

    The SDK drops what a rule has not reported when an UnknownValueError leaves it, so what is
    known is judged first.
    """
    held: UnknownValueError | MalformedError | None = None
    for check in checks:
        try:
            yield from check
        except (UnknownValueError, MalformedError) as error:
            held = _graver(held, error)
    if held is not None:
        raise held


def each_of(
    resources: Iterable[Resource], check: Callable[[Resource], Iterable[Finding]]
) -> Iterator[Finding]:
    """Check every resource of a stack, what is known first; what cannot be read names its resource.

    So a check may read no other resource than its own.
    """
    yield from known_first(*(_own(resource, check) for resource in resources))


def _own(resource: Resource, check: Callable[[Resource], Iterable[Finding]]) -> Iterator[Finding]:
    try:
        yield from check(resource)
    except MalformedError as error:
        yield Finding.malformed(error, resource.urn)
    except UnknownValueError as error:
        path = [resource.name, *error.props]
        raise UnknownValueError(error.unknown_type_sentinel, path) from None


def for_each(
    properties: Properties, name: str, check: Callable[[Properties, int], Iterable[Finding]]
) -> Iterator[Finding]:
    """Check every object of a list, with its position; what is known first.

    A list that is unknown raises only when its turn comes.
    """
    sections = properties.sections(name)
    yield from known_first(*(check(section, at) for at, section in enumerate(sections)))


def readable(read: Callable[[Properties], _T], holders: Iterable[Properties]) -> Iterator[_T]:
    """Give what can be read of each object, and only then raise what could not."""
    held: UnknownValueError | MalformedError | None = None
    for holder in holders:
        try:
            value = read(holder)
        except (UnknownValueError, MalformedError) as error:
            held = _graver(held, error)
        else:
            yield value
    if held is not None:
        raise held


def _graver(
    held: UnknownValueError | MalformedError | None, error: UnknownValueError | MalformedError
) -> UnknownValueError | MalformedError:
    # What is malformed is a violation, so it goes before what is merely unknown.
    return error if held is None or isinstance(error, MalformedError) else held
