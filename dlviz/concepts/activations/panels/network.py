"""In your network: what really goes into its activations while it learns, and what they do to its gradients."""

from __future__ import annotations

from typing import get_args

import numpy as np
import streamlit as st

from dlviz import codec
from dlviz.concepts.activations.panels.answers import COMPUTE
from dlviz.concepts.activations.recording import LayerSums
from dlviz.concepts.activations.spec import DEFAULT, View
from dlviz.recording import Moment, pack
from dlviz.spec import Activation, RunSpec
from dlviz.ui import bench, crowd, fields, futures, language, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.bench import Figure, Track
from dlviz.ui.buttons import pressed
from dlviz.ui.components import mount
from dlviz.ui.drawers import drawer
from dlviz.ui.fields import option
from dlviz.ui.language import t
from dlviz.ui.parts import part
from dlviz.words import pages as table

BENCH = "activations.bench"  # key of the bench, and name of the player that the picture follows
LOOK, IDLE_LOOK = 2.0, 4.0  # seconds between two looks while it learns, and while it does not
MOST = 40  # moments that are counted
HEAVIEST = 600_000  # weights of all those moments together, in a question
WORDS = ("marked", "f", "slope", "x", "through", "label")
ACTIVATIONS = get_args(Activation)  # what can be chosen here; a formula of one's own comes from the playground
SHARES = ("dead", "flat", "silent", "slope")


def panel(view: View) -> None:
    """Show the sums on the curve, layer by layer, and the bench that plays the run."""
    picture, beside = st.columns([2, 1], gap="large")
    with beside, drawer("activations.network"):
        changed = _controls(view)
        if changed != view:
            links.write(changed, DEFAULT)
    with picture:
        begin(changed)
        bench.bench(BENCH, [Track(changed.run, name(changed.run))], figures(), on_settle=_settle)
        with st.container(key="activations-sums"):
            part(_sums, crowd.pace(LOOK) if bench.moves(BENCH, changed.run) else IDLE_LOOK)()


def begin(view: View) -> None:
    """Go to the moment that the link names; where it names none, let the run be seen from its first weights on."""
    if view.at is None and not st.session_state.get("activations.opened"):
        bench.move(BENCH, playing=True, at=0, speed="max")
    elif view.at is not None:
        futures.arrive(BENCH, view)
    st.session_state["activations.opened"] = True


def name(run: RunSpec) -> str:
    """Return what the run is called: its data and its shape."""
    return (
        f"{option(run.data.data)} {'-'.join(map(str, (len(run.data.inputs), *run.network.hidden, run.data.outputs)))}"
    )


def figures() -> list[Figure]:
    """Return the numbers that matter now."""
    return [
        Figure("epoch", t("views.epoch"), None),
        Figure("train_loss", t("views.train_loss")),
        Figure("validation_loss", t("views.validation_loss")),
    ]


def _settle(step: int | None) -> None:
    futures.settle(BENCH, DEFAULT, step)


def _controls(view: View) -> View:
    """Show what the network is, with another activation for all of its layers, and the way to the playground."""
    network = view.run.network
    st.markdown(t("activations.network.is", name=name(view.run), parameters=view.run.parameters))
    declared = fields.options_of(type(network).model_fields["activation"])
    options = [one for one in declared if one in ACTIVATIONS or one == network.activation]
    label, help = t("activations.network.bend"), t("activations.network.bend.help")
    bend = fields.choice(label, options, network.activation, "activations.bend", help=help)
    _way(view)
    st.caption(t("activations.network.limit", limit=fields.number(view.flat_below)))
    if bend == network.activation:
        return view
    built = network.model_copy(update={"activation": bend, "activations": ()})
    bench.move(BENCH, playing=True, at=0, speed="max")
    return view.model_copy(update={"run": view.run.model_copy(update={"network": built, "edits": ()}), "at": None})


