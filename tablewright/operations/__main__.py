"""The command-line program's entry, also as `python -m tablewright.operations`.

It imports nothing at once: models are checked while they load, and Ctrl-C may come before that.
"""

import io
import sys

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells count it (128 + SIGINT)."""

_COULD_NOT_JUDGE = 2
"""The exit code of the commands for which 1 means that they judged."""

_JUDGING = frozenset({"adopt", "drift", "guard", "plan-index", "policies"})


def main() -> None:
    """Run the program; a mistake in a model, and Ctrl-C at any time, is one message."""
    _write_what_the_encoding_has()
    try:
        _run()
    except (KeyboardInterrupt, SystemExit) as stop:
        if isinstance(stop, SystemExit) and stop.code != INTERRUPTED:
            raise
        sys.stderr.write("Interrupted; nothing is left running.\n")
        sys.exit(INTERRUPTED)


def _write_what_the_encoding_has() -> None:
    """Let `?` stand for a character that an output cannot encode, as a check mark in Latin-1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _run() -> None:
    from tablewright.models import ModelError
    from tablewright.operations.model_mistakes import told_with_place

    try:
        from tablewright.operations import command_line
    except ModelError as error:
        sys.stderr.write(f"error: {told_with_place(error)}\n")
        sys.exit(_COULD_NOT_JUDGE if _JUDGING.intersection(sys.argv[1:2]) else 1)
    command_line.main()


if __name__ == "__main__":
    main()
