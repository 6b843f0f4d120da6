"""How the backend is called, and which error surfaces."""

import threading

import pulumi
import pytest

from tablewright.recorder import ProgramError
from tests.support.things import Thing, run


class Failing:
    """Fails at the resources named, whatever they are."""

    def __init__(self, *names):
        self.names = names
        self.threads = set()

    def create(self, registration):
        self.threads.add(threading.current_thread())
        if registration.name in self.names:
            raise RuntimeError(f"AWS said no to {registration.name}")
        return registration.name, registration.inputs

    def invoke(self, token, arguments):
        raise RuntimeError(f"AWS does not know {token} {arguments}")


def test_the_error_of_a_program_surfaces_as_it_is():
    original = KeyError("settings")

    def program():
        Thing("fails later")
        raise original

    with pytest.raises(KeyError) as error:
        run(program, backend=Failing("fails later"))
    assert error.value is original


def test_the_error_of_an_apply_surfaces_without_the_wrapping_of_the_sdk():
    original = ValueError("no such index")

    def refuse(_):
        raise original

    def program():
        value = Thing("one", "x").value.apply(refuse)
        Thing("three", Thing("two", value).value)

    with pytest.raises(ValueError, match="no such index") as error:
        run(program)
    assert error.value is original


def test_the_first_error_of_the_backend_names_the_resource_and_keeps_its_cause():
    def program():
        first = Thing("first", "x")
        second = Thing("second", first.value)
        Thing("third", second.value)

    with pytest.raises(ProgramError) as error:
        run(program, backend=Failing("first", "second"))
    assert str(error.value).startswith(
        "test:index:Thing 'first' (tests/recorder/test_backend_and_errors.py:"
    )
    assert str(error.value).endswith("AWS said no to first")
    assert isinstance(error.value.__cause__, RuntimeError)


def test_the_error_of_a_look_up_names_it():
    with pytest.raises(ProgramError, match="look-up test:index:find: AWS does not know"):
        run(lambda: pulumi.runtime.invoke("test:index:find", {"a": 1}), backend=Failing())


def test_a_backend_works_in_threads_of_its_own_unless_it_never_blocks():
    blocking, quick = Failing(), Failing()
    quick.blocking = False
    for backend in (blocking, quick):
        run(lambda: [Thing(f"t{number}") for number in range(4)], backend=backend)
    assert threading.current_thread() not in blocking.threads
    assert quick.threads == {threading.current_thread()}


def test_blocking_backends_create_in_the_order_of_dependencies():
    created = []

    class Slow(Failing):
        def create(self, registration):
            known = set(created)
            assert {urn.rpartition("::")[2] for urn in registration.dependencies} <= known
            created.append(registration.name)
            return super().create(registration)

    def program():
        thing = Thing("t0", "x")
        for number in range(1, 8):
            thing = Thing(f"t{number}", thing.value)

    run(program, backend=Slow())
    assert created == [f"t{number}" for number in range(8)]
