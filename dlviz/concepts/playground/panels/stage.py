"""The stage: the network as a picture in which everything can be touched.

Its data and inputs, layers and units, weights and points are chosen in the picture itself; what is
done there comes back here and becomes another run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

import numpy as np
import streamlit as st

from dlviz.concepts.playground.panels import formula, runs
from dlviz.concepts.playground.recording import Cloud
from dlviz.concepts.playground.spec import DEFAULT, View
from dlviz.recording import pack
from dlviz.rows import MOST_ROWS, read_rows, rows_text
from dlviz.spec import INPUTS, DenseActivation, Mlp, Plane, Points, RunSpec
from dlviz.ui import bench, fields, futures, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.fields import option
from dlviz.ui.language import all_below, t
from dlviz.ui.language import now as language
from dlviz.ui.parts import have_page_follow, part

KEY = "network"
COMPUTE = "dlviz.concepts.playground.compute"
PATIENCE = 1.0  # seconds that a weight changed by hand may keep the picture waiting
LOOK = 0.7  # seconds between two looks for what a worker has not answered yet
EXTENT = 6.0
HAND = "network.hand"  # weights being changed by hand: the run, the step, all its weights
SETS = fields.options_of(Plane.model_fields["data"])
PICTURED = 7  # seed of the small pictures
COLOURS = ("orange", "blue", "green", "pink")  # of the classes, in their order
Arrays = dict[str, np.ndarray]


def network() -> None:
    """Show the network; what is done in it changes the page's view."""
    complete = _cloud(links.current(DEFAULT)) is not None and _pictures() is not None
    part(_network, None if complete else LOOK)(complete)


def _network(complete: bool) -> None:
    view = links.current(DEFAULT)
    preview = _preview(view)
    header = {**_header(view), "preview": {"step": preview["step"]} if preview else None}
    arrays = _points(view) | _small() | _own(view) | (preview["arrays"] if preview else {})
    mount("network", key=KEY, data=pack(header, arrays), on_change=HEARD)
    if not complete and _cloud(view) is not None and _pictures() is not None:
        st.rerun()


# --------------------------------------------------------------------------------- what it is told


def _header(view: View) -> dict[str, object]:
    """Return all that the picture shows beside the moments, in the visitor's language."""
    run = view.run
    return {
        "player": runs.BENCH,
        "language": language(),
        "extent": EXTENT,
        "kind": kind_of(run),
        "inputs": [{"name": one, "label": option(one), "help": t(f"playground.input.{one}")} for one in INPUTS],
        "activations": [{"name": one, "label": option(one)} for one in get_args(DenseActivation)],
        "network": {
            "inputs": run.data.inputs,
            "hidden": run.network.hidden,
            "activations": activations(run.network),
            "activation": run.network.activation,
        },
        "outputs": run.data.outputs,
        "normalised": run.network.batch_norm,
        "classes": class_names(run),
        "data": {"sets": _sets() if "data" not in view.hide else [], "chosen": run.data.data},
        "look": {"shown": view.shown, "discrete": view.discrete},
        "painting": isinstance(run.data, Points) and run.data.label == "class" and "data" not in view.hide,
        "most_points": MOST_ROWS,
        "hide": view.hide,
        "numbers": numbers(run),
        "heard": {name: _said(name).get("seq") for name in HEARD if name != "points"} | {"points": _memory("points")},
        "words": _words(run, "weights" not in view.hide),
    }


def kind_of(run: RunSpec) -> str:
    """Return what the network says of a point: "two" or more "classes", or a "number"."""
    if run.data.about == "number":
        return "number"
    return "two" if run.data.outputs == 2 else "classes"


def class_names(run: RunSpec) -> list[str]:
    """Return the names of the run's classes: their colours."""
    return [t(f"playground.class.{name}") for name in COLOURS[: max(2, run.data.outputs)]]


