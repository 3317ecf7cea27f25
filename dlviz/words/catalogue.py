"""A catalogue holds every word on screen in two languages, side by side.

A key is "file.name": the file is a module of this room with a table WORDS of name → (English,
Chinese), so a word without its translation cannot be written down. Longer texts are Markdown
files in `prose/`, one per page and language, cut into sections by lines `<!-- section: name -->`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path

LANGUAGES = ("en", "zh")
PROSE = Path(__file__).parent / "prose"
_MARK = re.compile(r"^<!-- section: (\w+) -->\n", re.MULTILINE)


def words(file: str) -> dict[str, tuple[str, str]]:
    """Return the table of name → (English, Chinese) that the module `file` of this room holds.

    Raises: ModuleNotFoundError where there is no such module.
    """
    return import_module(f"dlviz.words.{file}").WORDS


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
    whole = (PROSE / f"{page}.{language}.md").read_text(encoding="utf-8")
    _, *parts = _MARK.split(whole)
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}
