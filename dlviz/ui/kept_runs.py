"""Runs kept beside the one on the stage, as one text that fits into a link, and what each is called.

A run is written as what sets it apart from the page's usual one: name=value|name=value, with ~ between runs.
"""

from __future__ import annotations

from collections.abc import Collection

from dlviz import codec
from dlviz.formula import formula_text, read_formula
from dlviz.spec import RunSpec
from dlviz.ui.fields import number, option
from dlviz.ui.language import t

MOST = 5
WORDED = (
    "network",
    "data",
    "optimizer",
    "activation",
    "initializer",
    "schedule",
)  # options whose words stand alone
SWITCHES = ("batch_norm", "scaling")


def read(text: str, usual: RunSpec) -> list[RunSpec]:
    """Return the runs that the text names; what cannot be read is left out."""
    return [run for part in text.split("~") if part and (run := _read(part, usual))]


def _read(text: str, usual: RunSpec) -> RunSpec | None:
    pairs = dict(part.split("=", 1) for part in text.split("|") if "=" in part)
    run, problems = codec.read(pairs, usual)
    return None if problems or not pairs else run


def add(text: str, run: RunSpec, usual: RunSpec, longest: int = codec.LONGEST_TEXT) -> str:
    """Return the text with the run as its last; the oldest go where there are too many, or too much for `longest`."""
    rows = [*(one for one in read(text, usual) if one != run), run][-MOST:]
    texts = [_text(one, usual) for one in rows]
    while len("~".join(texts)) > longest:
        texts = texts[1:]
    return "~".join(texts)


def without(text: str, run: RunSpec, usual: RunSpec) -> str:
    """Return the text without that run."""
    return "~".join(_text(one, usual) for one in read(text, usual) if one != run)


def _text(run: RunSpec, usual: RunSpec) -> str:
    # a run that differs in nothing still needs a word to stand for it
    return "|".join(f"{name}={value}" for name, value in codec.write(run, usual).items()) or f"seed={run.seed}"


def differences(run: RunSpec, usual: RunSpec, unsaid: Collection[str] = ()) -> list[str]:
    """Return in a few words each what sets a run apart, turns on the way included; `unsaid` fields are not named."""
    said = codec.write(run, usual)
    if getattr(run.network, "has_own", False):
        said = {"own": run.network.own, **{field: text for field, text in said.items() if text != "own"}}
    turned = [_said(field, text) for field, text in said.items() if field not in ("edits", "device", *unsaid)]
    for edit in run.edits:
        before = run.knobs_at(edit.step - 1)
        changes = codec.write(edit.knobs, before)
        turned += [f"{_said(field, text)} @{edit.step}" for field, text in changes.items()]
    return turned


def _said(field: str, text: str) -> str:
    if field in WORDED:
        return option(text)
    if field == "own":  # without stars, which are no letters where names are Markdown
        return f"f(x) = {formula_text(read_formula(text)).replace(' * ', '·')}"
    return f"{t(f'fields.{field}')} {_value(field, text)}"


def _value(field: str, text: str) -> str:
    """Return the value of a field as it stands on its widget: 0.000001 for 1e-06, off for a switch's 0."""
    if field in SWITCHES:
        return t("learning.on" if text == "1" else "learning.off")
    try:
        return number(float(text))
    except ValueError:
        return option(text)
