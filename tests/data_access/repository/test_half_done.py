"""What is refused behind a write does not say that nothing was written."""

import pytest

from tablewright.data_access.errors import Incomplete, NotFound, Throttled, UnknownOutcome

REFUSED = Throttled("get_item: refused for capacity")


def test_a_read_behind_a_write_tells_of_it_and_how_to_repeat_the_call(repository):
    told = pytest.raises(UnknownOutcome, match=r"^it was created, and then get_item: refused")
    with told as unknown, repository._behind_write("it was created", op="op-1"):
        raise REFUSED
    assert unknown.value.repeat_with == {"op": "op-1"}
    assert unknown.value.__cause__ is REFUSED


def test_a_request_in_the_middle_of_many_tells_what_is_left(repository):
    told = pytest.raises(Incomplete, match=r"^the deletion has begun, and stopped at get_item")
    with told as incomplete, repository._going_on("the deletion", "f1", "f2"):
        raise REFUSED
    assert incomplete.value.leftovers == ("f1", "f2")
    assert incomplete.value.__cause__ is REFUSED


def test_other_errors_say_themselves_what_was_written(repository):
    for error in (NotFound("none"), UnknownOutcome("perhaps")):
        for context in (repository._behind_write("it"), repository._going_on("it")):
            with pytest.raises(type(error)) as raised, context:
                raise error
            assert raised.value is error
