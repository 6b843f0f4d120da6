"""The process of the emulator: serves moto until its parent is gone.

Started by `emulator.py` as a script, so it imports nothing of the project. The listening socket is
inherited (its number is the argument); standard input is a pipe that closes when the parent ends,
however it ends.
"""

import gc
import logging
import os
import sys
import threading


def _end_with_the_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def _forget_aws_configuration() -> None:
    """Keep moto's own boto3 sessions from looking for the user's profile."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= dict.fromkeys(("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"), os.devnull)


def _serve(socket_number: int) -> None:
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    class QuietHandler(MotoRequestHandler):
        """Writes no line for each request; errors still come."""

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Write nothing."""

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(
        "127.0.0.1",
        0,
        DomainDispatcherApplication(create_backend_app),
        threaded=True,
        request_handler=QuietHandler,
        fd=socket_number,
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    # By default a fifth of the emulator's time goes into looking for cycles among its imports.
    gc.set_threshold(100_000, 20, 20)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    _forget_aws_configuration()
    _serve(int(sys.argv[1]))
