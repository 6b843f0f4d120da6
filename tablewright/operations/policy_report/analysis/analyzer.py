"""A policy pack as the engine runs it: a process that answers over gRPC."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import grpc  # type: ignore[import-untyped]  # its stubs are a package apart
from google.protobuf import (  # type: ignore[import-untyped]  # as above
    empty_pb2,
    json_format,
)
from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi.runtime.proto import analyzer_pb2_grpc

from tablewright.local.child import ServingChild
from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.analysis.last_words import told
from tablewright.operations.policy_report.policy import Level, Policy, Severity
from tablewright.recorder.wire import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from tablewright.operations.policy_report.analysis.levels import Applied

_SCRIPT = Path(__file__).with_name("analyzer_process.py")
_START_PATIENCE_IN_SECONDS: Final = 60.0
DEADLINE_IN_SECONDS: Final = 120.0
"""How long a pack may take for one answer; the largest stacks take seconds."""
_MOST_BYTES: Final = 400 * 1024 * 1024  # what the engine allows in a message
_LEVELS: Final = {
    Level.ADVISORY: proto.ADVISORY,
    Level.MANDATORY: proto.MANDATORY,
    Level.DISABLED: proto.DISABLED,
    Level.REMEDIATE: proto.REMEDIATE,
}
_LEVEL_OF: Final[Mapping[int, Level]] = {number: level for level, number in _LEVELS.items()}
_SEVERITY_OF: Final = {
    proto.POLICY_SEVERITY_LOW: Severity.LOW,
    proto.POLICY_SEVERITY_MEDIUM: Severity.MEDIUM,
    proto.POLICY_SEVERITY_HIGH: Severity.HIGH,
    proto.POLICY_SEVERITY_CRITICAL: Severity.CRITICAL,
}


class Analyzer:
    """Serves one pack inside a `with` block; OperationError when it does not start."""

    def __init__(self, pack: Path) -> None:
        self._pack = pack
        self._child: ServingChild | None = None
        self._channel: grpc.Channel | None = None
        self._stub: Any = None

    @property
    def stub(self) -> Any:  # noqa: ANN401 -- generated code without types
        """The analyzer's methods, as the engine calls them."""
        return self._stub

    @property
    def pid(self) -> int | None:
        """The id of its process while it runs."""
        return self._child.pid if self._child else None

    def __enter__(self) -> Self:
        if not (self._pack / "PulumiPolicy.yaml").is_file():
            raise OperationError(
                f"there is no policy pack in {self._pack} (no PulumiPolicy.yaml); name its folder "
                "with --pack"
            )
        self._child = ServingChild(
            # -P: the script's folder must not stand on the import path; the pack's will.
            [sys.executable, "-P", "-u", str(_SCRIPT), "127.0.0.1:0", "."],
            cwd=self._pack,
            env={name: text for name, text in os.environ.items() if name not in _OF_A_PROGRAM},
        )
        try:
            address = f"127.0.0.1:{self._port(self._child)}"
            limits = [
                ("grpc.max_receive_message_length", _MOST_BYTES),
                ("grpc.max_send_message_length", _MOST_BYTES),
            ]
            self._channel = grpc.insecure_channel(address, options=limits)
            self._stub = analyzer_pb2_grpc.AnalyzerStub(self._channel)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def policies(self) -> tuple[str, tuple[Policy, ...]]:
        """Return the pack's name and its policies, at the levels that hold without a file."""
        return self._described

    @cached_property
    def _described(self) -> tuple[str, tuple[Policy, ...]]:
        with self._answering():
            info = self.stub.GetAnalyzerInfo(empty_pb2.Empty(), timeout=DEADLINE_IN_SECONDS)
        return info.name, tuple(_policy(each) for each in info.policies)

    def configure(self, project: str, stack: str, applied: Applied) -> None:
        """Set the stack to judge, and every policy's level and settings."""
        of_stack = proto.AnalyzerStackConfigureRequest(stack=stack, project=project, dry_run=True)
        config = {
            policy: proto.PolicyConfig(
                enforcementLevel=_LEVELS[each.level], properties=write(each.settings)
            )
            for policy, each in applied.items()
        }
        levels = proto.ConfigureAnalyzerRequest(policyConfig=config)
        with self._answering():
            self.stub.ConfigureStack(of_stack, timeout=DEADLINE_IN_SECONDS)
            self.stub.Configure(levels, timeout=DEADLINE_IN_SECONDS)

    def last_words(self) -> str:
        """Return the end of what the pack wrote on standard error."""
        return self._child.last_words() if self._child else "none"

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except grpc.RpcError as error:
            raise OperationError(
                f"the policy pack in {self._pack} ended, or does not answer ({error.code().name});"
                f" mend the pack. Its last words: {self.last_words()}"
            ) from None

    def _port(self, child: ServingChild) -> int:
        line = (child.first_line(_START_PATIENCE_IN_SECONDS) or b"").strip()
        if line.isdigit():
            return int(line)
        if line:
            raise OperationError(
                f"the policy pack in {self._pack} printed {line.decode(errors='replace')!r} "
                "before it served; a pack must print nothing"
            )
        raise OperationError(
            f"{told(child.last_words(), self._pack)}\n"
            f"So the policy pack in {self._pack} did not start; mend the pack"
        )

    def _stop(self) -> None:
        if self._channel:
            self._channel.close()
            self._channel = None
        child, self._child = self._child, None
        if child:
            child.stop()


_OF_A_PROGRAM: Final = frozenset(
    {"PULUMI_PROJECT", "PULUMI_STACK", "PULUMI_DRY_RUN", "PULUMI_CONFIG", "PULUMI_ORGANIZATION"}
)
"""What would make the SDK believe that it runs inside of a program."""


def level_of(number: int) -> Level:
    """Return a level of the protocol as ours."""
    return _LEVEL_OF[number]


def _policy(info: Any) -> Policy:  # noqa: ANN401 -- generated code without types
    return Policy(
        id=info.name,
        description=info.description,
        kind="stack" if info.policy_type == proto.POLICY_TYPE_STACK else "resource",
        severity=_SEVERITY_OF.get(info.severity, Severity.UNSPECIFIED),
        level=level_of(info.enforcementLevel),
        remediation_steps=info.remediation_steps,
        url=info.url,
        tags=tuple(info.tags),
        settings=_settings(info.configSchema),
    )


def _settings(schema: Any) -> Mapping[str, Mapping[str, Any]]:  # noqa: ANN401 -- as above
    properties: dict[str, dict[str, Any]] = json_format.MessageToDict(schema.properties)
    return properties
