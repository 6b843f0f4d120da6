"""Of a traceback through a pack one line is told: the author's own, and the error."""

from pathlib import Path

import pytest

from tablewright.operations.policy_report.analysis.last_words import told

PACK = Path("/nowhere/policies")
TRACE = """\
error: Program failed with an unhandled exception:
Traceback (most recent call last):
  File "/sdk/policy/__main__.py", line 61, in main
    runpy.run_path(program, run_name="__main__")
  File "/nowhere/policies/rules/x.py", line 7, in <module>
    from rules.y import Y
"""
SYNTAX = """\
  File "/nowhere/policies/rules/y.py", line 107
    def (
        ^
SyntaxError: invalid syntax
"""
OUTSIDE = """\
  File "/sdk/yaml/__init__.py", line 9, in load
    raise
  File "/nowhere/policies/.venv/lib/site-packages/z.py", line 9, in load
    raise
ValueError: no: such
more of it
"""
NOISE = "Fatal Python error: _enter_buffered_busy: could not acquire lock\nCurrent thread:\n"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (TRACE + SYNTAX, "/nowhere/policies/rules/y.py:107: SyntaxError: invalid syntax"),
        (TRACE + SYNTAX + NOISE, "/nowhere/policies/rules/y.py:107: SyntaxError: invalid syntax"),
        (TRACE + OUTSIDE, "/nowhere/policies/rules/x.py:7: ValueError: no: such"),
        ("the port is taken\n" + NOISE, "the port is taken"),
        ("none", "none"),
        (NOISE, ""),
        (TRACE, TRACE.rstrip()),
    ],
)
def test_the_line_of_the_pack_leads(words, line):
    assert told(words, PACK) == line


def test_a_file_below_the_current_folder_is_named_from_there(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    words = SYNTAX.replace("/nowhere", str(tmp_path))
    assert told(words, tmp_path / "policies").startswith("policies/rules/y.py:107: ")
