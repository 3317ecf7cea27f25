"""Make surnames.csv, the surnames of eight languages that come with the program.

They are taken from the lists of the Faker package (see PROVENANCE.md), which are only read: nothing is made up.
Accents are folded away, names of more than twenty letters and those that two of the languages share are left out,
and so are, of the lists called English, names that came there from elsewhere. Run once, by hand, where this folder
belongs to:

    pip install Faker && python -m dlviz.data.tables.make_surnames
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from faker.providers.person import (
    de_AT,
    de_DE,
    en_GB,
    en_IN,
    en_PK,
    en_US,
    es_AR,
    es_CL,
    es_CO,
    es_ES,
    es_MX,
    fi_FI,
    ga_IE,
    it_IT,
    ja_JP,
    nl_NL,
    pl_PL,
    pt_BR,
    pt_PT,
    vi_VN,
    zh_CN,
    zh_TW,
    zu_ZA,
)

from dlviz.data.letters import folded, spells

TABLE = Path(__file__).with_name("surnames.csv")
LONGEST = 20  # letters; longer ones are noble houses and people of the Middle Ages
SOURCES = {
    "irish": [ga_IE],
    "italian": [it_IT],
    "dutch": [nl_NL],
    "english": [en_GB, en_US],
    "german": [de_AT, de_DE],
    "polish": [pl_PL],
    "finnish": [fi_FI],
    "zulu": [zu_ZA],
}
# The census of the United States lists García and Nguyen, who are at home in other languages.
CAME_TO_ENGLISH = [es_AR, es_CL, es_CO, es_ES, es_MX, pt_BR, pt_PT, vi_VN, en_IN, en_PK, zh_CN, zh_TW, ja_JP]
LISTS = ("last_names", "last_romanized_names", "unisex_last_names", "male_last_names")
NO_NAMES = {"auch schlauchin"}  # "also": a note that slipped into a list


def surnames_in(modules: Iterable[ModuleType]) -> set[str]:
    """Return the surnames in the lists of these parts of Faker, folded, those that the alphabet can spell."""
    return {folded(name) for module in modules for name in _listed(module) if spells(name)}


def _listed(module: ModuleType) -> Iterator[str]:
    for name in LISTS:
        yield from vars(module.Provider).get(name, ())


def chosen() -> dict[str, list[str]]:
    """Return the names of each language, in the order of the alphabet."""
    found = {language: surnames_in(modules) for language, modules in SOURCES.items()}
    found["english"] -= surnames_in(CAME_TO_ENGLISH)
    languages = Counter(name for names in found.values() for name in names)
    shared = {name for name, count in languages.items() if count > 1}
    short = {name for name in languages if len(name) <= LONGEST} - NO_NAMES
    return {language: sorted((names & short) - shared) for language, names in found.items()}


def make(table: Path = TABLE) -> None:
    """Write the surnames that the installed Faker lists to `table`, one a line after its language."""
    lines = [f"{language},{name}" for language, names in chosen().items() for name in names]
    table.write_text("\n".join(["language,surname", *lines, ""]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    make()
