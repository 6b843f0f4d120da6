"""What a run leaves behind, and what it raises."""

import asyncio
import gc
import sys
import threading
from contextvars import Context
from pathlib import Path

import pulumi
import pytest
from pulumi.runtime.settings import SETTINGS, get_root_resource

from tablewright.recorder import ProgramError, RecorderError, record


class Thing(pulumi.CustomResource):
    value: pulumi.Output[str]

    def __init__(self, name, value=None, opts=None):
        super().__init__("test:index:Thing", name, {"value": value}, opts)


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


def run(program, **options):
    return record(program, project="p", stack="s", **{"configuration": {}, **options})


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return folder


PROGRAM = "import pulumi, local_part\npulumi.export('value', local_part.VALUE)\n"


def test_a_program_finds_its_own_modules_and_files(tmp_path):
    one = write(tmp_path / "one", __main__=PROGRAM, local_part="VALUE = open('note.txt').read()")
    (one / "note.txt").write_text("from one")
    two = write(tmp_path / "two", __main__=PROGRAM, local_part="VALUE = 'from two'")
    assert [run(folder).exports["value"] for folder in (one, two, one)] == [
        "from one",
        "from two",
        "from one",
    ]


def test_a_program_runs_as_main_without_the_arguments_of_the_caller(tmp_path):
    text = "import sys, pulumi\npulumi.export('seen', [__name__, len(sys.argv), sys.path[0]])"
    folder = write(tmp_path / "one", __main__=text)
    assert run(folder).exports["seen"] == ["__main__", 1, str(folder)]
    assert run(folder / "__main__.py").exports["seen"][2] == str(folder)


def surroundings():
    return (
        Path.cwd(),
        list(sys.path),
        list(sys.argv),
        get_root_resource(),
        SETTINGS.monitor,
        SETTINGS.stack,
        Context().run(lambda: SETTINGS.monitor),
        pulumi.runtime.get_config("p:key"),
        pulumi.runtime.rpc.contains_unknowns,
        gc.isenabled(),
        "local_part" in sys.modules,
    )


@pytest.mark.parametrize("last", ["", "raise ValueError('no')"])
def test_a_run_leaves_nothing_behind_even_when_it_fails(tmp_path, last):
    folder = write(tmp_path / "one", __main__=PROGRAM + last, local_part="VALUE = 1")
    before = surroundings()
    try:
        run(folder, configuration={"p:key": "1"})
    except ValueError:
        assert last
    assert surroundings() == before


def test_runs_do_not_see_each_other(tmp_path):
    text = "import pulumi\npulumi.export('all', [pulumi.get_stack(), pulumi.Config().get('key')])"
    folder = write(tmp_path / "one", __main__=text)
    first = record(folder, project="p", stack="dev", configuration={"p:key": "1"})
    with pytest.raises(ProgramError):
        run(lambda: Thing("one"), backend=Failing("one"))
    second = record(folder, project="p", stack="prod", configuration={})
    assert first.exports["all"] == ["dev", "1"]
    assert second.exports["all"] == ["prod", None]
    assert len(second.registrations) == 1


def test_a_run_leaves_the_event_loop_of_the_caller_alone():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        run(lambda: Thing("one"))
        assert asyncio.get_event_loop_policy().get_event_loop() is loop
        assert not loop.is_closed()
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def test_a_callable_may_be_asynchronous():
    async def program():
        await asyncio.sleep(0)
        pulumi.export("value", Thing("one", "x").value)

    assert run(program).exports == {"value": "x"}


def test_a_program_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(RecorderError, match="there is no program"):
        run(tmp_path)


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
    assert str(error.value).startswith("test:index:Thing 'first' (tests/recorder/test_runtime.py:")
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
