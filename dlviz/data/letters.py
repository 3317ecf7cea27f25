"""Letters: how a name, however it is written, becomes the few signs that a network spells with.

Accents and case are taken away, so that Müller and MULLER are the same name. What is left are 26 letters, the
space, the apostrophe and the hyphen; each has a number, its place in the alphabet, and 0 stands for no letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

ALPHABET = "abcdefghijklmnopqrstuvwxyz '-"
SYMBOLS = ("", *ALPHABET)  # what each number stands for; 0 fills up short names
# What is more than a letter with an accent, and the signs that people type for an apostrophe or a hyphen.
WHOLE = str.maketrans(
    {"ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("’‘ʼ`´", "'")
    | dict.fromkeys("‐‑–—", "-")
)


def folded(name: str) -> str:
    """Return the name in small letters without accents and needless spaces; what has no such letter stays."""
    parts = unicodedata.normalize("NFKD", name.lower().translate(WHOLE))
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())


def spells(name: str) -> bool:
    """Return whether the name, folded, is at least one letter long and made of the alphabet alone."""
    return bool(folded(name)) and not _foreign(name)


def codes(name: str) -> list[int]:
    """Return the numbers, 1 to 29, of the letters of a name, folded.

    Raises: ValueError where a sign is none of the alphabet.
    """
    if _foreign(name):
        raise ValueError(
            f"letters: {name[:40]!r} holds {', '.join(map(repr, _foreign(name)[:5]))}; "
            "allowed are the letters a to z, with or without accents, space, apostrophe and hyphen"
        )
    return [SYMBOLS.index(sign) for sign in folded(name)]


def spelt(numbers: Iterable[int]) -> str:
    """Return the name that these numbers spell; 0 is left out."""
    return "".join(SYMBOLS[number] for number in numbers)


def _foreign(name: str) -> list[str]:
    return [sign for sign in dict.fromkeys(folded(name)) if sign not in ALPHABET]
