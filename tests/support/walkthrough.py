"""The page that walks through an index change: its edits, commands and outputs, in order."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

from tablewright.operations.index_plan.before import catalog_process
from tablewright.operations.index_plan.before.transfer import loaded
from tests.support.recording import ROOT

PAGE = (ROOT / "docs" / "changing-an-index.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(diff|sh|text)\n(.*?)```", PAGE, flags=re.DOTALL)
"""Pairs of a language and a text: edits, commands, and what they print."""
EDITS = [text for language, text in BLOCKS if language == "diff"]
"""The edit that one would make, then that of each deployment."""
STORE = "shop"
_GIT = {
    **{f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def models(folder):
    """Give the model of the shop as it is, then after each edit of the page."""
    root = folder / "models"
    _copy(root, "tablewright/models", "tablewright/data_access")
    (root / "tablewright" / "__init__.py").touch()
    yield model_of(root)
    apply(EDITS[0], root)
    yield model_of(root)
    apply(EDITS[0], root, "--reverse")
    for edit in EDITS[1:]:
        apply(edit, root)
        yield model_of(root)


def model_of(root):
    """Load the model of the shop from a project's folder."""
    listed = json.loads(_output([sys.executable, catalog_process.__file__, str(root)], root))
    (found,) = (each for each in listed if each["name"] == STORE)
    return loaded(found)


def apply(edit, root, *options):
    """Make an edit of the page."""
    file = root.parent / "edit.diff"
    file.write_text(edit)
    _output(["git", "apply", *options, str(file)], root)


class Clone:
    """A clone of the project with the shop alone, its commands installed, and a stand-in CLI."""

    def __init__(self, folder, cli):
        self.root = folder / "clone"
        _copy(self.root, *(entry.name for entry in ROOT.iterdir() if entry.name in _CLONED))
        for stack in ("local", "dev"):
            file = self.root / f"Pulumi.{stack}.yaml"
            file.write_text(re.sub(r"(?m)^    - (?!shop$).*\n", "", file.read_text()))
        self._install()
        # What a `make` around the tests was given is not for the clone's.
        kept = {name: value for name, value in os.environ.items() if name not in _OF_MAKE}
        self.environment = {**kept, **_GIT, "COLUMNS": "400"}
        self.environment["PATH"] = f"{cli.folder}{os.pathsep}{os.environ['PATH']}"
        for command in ("init --quiet", "add --all", "commit --quiet --message start"):
            self.run(f"git {command}")

    def run(self, line):
        """Run a command of the page, and return its exit code and what it printed."""
        done = subprocess.run(
            shlex.split(line),
            cwd=self.root,
            env=self.environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout

    def _install(self):
        """Do what the first `make` does, with the packages of this process."""
        programs = self.root / ".venv" / "bin"
        programs.mkdir(parents=True)
        program = programs / "tablewright"
        program.write_text(
            f"#!/bin/sh\nPYTHONPATH={self.root} exec {sys.executable} -m tablewright.operations "
            '"$@"\n'
        )
        program.chmod(0o755)
        (programs / "python").touch()
        (self.root / ".venv" / ".installed").touch()


_OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "STACK", "REVISION"}
_CLONED = {
    "Makefile",
    "Pulumi.dev.yaml",
    "Pulumi.local.yaml",
    "Pulumi.yaml",
    "__main__.py",
    "components",
    "policies",
    "pyproject.toml",
    "requirements.txt",
    "tablewright",
    ".gitignore",
}


def _copy(root, *names):
    for name in names:
        source, target = ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".venv")
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy(source, target)


def _output(command, root):
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
