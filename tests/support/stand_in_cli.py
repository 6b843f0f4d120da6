"""A `pulumi` for tests: says what a test wrote down, and writes down what it was asked."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAM = """
import json, os, signal, sys
from pathlib import Path

here = Path(__file__).parent
asked = sys.argv[1:]
command = " ".join(asked[:2]) if asked[0] == "stack" else asked[0]
calls = here / "calls.jsonl"
before = [json.loads(line) for line in calls.read_text().splitlines()] if calls.exists() else []
call = {
    "command": command,
    "arguments": asked,
    "folder": os.getcwd(),
    "leads_its_group": os.getpgrp() == os.getpid(),
}
with calls.open("a") as log:
    log.write(json.dumps(call) + "\\n")
answers = json.loads((here / "answers.json").read_text()).get(command)
if answers is None:
    sys.exit(f"error: nobody expected `pulumi {command}`")
number = sum(call["command"] == command for call in before)
answer = answers[min(number, len(answers) - 1)]
if "--save-plan" in asked:
    Path(asked[asked.index("--save-plan") + 1]).write_text("the plan")
if "--plan" in asked:
    print(Path(asked[asked.index("--plan") + 1]).read_text())
interrupts = []
signal.signal(signal.SIGINT, lambda *_: interrupts.append(1))
sys.stdout.write(answer.get("says", ""))
sys.stderr.write(answer.get("complains", ""))
sys.stdout.flush()
for _ in range(answer.get("interrupts", 0)):
    wanted = len(interrupts) + 1
    os.kill(os.getppid(), getattr(signal, answer.get("with", "SIGINT")))
    while len(interrupts) < wanted:
        signal.pause()
    print(f"interrupted {wanted}", flush=True)
if "sends" in answer:
    os.kill(os.getppid(), getattr(signal, answer["sends"]))
if answer.get("deaf"):
    os.kill(os.getppid(), signal.SIGINT)
    while True:
        signal.pause()
if "killed" in answer:
    os.kill(os.getpid(), getattr(signal, answer["killed"]))
sys.exit(answer.get("code", 0))
"""


@dataclass(frozen=True)
class StandInCli:
    """The executable in a folder of its own; each command gives its answers in turn, the last on.

    An answer has `says` and `complains` (the two outputs), `code`, `killed` (by which signal it
    ends), `sends` (which signal it sends its parent, waiting for nothing), `deaf` (whether it sends
    Ctrl-C and heeds none), `interrupts` (how often it sends its parent Ctrl-C, or the signal in
    `with`, each time waiting until that comes back).
    """

    folder: Path

    @classmethod
    def install(cls, folder: Path) -> StandInCli:
        """Write the executable."""
        folder.mkdir()
        cli = folder / "pulumi"
        cli.write_text(f"#!{sys.executable} -S\n{_PROGRAM}")
        cli.chmod(0o755)
        found = cls(folder)
        found.answers({})
        return found

    def answers(self, by_command: dict[str, list[dict[str, Any]]]) -> None:
        """Set every answer anew."""
        (self.folder / "answers.json").write_text(json.dumps(by_command))

    @property
    def calls(self) -> list[dict[str, Any]]:
        """What was asked, in order."""
        log = self.folder / "calls.jsonl"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    @property
    def commands(self) -> list[str]:
        """The commands that were asked, in order."""
        return [call["command"] for call in self.calls]

    def arguments(self, command: str) -> list[str]:
        """What the one call of a command was given."""
        (call,) = (call for call in self.calls if call["command"] == command)
        return call["arguments"]