def numbers(run: RunSpec) -> list[dict[str, object]]:
    """Return the numbers that stand above the large map."""
    score = {"name": "validation_accuracy", "label": t("playground.score"), "better": "higher", "percent": True}
    if run.data.about == "number":
        score = {"name": "validation_r2", "label": t("playground.r2"), "better": "higher", "percent": False}
    losses = [
        {"name": f"{split}_loss", "label": t(f"playground.{split}_loss"), "better": "lower", "percent": False}
        for split in ("train", "validation")
    ]
    return [*losses, score]


def activations(network: Mlp) -> list[str]:
    """Return the activation of every hidden layer."""
    return [network.activation_of(layer) for layer in range(len(network.hidden))]


def _sets() -> list[dict[str, str]]:
    return [_set(name) for name in (*SETS, "points")]


def _set(name: str) -> dict[str, str]:
    about = Points() if name == "points" else Plane(data=name)
    kind = "number" if about.about == "number" else "two" if about.outputs == 2 else "classes"
    return {"name": name, "label": option(name), "kind": kind}


def _words(run: RunSpec, weights: bool) -> dict[str, object]:
    """Return the words of the picture; `weights` says whether they can be changed in it."""
    number = run.data.about == "number"
    low, high = (t("playground.minus"), t("playground.plus")) if number else class_names(run)[:2]
    told = all_below("playground.picture.")
    return {
        **told,
        "output": told["output" if weights else "output_fixed"],
        "scale_low": low,
        "scale_high": high,
        "classes": [t(f"playground.class.{name}") for name in COLOURS],
    }


def _cloud(view: View) -> Cloud | None:
    """Return the run's points, None while the workers warm up."""
    found = ask("playground.points", f"{COMPUTE}:points", view.run.data, view.run.seed_of_data)
    return found.value if found is not None and found.fresh else None


def _pictures() -> dict[str, Cloud] | None:
    found = ask("playground.pictures", f"{COMPUTE}:pictures", SETS, PICTURED)
    return found.value if found is not None else None


def _points(view: View) -> Arrays:
    cloud = _cloud(view)
    if cloud is None:
        return {
            "points": np.zeros((0, 2), np.float32),
            "labels": np.zeros(0, np.float32),
            "splits": np.zeros(0, np.uint8),
        }
    return {"points": cloud.places, "labels": cloud.labels, "splits": cloud.split}


def _small() -> Arrays:
    arrays: Arrays = {}
    for name, cloud in (_pictures() or {}).items():
        arrays |= {f"{name}/points": cloud.places, f"{name}/labels": cloud.labels}
    return arrays


def _own(view: View) -> Arrays:
    """Return the learner's own points in the order in which they were painted."""
    if not isinstance(view.run.data, Points):
        return {}
    width = 5 if view.run.data.label == "class" else 6
    return {"own": np.array(read_rows(view.run.data.rows, width), np.float32)}


def _preview(view: View) -> dict[str, object] | None:
    """Return what the network says with weights that are being changed by hand, None where none are."""
    hand = st.session_state.get(HAND)
    if hand is None or hand["digest"] != view.run.digest:
        return None
    name, spec = f"{COMPUTE}:seen", runs.settled(view)
    try:
        found = ask("playground.hand", name, spec, hand["step"], hand["weights"], note=hand["step"], wait=PATIENCE)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return None
    if found is None:
        return None
    return {"step": found.note, "arrays": {f"preview/{name}": values for name, values in found.value.items()}}


# -------------------------------------------------------------------------------- what it says


def _said(name: str) -> Mapping[str, object]:
    return (st.session_state.get(KEY) or {}).get(name) or {}


def _memory(name: str) -> object:
    return st.session_state.get(f"{KEY}.{name}")


def _change(view: View) -> None:
    """Make `view` the page's, and let the whole page run with it."""
    links.put(view)
    have_page_follow()


def _knobs(view: View) -> object:
    moment = runs.shown(view)
    return view.run.knobs_at(0 if moment is None else moment.step)


