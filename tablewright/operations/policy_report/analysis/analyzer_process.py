"""The process of a policy pack: what the engine would start, ended when its parent is gone.

Started by `analyzer.py` as a script, so it imports nothing of the project. Standard input is a
pipe that closes when the parent ends, however it ends; the SDK itself would serve on for ever.
"""

import os
import runpy
import threading


def _end_with_the_parent() -> None:
    # Not by `sys.stdin`, whose lock a thread must not hold when the interpreter ends.
    while os.read(0, 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    runpy.run_module("pulumi.policy", run_name="__main__", alter_sys=True)
