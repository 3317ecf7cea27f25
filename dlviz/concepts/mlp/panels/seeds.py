"""The same network from several seeds: how far its score is luck, and what others do with the same examples."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dlviz.concepts.mlp.panels import campaign, parts
from dlviz.concepts.mlp.panels.campaign import SEEDS, Campaign, Row
from dlviz.concepts.mlp.recording import Baseline, Outcome
from dlviz.concepts.mlp.spec import View
from dlviz.spec import RunSpec
from dlviz.ui.asking import ask
from dlviz.ui.language import t

KEY = "mlp.seeds"
COMPUTE = "dlviz.concepts.mlp.compute"


def panel(_: View) -> None:
    """Let the run on the stage begin from several seeds, and show how each ended."""
    campaign.panel(KEY, runs_of, _show)


def runs_of(view: View) -> tuple[RunSpec, ...]:
    """Return the run on the stage from the seeds 0, 1, …: another split of the examples, and other first weights."""
    return tuple(campaign.plain(view.run, seed) for seed in range(SEEDS))


def judge_of(found: Outcome) -> str:
    """Return on which examples a run is judged: the test, else the validation, else the training ones."""
    return next(part for part in ("test", "validation", "train") if part in found.best)


def _show(view: View, held: Campaign) -> None:
    judge = judge_of(next(iter(held.found.values())))
    rows = [Row(t("mlp.seeds.best"), chosen=True), Row(t("mlp.seeds.last"))]
    values = [held.scores([held.runs], lambda _, one: one.best[judge].score)]
    values.append(held.scores([held.runs], lambda _, one: _last(one, judge)))
    baselines = _baselines(held)
    if baselines:
        rows.append(Row(t("mlp.seeds.ridge")))
        values.append(np.array([[one.scores["test"].score if one else np.nan for one in baselines]]))
    axis = t(f"mlp.seeds.x.{parts.score_of(held.part)}.{judge}")
    words = {"label": t("mlp.seeds.label"), "x": axis, "dot": t("mlp.campaign.dot")}
    campaign.strips("mlp.seeds.strips", rows, np.concatenate(values), held.part == "digits", words)
    _errors(held, baselines)


def _last(found: Outcome, judge: str) -> float:
    return found.last[judge].score if judge in found.last else np.nan


def _baselines(held: Campaign) -> list[Baseline | None]:
    """Return what ridge regression does with the same rows, seed by seed; None where that is not known yet."""
    if held.part != "table":
        return []
    found = [ask(f"{KEY}.ridge.{run.seed}", f"{COMPUTE}:ridge", run.data, run.seed_of_data) for run in held.runs]
    return [one.value if one is not None and one.fresh else None for one in found]


def _errors(held: Campaign, baselines: list[Baseline | None]) -> None:
    """Say how far off the answers are, in the table's own unit."""
    pairs = [(held.found.get(run.digest), one) for run, one in zip(held.runs, baselines, strict=False)]
    known = [(one.best["test"].error, other.scores["test"].error) for one, other in pairs if one and other]
    if known:
        network, ridge = (f"{one:.3g}" for one in np.mean(known, axis=0))
        table = held.about.data.data
        st.markdown(t(f"mlp.seeds.errors.{table}", network=network, ridge=ridge, count=len(known)))
