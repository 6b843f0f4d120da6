"""Runs a program in the SDK's runtime, apart from whatever else uses the SDK in this process."""

import asyncio
import inspect
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi.runtime import Settings, configure, run_in_stack, set_all_config
from pulumi.runtime.settings import ROOT, SETTINGS

from . import sdk_costs
from .messages import MessageLog
from .monitor import Monitor

# What the SDK keeps for threads without a context of their own, and never clears.
SHARED_SETTINGS = ("monitor", "engine", "dry_run", "callbacks")


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """The SDK's settings for one run."""

    project: str
    stack: str
    root: Path
    configuration: Mapping[str, str]
    monitor: Monitor
    log: MessageLog
    preview: bool
    threads: bool

    def run(self, main: Callable[[], Any]) -> None:
        """Run a program until all is registered; the first error of the run is raised."""
        # The SDK's state lives in context variables: in a copy of the context nothing leaks out.
        context = copy_context()
        runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)  # leaves the caller's loop be
        with sdk_costs.reduced(), _shared_settings_kept(), runner:
            context.run(self._configure)
            self._prepare(runner.get_loop())
            try:
                runner.run(run_in_stack(lambda: self._program(main)), context=context)
            except Exception as raised:  # noqa: BLE001 -- the first error is raised below
                unhandled = context.run(lambda: SETTINGS.rpc_manager.unhandled_exception)
                self.monitor.failed(_original(unhandled or raised))
        failure = self.monitor.failure
        if failure is not None:
            if failure.__cause__ is failure:  # the SDK raises an error from itself
                failure.__cause__ = failure.__context__
            raise failure

    def _configure(self) -> None:
        settings = Settings(
            project=self.project,
            stack=self.stack,
            monitor=self.monitor,
            engine=self.log,
            dry_run=self.preview,
            organization="organization",
            root_directory=str(self.root),
        )
        configure(settings)
        ROOT.set(None)
        set_all_config(dict(self.configuration), [])

    def _prepare(self, loop: asyncio.AbstractEventLoop) -> None:
        # After a failure, futures stay behind that nobody awaits: the first error says it all.
        loop.set_exception_handler(lambda _loop, _context: None)
        if not self.threads:
            loop.set_default_executor(_SameThread())

    async def _program(self, main: Callable[[], Any]) -> None:
        try:
            result = main()
            if inspect.isawaitable(result):
                await result
        except Exception as error:
            # Kept here, because the SDK lets a later failure of a resource take its place.
            self.monitor.failed(error)
            raise
        for _ in range(sdk_costs.TURNS):
            await asyncio.sleep(0)


class _SameThread(ThreadPoolExecutor):
    """Runs calls at once: one order in every run, and no cost of changing threads."""

    def submit(self, call: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:  # noqa: ANN401 -- as in the base class
        done: Future[Any] = Future()
        try:
            done.set_result(call(*args, **options))
        except Exception as error:  # noqa: BLE001 -- belongs to whoever awaits the call
            done.set_exception(error)
        return done


@contextmanager
def _shared_settings_kept() -> Iterator[None]:
    before = Context().run(lambda: {name: getattr(SETTINGS, name) for name in SHARED_SETTINGS})
    try:
        yield
    finally:
        Context().run(_set_all, before)


def _set_all(settings: Mapping[str, Any]) -> None:
    for name, value in settings.items():
        setattr(SETTINGS, name, value)


def _original(error: BaseException) -> BaseException:
    """Unwrap what the SDK wrapped as 'While processing resource …' and '… input …'."""
    while isinstance(error, ValueError | AssertionError):
        inner = error.__context__ if error.__cause__ in (None, error) else error.__cause__
        if inner is None or not str(error).startswith("While processing "):
            break
        error = inner
    return error
