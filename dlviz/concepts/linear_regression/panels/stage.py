"""The stage: the points with what the model says of them, beside it the bowl of its loss, or its weights as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from dlviz.concepts.linear_regression.panels import runs
from dlviz.concepts.linear_regression.recording import Bowl, Sample, Solution
from dlviz.concepts.linear_regression.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.rows import MOST_PAIRS, pairs_text, read_pairs
from dlviz.spec import Curve, Pairs, RunSpec
from dlviz.ui import futures, links
from dlviz.ui.asking import ask
from dlviz.ui.components import mount
from dlviz.ui.language import all_below, t
from dlviz.ui.parts import have_page_follow, keep_looking, looked
from dlviz.ui.table_words import column_with_unit

LOOK = 0.5  # seconds between two looks for what a worker has not answered yet
FIT = "linear_regression.fit"
NOTHING = Sample(np.zeros((0, 1)), np.zeros(0), np.zeros(0, np.uint8), np.zeros(1), np.ones(1), (0.0, 1.0))
HALF = 1.08  # of the picture in which own points are painted


def panel() -> None:
    """Show both pictures; they follow the player by themselves."""
    keep_looking("linear_regression.stage", _pictures, LOOK)


def _pictures(waiting: bool) -> None:
    view = links.current(DEFAULT)
    known, best = points(view), runs.solution(view)
    left, right = st.columns([8, 7], gap="medium")
    with left:
        mount("fit", key=FIT, data=picture(view, known or NOTHING, best), on_change={"points": _painted})
    with right:
        bowl = bowl_of(view) if runs.on_bowl(view.run) else None
        if runs.on_bowl(view.run):
            _bowl(view, bowl, best)
        else:
            coefficients(view, best)
    owed = known is None or best is None or (runs.on_bowl(view.run) and bowl is None)
    looked("linear_regression.stage", waiting, owed)


# -------------------------------------------------------------------------------------- the points


def points(view: View) -> Sample | None:
    """Return the run's points; the visitor's own are known here, all others are asked for."""
    data = view.run.data
    if not isinstance(data, Pairs) or data.validation_share:
        return runs.sample(view)
    x, y = np.array(read_pairs(data.pairs)).T
    return Sample(x[:, None], y, np.zeros(len(y), np.uint8), np.zeros(1), np.ones(1), (0.0, 1.0))


def picture(view: View, known: Sample, best: Solution | None) -> bytes:
    """Return all that the picture of the points shows beside the moments; test points stay hidden."""
    run, seen = view.run, known.split < 2
    header = {
        "player": runs.KEY,
        "beside": runs.beside(view),
        "kind": "line" if runs.single(run) else "answers",
        **scale(known),
        "fault": runs.knobs(view).fault,
        "delta": runs.knobs(view).huber_delta,
        "paints": runs.drawn(run),
        "straight": runs.on_bowl(run) and runs.knobs(view).fault == "squared",
        "most": MOST_PAIRS,
        "lines": _best_line(run, best),
        "heard": st.session_state.get(f"{FIT}.heard"),
        "words": fit_words(run, runs.knobs(view).fault),
        **axes(run, known),
    }
    x = known.x[seen, 0] if runs.single(run) else np.zeros(seen.sum())
    arrays = {"x": x.astype(np.float32), "y": known.y[seen].astype(np.float32), "split": known.split[seen]}
    return pack(header, arrays)


def scale(known: Sample) -> dict[str, object]:
    """Return how a model with one input sees x, and how what it says becomes y."""
    return {"middle": known.middle[0], "spread": known.spread[0], "unit": known.unit}


def axes(run: RunSpec, known: Sample) -> dict[str, dict[str, object]]:
    """Return the ranges and names of both axes."""
    truth = {**_range(known.y), "label": runs.target(run)}
    if not runs.single(run):
        answers = t("linear_regression.answer_of", name=runs.target(run))
        return {
            "x": {**truth, "label": t("linear_regression.truth_of", name=runs.target(run))},
            "y": {**truth, "label": answers},
        }
    if runs.drawn(run):
        low, high = (
            (min(-HALF, known.y.min() - 0.08), max(HALF, known.y.max() + 0.08)) if len(known.y) else (-HALF, HALF)
        )
        return {
            "x": {"low": -HALF, "high": HALF, "label": "x"},
            "y": {"low": float(low), "high": float(high), "label": "y"},
        }
    return {"x": {**_range(known.x[:, 0]), "label": input_name(run)}, "y": truth}


def _range(values: np.ndarray) -> dict[str, float]:
    if not len(values):
        return {"low": 0.0, "high": 1.0}
    room = 0.06 * (np.ptp(values) or 1.0)
    return {"low": float(values.min() - room), "high": float(values.max() + room)}


def input_name(run: RunSpec, place: int = 0) -> str:
    """Return what the column at this place of those that go in is called, with its unit."""
    return column_with_unit(run.data, run.data.used[place])


def _best_line(run: RunSpec, best: Solution | None) -> list[dict[str, object]]:
    if best is None or not runs.single(run):
        return []
    return [{"label": t("linear_regression.fit.best"), "weights": best.best.tolist()}]


def fit_words(run: RunSpec, fault: str) -> dict[str, str]:
    """Return the words of the picture of the points."""
    words = all_below("linear_regression.fit.")
    kind = "line" if runs.single(run) else "answers"
    words |= {name: words[f"{kind}.{name}"] for name in ("label", "none", "answer", "point")}
    return words | {"miss": words[f"miss.{fault}"] if runs.single(run) else words["miss.stick"]}


def _painted() -> None:
    """Let the model learn from the points as the hand left them."""
    view: View = links.current(DEFAULT)
    told: Mapping[str, object] = (st.session_state.get(FIT) or {}).get("points") or {}
    try:
        pairs = pairs_text((float(x), float(y)) for x, y in told["xy"])
        data = Pairs(
            pairs=pairs,
            validation_share=getattr(view.run.data, "validation_share", 0.0)
            if isinstance(view.run.data, Pairs)
            else 0.0,
        )
    except (KeyError, TypeError, ValueError):  # no browser of ours says such a thing
        return
    if not isinstance(view.run.data, Curve | Pairs):
        return
    st.session_state[f"{FIT}.heard"] = told.get("seq")
    run = view.run.model_copy(update={"data": data, "edits": ()})
    links.put(futures.changed(view, run, view.run.knobs_at(runs.LAB.step(view))))
    have_page_follow()


# --------------------------------------------------------------------------------- beside the points


def bowl_of(view: View) -> Bowl | None:
    """Return the bowl of the run's loss, None while it is being computed."""
    found = ask("linear.bowl", f"{runs.COMPUTE}:bowl", view.run.data, view.run.seed_of_data, runs.knobs(view))
    return found.value if found is not None and found.fresh else None