def _anew(view: View, run: RunSpec) -> None:
    """Begin a new run, with the knobs as they are, and follow it."""
    if run != view.run:
        bench.move(runs.BENCH, playing=True, at="newest")
        _change(futures.changed(view, run, _knobs(view)))


def _chose_data() -> None:
    view, name = links.current(DEFAULT), str(_said("data").get("name"))
    if name not in (*SETS, "points") or name == view.run.data.data:
        return
    now = view.run.data
    if isinstance(now, Points):
        st.session_state[f"{KEY}.own"] = now
    if name == "points":
        data = st.session_state.get(f"{KEY}.own", Points()).model_copy(update={"inputs": now.inputs})
    elif isinstance(now, Plane):
        data = now.model_copy(update={"data": name})
    else:
        data = Plane(data=name, inputs=now.inputs)
    _anew(view, RunSpec.model_validate({**dict(view.run), "data": data, "edits": ()}))


def _changed_network() -> None:
    view, said = links.current(DEFAULT), _said("network")
    run = view.run
    wanted = tuple(said.get("activations", ()))
    shared = wanted[0] if wanted and len(set(wanted)) == 1 else run.network.activation
    own = () if set(wanted) <= {shared} else wanted
    changes = {"hidden": tuple(said.get("hidden", ())), "activations": own, "activation": shared}
    try:
        data = type(run.data).model_validate({**dict(run.data), "inputs": tuple(said.get("inputs", ()))})
        built = formula.as_before(run.network, Mlp.model_validate({**dict(run.network), **changes}))
    except ValueError:  # no browser of ours says such a thing
        return
    _anew(view, run.model_copy(update={"data": data, "network": built, "edits": ()}))


def _painted() -> None:
    """Take over the points as they are now, where there are enough to learn from."""
    view, said = links.current(DEFAULT), _said("points")
    try:
        rows = rows_text([(float(x), float(y), int(label)) for x, y, label in said.get("rows", ())], "class")
        data = Points.model_validate({**dict(view.run.data), "rows": rows})
    except (ValueError, TypeError):
        return
    st.session_state[f"{KEY}.points"] = said.get("seq")
    _anew(view, view.run.model_copy(update={"data": data, "edits": ()}))


def _looked() -> None:
    view, said = links.current(DEFAULT), _said("look")
    links.put(view.model_copy(update={"shown": bool(said.get("shown")), "discrete": bool(said.get("discrete"))}))
    have_page_follow()


def _weighed() -> None:
    """Take over weights that were changed by hand: shown at once, and another future once they are let go of."""
    view, said = links.current(DEFAULT), _said("weights")
    step = said.get("step")
    weights = _weights_at(view, step)
    if weights is None:
        return
    try:
        changes = {int(place): float(value) for place, value in said.get("values", ())}
        weights[list(changes)] = list(changes.values())
    except (ValueError, TypeError, IndexError):  # no browser of ours says such a thing
        return
    if said.get("done"):
        _change(futures.weighed(runs.BENCH, view, int(step), changes.items(), runs.keep))
    st.session_state[HAND] = {"digest": links.current(DEFAULT).run.digest, "step": step, "weights": weights}


def _weights_at(view: View, step: object) -> np.ndarray | None:
    """Return a copy of all weights at that step, changes by hand included; None where it is not recorded."""
    hand = st.session_state.get(HAND)
    if hand is not None and (hand["digest"], hand["step"]) == (view.run.digest, step):
        return hand["weights"].copy()
    one = runs.now(view)
    moment = one.recording.at(step) if one is not None and isinstance(step, int) else None
    if moment is None or moment.step != step or "weights" not in moment:
        return None
    return np.array(moment["weights"], np.float32)


HEARD: dict[str, Callable[[], None]] = {
    "data": _chose_data,
    "network": _changed_network,
    "points": _painted,
    "look": _looked,
    "weights": _weighed,
}
