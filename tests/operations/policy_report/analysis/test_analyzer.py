"""A pack's process: it serves as under the engine, and what is wrong with it is told."""

import os
import subprocess
import sys

import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2 as proto

from rules import RULES
from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.analysis.analyzer import Analyzer
from tablewright.operations.policy_report.policy import Level
from tests.support.packs import HEAD, write_pack
from tests.support.policy_pack import PACK
from tests.support.processes import ends


def test_the_pack_answers_the_handshake_of_the_engine():
    with Analyzer(PACK) as analyzer:
        assert analyzer.stub.ConfigureStack(
            proto.AnalyzerStackConfigureRequest(stack="prod", project="tablewright")
        )
        info = analyzer.stub.GetAnalyzerInfo(empty_pb2.Empty())
        assert info.name == "tablewright"
        assert info.supportsConfig
        name, policies = analyzer.policies()
    assert name == info.name
    assert [policy.id for policy in policies] == [rule.id for rule in RULES]
    for policy, rule in zip(policies, RULES, strict=True):
        assert policy.severity.value == rule.severity.value
        assert policy.level.value == rule.default_level.value
        assert policy.tags == tuple(rule.tags())
        assert policy.settings == rule.schema()


def test_the_process_ends_with_its_block():
    with Analyzer(PACK) as analyzer:
        pid = analyzer.pid
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_folder_without_a_pack_is_refused(tmp_path):
    with pytest.raises(OperationError, match=r"no policy pack in .*name its folder with --pack"):
        Analyzer(tmp_path).__enter__()


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("raise RuntimeError('no such rule file')", "RuntimeError: no such rule file"),
        ("def (", "SyntaxError: invalid syntax"),
    ],
)
def test_a_pack_that_does_not_start_is_told_by_its_line(tmp_path, program, error):
    pack = write_pack(tmp_path / "pack", program)
    with pytest.raises(OperationError) as refused:
        Analyzer(pack).__enter__()
    line = HEAD.count("\n") + 1
    first, second = str(refused.value).splitlines()
    assert first == f"{pack / '__main__.py'}:{line}: {error}"
    assert second == f"So the policy pack in {pack} did not start; mend the pack"


def test_a_pack_that_prints_is_told_to_print_nothing(tmp_path):
    pack = write_pack(tmp_path / "pack", "print('hello', flush=True)")
    with pytest.raises(OperationError, match=r"printed 'hello'.*must print nothing"):
        Analyzer(pack).__enter__()


def test_a_program_around_the_command_does_not_leak_into_the_pack(tmp_path, monkeypatch):
    monkeypatch.setenv("PULUMI_PROJECT", "another")
    monkeypatch.setenv("PULUMI_STACK", "another")
    monkeypatch.setenv("PULUMI_DRY_RUN", "true")
    program = (
        "import os; assert 'PULUMI_PROJECT' not in os.environ\n"
        "PolicyPack('p', [StackValidationPolicy('s', 'S.', lambda args, report: None)])"
    )
    with Analyzer(write_pack(tmp_path / "pack", program)) as analyzer:
        (policy,) = analyzer.policies()[1]
    assert (policy.id, policy.kind, policy.level) == ("s", "stack", Level.ADVISORY)


def test_a_pack_ends_by_itself_when_its_parent_is_killed():
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tablewright.operations.policy_report.analysis.analyzer import Analyzer\n"
        f"analyzer = Analyzer(Path({str(PACK)!r})).__enter__()\n"
        "print(analyzer.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    reply = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, check=False)
    assert ends(int(reply.stdout))
