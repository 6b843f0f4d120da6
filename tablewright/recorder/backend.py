"""What stands behind the recorder in place of the providers."""

from collections.abc import Mapping
from typing import Any, Protocol

from .registration import Registration


class Backend(Protocol):
    """Creates what a program registers and answers what it looks up.

    Calls come from several worker threads at once and may block; a resource comes after everything
    it depends on. A backend that never blocks says so with an attribute `blocking = False`: then
    the calls come one by one, in one order, on the thread that runs the program.
    """

    def create(self, registration: Registration) -> tuple[str, Mapping[str, Any]]:
        """Create a custom resource and return its id and its outputs (components never come)."""
        ...

    def invoke(self, token: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer a provider function such as `aws:index/getRegion:getRegion`."""
        ...
