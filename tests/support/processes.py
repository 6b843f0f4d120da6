"""Which processes run, to see that nothing is left behind."""

import shutil
import subprocess


def running(text):
    """The command lines that hold a text."""
    listed = subprocess.run(
        [shutil.which("ps"), "-eo", "pid,args"], capture_output=True, text=True, check=True
    )
    return [line for line in listed.stdout.splitlines() if str(text) in line]
