"""Every word on screen exists, in both languages, with the same values to fill in."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from dlviz import codec
from dlviz.spec import Edit, RunSpec
from dlviz.words import catalogue

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path.stem
    for path in (ROOT / "dlviz/words").glob("*.py")
    if "WORDS" in path.read_text(encoding="utf-8") and path.stem != "catalogue"
)
PROSE = sorted({path.name.split(".")[0] for path in catalogue.PROSE.glob("*.md")})
PRINTERS = sorted(
    path
    for kind, rooms in {"*.py": ("ui", "figures", "concepts"), "*.js": ("components",)}.items()
    for room in rooms
    for path in (ROOT / "dlviz" / room).rglob(kind)
    if path != ROOT / "dlviz/components/player/numbers.js"
)
USERS = [*sorted((ROOT / "dlviz/ui").glob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]


def test_a_word_comes_in_both_languages_with_its_values() -> None:
    assert catalogue.text("frame.share", "en") == "Share"
    assert catalogue.text("frame.share", "zh") == "分享"
    assert catalogue.text("frame.waiting", "en", waiting=3) == "3 waiting"


def test_a_missing_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue.text("frame.no such word", "en")
    assert not catalogue.known("frame.no such word")
    assert catalogue.known("frame.share")


@pytest.mark.parametrize("file", FILES)
def test_both_languages_say_something(file: str) -> None:
    for name, pair in catalogue.words(file).items():
        assert len(pair) == 2, name
        assert all(text.strip() for text in pair), name
        assert " / " in pair[0] or not has_chinese(pair[0]), f"{name}: Chinese in the English words"


@pytest.mark.parametrize("file", FILES)
def test_both_languages_fill_in_the_same_values(file: str) -> None:
    for name, (english, chinese) in catalogue.words(file).items():
        assert values(english) == values(chinese), name


@pytest.mark.parametrize("name", ["meaning", "formula", "code", "sources"])
def test_the_tabs_that_all_pages_have_are_called_the_same(name: str) -> None:
    called = {catalogue.words(file)[f"tab.{name}"] for file in FILES if f"tab.{name}" in catalogue.words(file)}
    assert len(called) == 1


@pytest.mark.parametrize("page", PROSE)
def test_prose_has_the_same_sections_in_both_languages(page: str) -> None:
    english, chinese = catalogue.prose(page, "en"), catalogue.prose(page, "zh")
    assert list(english) == list(chinese)
    assert all(english.values())
    assert all(chinese.values())
    assert not any(map(has_chinese, english.values()))


def test_prose_is_cut_at_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "PROSE", tmp_path)
    text = "before\n<!-- section: one -->\n# A\n\nb\n<!-- section: two -->\nc\n"
    (tmp_path / "cut.en.md").write_text(text, encoding="utf-8")
    assert catalogue.prose("cut", "en") == {"one": "# A\n\nb", "two": "c"}


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.name)
def test_every_word_used_exists(path: Path) -> None:
    missing = [key for key in keys_in(path.read_text(encoding="utf-8")) if not exists(key)]
    assert missing == []


def test_a_missing_word_would_be_seen() -> None:
    found = list(keys_in('t("frame.share"); t("frame.nonsense"); t(f"fields.{x}"); t(f"none.{x}"); other("a.b")'))
    assert found == ["frame.share", "frame.nonsense", "fields.*", "none.*"]
    assert [exists(key) for key in found] == [True, False, True, False]


@pytest.mark.parametrize("name", [*codec.names(RunSpec), *codec.names(Edit)])
def test_every_field_has_its_words(name: str) -> None:
    assert catalogue.known(f"fields.{name}")
    assert catalogue.known(f"fields.{name}.help")


def test_every_option_has_its_words() -> None:
    options = {word for leaf in codec.leaves(RunSpec) for word in literals(leaf.field.annotation)}
    assert "adam" in options
    assert [word for word in sorted(options) if not catalogue.known(f"options.{word}")] == []


@pytest.mark.parametrize("file", FILES)
def test_a_percent_sign_never_begins_a_line(file: str) -> None:
    for name, both in catalogue.words(file).items():
        assert [text for text in map(badly_set, both, catalogue.LANGUAGES) if text] == [], name


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
@pytest.mark.parametrize("page", PROSE)
def test_a_percent_sign_in_prose_never_begins_a_line(page: str, language: str) -> None:
    assert [text for text in catalogue.prose(page, language).values() if badly_set(text, language)] == []


@pytest.mark.parametrize("written", ["5 %", "5%", "5\u00a0%"])
def test_percent_signs_are_set_however_they_were_written(written: str) -> None:
    assert catalogue.printed(written, "en") == "5\u202f%"
    assert catalogue.printed(written, "zh") == "5%"
    assert catalogue.printed("in %, 7 of 9", "en") == "in %, 7 of 9"


@pytest.mark.parametrize("path", PRINTERS, ids=lambda path: path.name)
def test_nobody_else_sets_percent_signs(path: Path) -> None:
    written = re.findall(r"[\d}](?: |\\u00a0|\\u202f)%[`'\"]", path.read_text(encoding="utf-8"))
    assert written == []


def badly_set(text: str, language: str) -> list[str]:
    """Return the percent signs of numbers that do not stand as the language prints them, with what is before them."""
    before = "\u202f" if language == "en" else ""
    return [one for one in re.findall(r"[\d}]\**(\s*)%", text) if one != before]


def has_chinese(text: str) -> bool:
    """Return whether there is a Chinese character in the text."""
    return any("\u3400" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef" for letter in text)


def values(text: str) -> set[str]:
    """Return the names of the values to fill in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def literals(annotation: object) -> list[str]:
    """Return the words that a Literal allows."""
    return [word for word in getattr(annotation, "__args__", ()) if isinstance(word, str)]


def keys_in(source: str) -> Iterator[str]:
    """Yield the keys that calls of `t` and `text` name; "prefix*" for those made up while running."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    for call in calls:
        first, name = call.args[0], ast.unparse(call.func).rpartition(".")[2]
        if name not in ("t", "text"):
            continue
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
        elif isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
            yield f"{first.values[0].value}*"


def exists(key: str) -> bool:
    """Return whether there are words for the key, or for some key that begins so."""
    file, _, name = key.partition(".")
    if file not in FILES:
        return False
    if not key.endswith("*"):
        return catalogue.known(key)
    return any(known.startswith(name.rstrip("*")) for known in catalogue.words(file))
