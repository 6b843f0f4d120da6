"""`tablewright guard` on the local stack, which the engine has as long as somebody serves it."""

import pytest

from tablewright.local.engine_workspace import EngineWorkspace
from tests.support.guard_scenes import deployed, previewed


@pytest.fixture
def local():
    return deployed("local")


@pytest.fixture
def served(project):
    """Serve the local stack as `make up ENGINE=pulumi KEEP=1` does."""
    workspace = EngineWorkspace(project, "local")
    workspace.claim("http://127.0.0.1:9")
    yield workspace
    workspace.release()


def test_the_engine_of_a_local_stack_that_is_served_is_asked(guard, cli, local, served):
    same = previewed(local.step("same", next(iter(local.resources))))
    cli.answers({"preview": [{"says": same}], "stack export": [{"says": local.exported()}]})
    finished = guard(stack="local")
    assert finished.returncode == 0, finished
    assert "local: fine" in finished.stdout
    assert sorted(cli.commands) == ["preview", "stack export"]
    assert str(served.stack_file) in cli.arguments("preview")


def test_a_local_stack_that_nobody_serves_is_told_with_how_to_serve_it(guard, cli):
    finished = guard(stack="local")
    assert finished.returncode == 2
    assert "start it with `make up ENGINE=pulumi KEEP=1`" in finished.stderr
    assert cli.calls == []
