"""Which processes run, to see that nothing is left behind."""

import os
import shutil
import subprocess
import time
from pathlib import Path


def running(text):
    """The command lines that hold a text."""
    listed = subprocess.run(
        [shutil.which("ps"), "-eo", "pid,args"], capture_output=True, text=True, check=True
    )
    return [line for line in listed.stdout.splitlines() if str(text) in line]


def runs(pid):
    """Tell whether a process is alive; one that only waits to be reaped is not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def ends(pid):
    """Wait until a process has ended; False when it still runs after ten seconds."""
    deadline = time.monotonic() + 10
    while runs(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
