"""No text is ever run as code or put into the page as markup, and nothing is loaded that could run."""

import ast
import re

import pytest

from tests.house.source import ROOT, imports, product_files, tree, without_comments

# Modules whose loading runs code from the file, and those that start programs.
UNSAFE_MODULES = {"pickle", "cloudpickle", "dill", "marshal", "shelve", "joblib", "code", "codeop", "pty"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load"}
UNSAFE_CALLS |= {"importlib.import_module", "import_module"}
UNSAFE_OPTIONS = {
    ("allow_pickle", True),
    ("weights_only", False),
    ("shell", True),
    ("unsafe_allow_html", True),
    ("unsafe_allow_javascript", True),
}
# (file, what it uses): why it may.
ALLOWED = {
    ("dlviz/words/catalogue.py", "import_module"): "keys name tables of words; only those of dlviz.words are taken",
    ("dlviz/command/scripts.py", "import_module"): "only the names of its own MAKERS come that far",
    ("dlviz/engine/worker.py", "importlib.import_module"): "pages name computations; only names inside dlviz are taken",
    ("dlviz/ui/first_runs.py", "importlib.import_module"): "the names are those of our own concept folders",
}

UNSAFE_SCRIPT = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\s*\(|new\s+Function\s*\(|srcdoc)"
)
SCRIPTS = sorted(
    path.relative_to(ROOT).as_posix() for path in ROOT.glob("dlviz/**/*") if path.suffix in (".js", ".html")
)


def unsafe(code: ast.Module) -> set[str]:
    """Return the names of everything unsafe that the code uses."""
    modules = {module.partition(".")[0] for module, _, _ in imports(code)} & UNSAFE_MODULES
    if _only_writes(code, "pickle"):
        modules.discard("pickle")
    calls = [node for node in ast.walk(code) if isinstance(node, ast.Call)]
    names = {ast.unparse(call.func) for call in calls} & UNSAFE_CALLS
    options = {
        keyword.arg
        for call in calls
        for keyword in call.keywords
        if isinstance(keyword.value, ast.Constant) and (keyword.arg, keyword.value.value) in UNSAFE_OPTIONS
    }
    return modules | names | options


def _only_writes(code: ast.Module, module: str) -> bool:
    """Return whether nothing but `dumps` is used of a module; digests are made of what it returns."""
    used = {
        node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute) and ast.unparse(node.value) == module
    }
    taken = any(isinstance(node, ast.ImportFrom) and node.module == module for node in ast.walk(code))
    return used == {"dumps"} and not taken


@pytest.mark.parametrize("path", product_files())
def test_nothing_unsafe_is_used(path: str) -> None:
    assert {name for name in unsafe(tree(path)) if (path, name) not in ALLOWED} == set()


def test_exceptions_are_still_needed() -> None:
    assert [(path, name) for path, name in ALLOWED if name not in unsafe(tree(path))] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("eval('1')", {"eval"}),
        ("def f():\n    exec(text)", {"exec"}),
        ("from pickle import loads", {"pickle"}),
        ("import pickle\npickle.dumps(pickle.loads(x))", {"pickle"}),
        ("import pickle\nkey = hash(pickle.dumps(x))", set()),
        ("from importlib import import_module\nimport_module(name)", {"import_module"}),
        ("numpy.load(path, allow_pickle=True)", {"allow_pickle"}),
        ("torch.load(path, weights_only=False)", {"weights_only"}),
        ("st.markdown(name, unsafe_allow_html=True)", {"unsafe_allow_html"}),
        ("importlib.import_module(name)", {"importlib.import_module"}),
        ("model.eval(); numpy.load(path); re.compile('a')", set()),
    ],
)
def test_a_planted_danger_is_found(source: str, found: set[str]) -> None:
    assert unsafe(ast.parse(source)) == found


@pytest.mark.parametrize("path", SCRIPTS)
def test_scripts_put_no_text_into_the_page_as_markup(path: str) -> None:
    assert UNSAFE_SCRIPT.findall(without_comments((ROOT / path).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line", ["box.innerHTML = name", "eval (x)", "new Function('x')", "a.insertAdjacentHTML('x', y)"]
)
def test_planted_markup_is_found(line: str) -> None:
    assert UNSAFE_SCRIPT.search(line)