def _bowl(view: View, bowl: Bowl | None, best: Solution | None) -> None:
    if bowl is None:
        st.caption(t("linear_regression.computing"))
        return
    exact, library = (best.exact, best.library) if best else (None, None)
    mount(
        "bowl",
        key="linear_regression.bowl",
        data=bowl_picture(bowl, runs.KEY, exact, library, beside=runs.beside(view)),
    )


def bowl_picture(
    bowl: Bowl,
    player: str | None,
    exact: np.ndarray | None,
    library: np.ndarray | None,
    height: int | None = None,
    beside: Sequence[str] = (),
) -> bytes:
    """Return what the picture of a bowl is made of; `player` has the run whose way is shown, None shows the bowl's own.

    beside: the runs kept for comparison whose ways belong to this bowl.
    """
    words = all_below("linear_regression.bowl.")
    header = {
        "player": player,
        "height": height,
        "beside": list(beside),
        "exact": None if exact is None else exact.tolist(),
        "library": None if library is None else library.tolist(),
        "words": words | ({} if player else {"how": words["still"]}),
    }
    arrays = {"heights": bowl.heights.astype(np.float32), "weight": bowl.weight, "bias": bowl.bias}
    return pack(header, {**arrays, "way": bowl.way.astype(np.float32)})


def coefficients(view: View, best: Solution | None) -> None:
    """Show the weights as bars, with scikit-learn's beside them."""
    run, known = view.run, points(view)
    factor = known.unit[1] if known is not None else 1.0
    config = {
        "player": runs.KEY,
        "names": runs.weight_names(run),
        "best": None if best is None else [float(factor * value) for value in best.best[:-1]],
        "factor": factor,
        "words": {
            "label": t("linear_regression.weights.label"),
            "unit": weight_unit(run),
            "best": t(
                "linear_regression.weights.best"
                if best is None or best.library is not None
                else "linear_regression.weights.exact"
            ),
        },
    }
    mount("coefficients", key="linear_regression.weights", data=config)


def weight_unit(run: RunSpec) -> str:
    """Return in which units the weights are shown."""
    if not hasattr(run.data, "scaling"):
        return t("linear_regression.weights.plain")
    unit = runs.unit_of(run) or t("linear_regression.points")
    return t(f"linear_regression.weights.{'scaled' if run.data.scaling else 'raw'}", unit=unit)