def _way(view: View) -> None:
    """Offer the way to the playground, where that page is."""
    words, help = t("activations.network.playground"), t("activations.network.playground.help")
    for page in table.existing():
        # a link would be as old as the page's last run; which moment is on show is known when it is clicked
        if page.slug == "playground" and pressed(
            words, "activations.to_playground", icon=":material/hub:", help=help, type="tertiary"
        ):
            now = view.model_copy(update={"at": bench.report(BENCH).at})
            st.switch_page(page.file, query_params=in_playground(now))


def in_playground(view: View) -> dict[str, str]:
    """Return the parameters of a link to the playground with this run and moment on its stage."""
    return {**codec.write(View(run=view.run, at=view.at), DEFAULT), **language.in_link()}


# ----------------------------------------------------------------------------------- the picture


def _sums() -> None:
    view = links.current(DEFAULT)
    one = bench.snapshot(BENCH, view.run)
    recorded = [moment for moment in one.recording.moments if "weights" in moment] if one else []
    if not view.run.network.hidden:
        st.caption(t("activations.network.none"))
        return
    if not recorded:
        st.caption(t("activations.network.large" if one and one.recording.moments else "bench.warming_up"))
        return
    run, moments = one.recording.spec, chosen(recorded, view.at)
    note = (run.digest, [[moment.step, moment.epoch] for moment in moments], view.flat_below)
    rows = np.stack([moment["weights"] for moment in moments])
    try:
        found = ask("activations.sums", f"{COMPUTE}:sums", run, rows, view.flat_below, note=note, wait=1.0)
    except Failed as failure:
        st.caption(reasons.say(str(failure)))
        return
    if found is None or found.note[0] != run.digest:
        st.caption(t("activations.network.counting"))
        return
    mount("sums", key="activations.sums", data=message(run, found.value, *found.note))


def chosen(moments: list[Moment], at: int | None) -> list[Moment]:
    """Return at most MOST of the moments, evenly spread, the newest among them, and the one on show after `at`.

    Fewer where their weights are many; what has run away is left out.
    """
    sound = [moment for moment in moments if np.isfinite(moment["weights"]).all()]
    most = max(2, min(MOST, HEAVIEST // len(moments[0]["weights"])))
    places = {int(place) for place in np.linspace(0, len(sound) - 1, min(most, len(sound))).round()}
    if at is not None:
        places.add(max((i for i, moment in enumerate(sound) if moment.step <= at), default=0))
    return [sound[place] for place in sorted(places)]


def message(run: RunSpec, layers: tuple[LayerSums, ...], digest: str, places: list[list[float]], limit: float) -> bytes:
    """Return what the component draws, in the visitor's language."""
    words = {one: t(f"activations.network.{one}") for one in WORDS}
    words |= {one: t(f"activations.network.sign.{one}", limit=fields.number(limit)) for one in ("mean", "flat", "dead")}
    words["note"] = t("activations.network.note", limit=fields.number(limit))
    if run.network.batch_norm:
        words["note"] += t("activations.network.normalised")
    header = {
        "player": BENCH,
        "run": digest,
        "steps": [step for step, _ in places],
        "epochs": [epoch for _, epoch in places],
        "layers": [_layer(one, place) for place, one in enumerate(layers, 1)],
        "limit": limit,
        "words": words,
    }
    arrays = {
        f"{i}/{kind}": getattr(one, kind)
        for i, one in enumerate(layers)
        for kind in ("counts", "x", "values", "slopes")
    }
    arrays |= {kind: np.stack([getattr(one, kind) for one in layers]).astype(np.float32) for kind in SHARES}
    return pack(header, {name: values.astype(np.float32) for name, values in arrays.items()})


def _layer(one: LayerSums, place: int) -> dict[str, object]:
    detail = t("activations.network.units", count=one.units, activation=option(one.activation))
    return {"label": t("activations.network.layer", number=place), "detail": detail, "units": one.units}
