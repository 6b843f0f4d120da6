"""JSON documents as the AWS provider keeps them."""

import json
from typing import Any


def normalized(document: Any) -> str:  # noqa: ANN401 -- a text, or what a client made of it
    """Write a document with sorted keys and no blanks, which is how the provider compares it."""
    found = json.loads(document) if isinstance(document, str) else document
    return json.dumps(found, sort_keys=True, separators=(",", ":"))
