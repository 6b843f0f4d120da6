"""Lays the stand-in for the AWS plugin where the engine looks for plugins."""

import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

from .schema import provider_version

_SCRIPT: Final = """\
#!/bin/sh
# Written by tablewright: handles the AWS resource types in a local emulator, never in AWS.
PYTHONPATH={library}${{PYTHONPATH:+:$PYTHONPATH}}
export PYTHONPATH
exec {python} -P -m tablewright.local.provider_process "$@"
"""


def lay_stand_in(pulumi_home: Path) -> Path:
    """Write the plugin into a `PULUMI_HOME` that is the project's own, in place of any other.

    A stand-in for another version must go: the engine might take it for compatible.
    """
    plugins = pulumi_home / "plugins"
    if plugins.exists():
        shutil.rmtree(plugins)
    script = plugins / f"resource-aws-v{provider_version()}" / "pulumi-resource-aws"
    script.parent.mkdir(parents=True)
    library = Path(__file__).resolve().parents[2]
    script.write_text(
        _SCRIPT.format(library=shlex.quote(str(library)), python=shlex.quote(sys.executable)),
        encoding="utf-8",
    )
    script.chmod(0o755)
    return script
