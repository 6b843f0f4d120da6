"""What a run finds around it, and what it leaves behind."""

import asyncio
import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from pathlib import Path

import pulumi
import pytest
from pulumi.runtime.settings import SETTINGS, get_root_resource

from tablewright.recorder import ProgramError, RecorderError, record
from tests.support.things import Thing, run


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
        run(lambda: (Thing("one"), Thing("one")))
    second = record(folder, project="p", stack="prod", configuration={})
    assert first.exports["all"] == ["dev", "1"]
    assert second.exports["all"] == ["prod", None]
    assert len(second.registrations) == 1


def apart(call):
    """Call in a thread and a context with an event loop of their own."""

    def within():
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            return call(loop)
        finally:
            loop.close()

    with ThreadPoolExecutor(1) as executor:
        return executor.submit(copy_context().run, within).result()


def test_a_run_leaves_the_event_loop_of_the_caller_alone():
    def caller(loop):
        run(lambda: Thing("one"))
        return asyncio.get_event_loop_policy().get_event_loop() is loop and not loop.is_closed()

    assert apart(caller)


def test_the_mocks_of_a_caller_are_neither_used_nor_changed():
    class Unused(pulumi.runtime.Mocks):
        def new_resource(self, args):
            raise AssertionError(args.name)

        def call(self, args):
            raise AssertionError(args.token)

    @pulumi.runtime.test
    def caller():
        pulumi.export("mine", "kept")

    def within(_loop):
        pulumi.runtime.set_mocks(Unused(), project="mine")
        recording = run(lambda: pulumi.export("project", Thing(pulumi.get_project()).value))
        caller()
        return recording, pulumi.get_project(), get_root_resource().outputs

    recording, project, outputs = apart(within)
    assert [one.name for one in recording.registrations] == ["p-s", "p"]
    assert (project, outputs) == ("mine", {"mine": "kept"})


def test_a_callable_may_be_asynchronous():
    async def program():
        await asyncio.sleep(0)
        pulumi.export("value", Thing("one", "x").value)

    assert run(program).exports == {"value": "x"}


def test_a_program_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(RecorderError, match="there is no program"):
        run(tmp_path)
