"""Surnames of eight languages: which language is a name from, and how would the next one be spelt?

The names are real, in small letters without accents. A name that two of the languages share is left out, so every
name has one right answer. How they were chosen: tables/PROVENANCE.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from dlviz.data.letters import SYMBOLS, codes
from dlviz.data.sequences import Sequences
from dlviz.recording import read_only

TABLE = Path(__file__).parent / "tables" / "surnames.csv"
LANGUAGES = ("irish", "italian", "dutch", "english", "german", "polish", "finnish", "zulu")
USUAL = 1000  # names of one language, so that no language is learnt for being frequent alone


@cache
def surnames(most: int = USUAL) -> Sequences:
    """Return at most `most` surnames of each language, in the order of LANGUAGES and then of the alphabet.

    Where there are more, they are taken at even distances from the alphabetical list.
    Raises: ValueError where `most` is below 1.
    """
    if most < 1:
        raise ValueError(f"surnames: {most} of each language were asked for; at least 1 is needed")
    chosen = [_spread(names, most) for names in _names().values()]
    letters, lengths = padded([name for names in chosen for name in names])
    labels = np.repeat(np.arange(len(LANGUAGES)), [len(names) for names in chosen])
    return Sequences(*map(read_only, (letters, lengths, labels)), SYMBOLS, LANGUAGES)


def padded(names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the letters of names (N, S) uint8, 0 after their ends, and their lengths (N,); S is the longest.

    Raises: ValueError where a name holds a sign that is not in the alphabet.
    """
    spelt = [codes(name) for name in names]
    lengths = np.array([len(one) for one in spelt], dtype=np.int64)
    letters = np.zeros((len(spelt), lengths.max(initial=0)), dtype=np.uint8)
    for row, one in zip(letters, spelt, strict=True):
        row[: len(one)] = one
    return letters, lengths


@cache
def _names() -> dict[str, tuple[str, ...]]:
    table = pd.read_csv(TABLE, dtype=str, keep_default_na=False)  # a name may well be "nan"
    return {language: tuple(table["surname"][table["language"] == language]) for language in LANGUAGES}


def _spread(names: Sequence[str], most: int) -> list[str]:
    places = np.linspace(0, len(names) - 1, min(most, len(names))).round().astype(int)
    return [names[place] for place in places]
