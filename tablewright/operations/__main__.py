"""The command-line program's entry, also as `python -m tablewright.operations`.

It imports nothing at once: models are checked while they load, and Ctrl-C may come before that.
"""

import sys

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells count it (128 + SIGINT)."""


def main() -> None:
    """Run the program; a mistake in a model, and Ctrl-C at any time, is one message."""
    try:
        _run()
    except (KeyboardInterrupt, SystemExit) as stop:
        if isinstance(stop, SystemExit) and stop.code != INTERRUPTED:
            raise
        sys.stderr.write("Interrupted; nothing is left running.\n")
        sys.exit(INTERRUPTED)


def _run() -> None:
    from tablewright.models import ModelError
    from tablewright.operations.model_mistakes import told_with_place

    try:
        from tablewright.operations import command_line
    except ModelError as error:
        sys.exit(f"error: {told_with_place(error)}")
    command_line.main()


if __name__ == "__main__":
    main()
