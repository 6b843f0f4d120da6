"""What looks like a secret: by the words of its path, and by its form."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

SECRET_WORDS: Final = (
    "apikey",
    "auth",
    "cert",
    "credential",
    "dsn",
    "jwt",
    "key",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "private",
    "psk",
    "pwd",
    "salt",
    "secret",
    "token",
)
_LONG: Final = 6
"""Letters from which a word is found inside others (`dbpassword`) without being there by chance."""
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

_FORMS: Final = (
    re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY"),
    re.compile(r"(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])"),  # id of an AWS access key
    re.compile(r"(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\."),  # JSON web token
    re.compile(r"(?<![a-z0-9])(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_)\w{8}"),
    re.compile(r"://[^\s/:@]{0,200}:[^\s/@]{1,200}@"),  # URL with a password
)
_RUN: Final = re.compile(r"[A-Za-z0-9+/=]{20,}")
_HEX: Final = re.compile(r"[0-9a-fA-F]{32,}")
_KINDS: Final = tuple(map(re.compile, ("[A-Z]", "[a-z]", "[0-9]")))
_LONG_RUN: Final = 32
"""Characters from which two kinds are enough, as in base 32; below, identifiers have two."""
_IDENTIFIER: Final = re.compile(r"[A-Z]?[a-z]{2,}")
_LEAST_REST: Final = 0.4
"""Share that is in no word: random text has about 0.7, `OrdersByCustomerAndDateV2` 0.2."""
_LEAST_HEX_BITS: Final = 3.0


def secret_word(path: str, words: Collection[str]) -> str | None:
    """Return the word of a path that speaks of a secret, None where there is none."""
    lowered = path.lower()
    spoken = {word.lower() for word in _WORD.findall(path)}
    spoken |= set(re.findall(r"[a-z]+", lowered))
    spoken |= {word.removesuffix("s") for word in spoken}
    for word in words:
        if word in spoken or (len(word) >= _LONG and word in lowered):
            return word
    return None


def looks_secret(value: str) -> bool:
    """Tell whether a value has the form of a key, a token or other random text."""
    return any(form.search(value) for form in _FORMS) or any(
        map(_is_random, _RUN.findall(value) + _HEX.findall(value))
    )


def _is_random(run: str) -> bool:
    if _HEX.fullmatch(run):
        return _bits(run.lower()) >= _LEAST_HEX_BITS
    kinds = sum(1 for kind in _KINDS if kind.search(run))
    if kinds < (len(_KINDS) if len(run) < _LONG_RUN else 2):
        return False
    return len(_IDENTIFIER.sub("", run)) >= _LEAST_REST * len(run)


def _bits(text: str) -> float:
    """Return Shannon's entropy of one character."""
    shares = (count / len(text) for count in Counter(text).values())
    return -sum(share * math.log2(share) for share in shares)
