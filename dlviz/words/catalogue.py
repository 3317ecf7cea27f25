"""A catalogue holds every word on screen in two languages, side by side.

A key is "file.name": the file is a module of this room with a table WORDS of name → (English,
Chinese), so a word without its translation cannot be written down. Longer texts are Markdown
files in `prose/`, one per page and language, cut into sections by lines `<!-- section: name -->`.
Percent signs are set here, so that whoever writes words need not think of it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path

LANGUAGES = ("en", "zh")
PROSE = Path(__file__).parent / "prose"
_PERCENT = re.compile(r"(?<=[\d}])[ \u00a0\u202f]?%")  # after a number, or where one is filled in
SIGNS = {"en": "\u202f%", "zh": "%"}  # no line begins with it; Chinese prints it close (GB/T 15835)
_MARK = re.compile(r"^<!-- section: (\w+) -->\n", re.MULTILINE)


@cache
def words(file: str) -> dict[str, tuple[str, str]]:
    """Return the table of name → (English, Chinese) that the module `file` of this room holds, as it is printed.

    Raises: ModuleNotFoundError where there is no such module.
    """
    rows = import_module(f"dlviz.words.{file}").WORDS.items()
    return {name: tuple(map(printed, both, LANGUAGES)) for name, both in rows}


def printed(said: str, language: str) -> str:
    """Return the words with their percent signs as the language prints them."""
    return _PERCENT.sub(SIGNS[language], said)


def text(key: str, language: str, /, **values: object) -> str:
    """Return the words of `key` ("file.name") in `language` ("en" or "zh"), with `values` filled in.

    Raises: KeyError where the key or one of its values is missing.
    """
    file, _, name = key.partition(".")
    found = words(file)[name][LANGUAGES.index(language)]
    return found.format(**values) if values else found


def known(key: str) -> bool:
    """Return whether there are words for `key`."""
    file, _, name = key.partition(".")
    return name in words(file)


@cache
def prose(page: str, language: str) -> dict[str, str]:
    """Return the sections of the page's prose in `language`, name → Markdown, in their order.

    Raises: FileNotFoundError where the page has no prose.
    """
    whole = printed((PROSE / f"{page}.{language}.md").read_text(encoding="utf-8"), language)
    _, *parts = _MARK.split(whole)
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}
