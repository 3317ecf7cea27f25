"""A real network: two optimizers train it from the same first weights, and its own loss is the surface."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dlviz import codec
from dlviz.concepts.gradient_descent.panels import edge, line, plane, questions
from dlviz.concepts.gradient_descent.panels.walkers import ALL, BENCH, PAGE, names
from dlviz.concepts.gradient_descent.spec import (
    DEFAULT,
    HOMES,
    STARTS,
    USUAL,
    Home,
    Real,
    View,
    home_of,
    started,
)
from dlviz.spec import Mlp, Plane, RunSpec
from dlviz.ui import bench, fields, first_runs, language, links
from dlviz.ui.bench import Figure, Track
from dlviz.ui.chrome import title
from dlviz.ui.drawers import drawer
from dlviz.ui.fields import option
from dlviz.ui.folds import fold
from dlviz.ui.language import t
from dlviz.words import pages as table

ASPECTS: dict[str, Callable[[], None]] = {"plane": plane.panel, "edge": edge.panel, "line": line.panel}
CONTROLS: dict[str, Callable[[Real], dict[str, object]]] = {"plane": plane.controls}  # of those that have some
SEEN = {"aspect", "map"}  # fields that change nothing about the runs
DATA = ("circle", "xor", "moons", "spiral", "hills")
WHO = ("optimizer", "rate", "batch")
NONE = "none"  # no hidden layer: the logistic regression of the model zoo
SHAPES = {"4-2": (4, 2), "8-8": (8, 8), "16-16": (16, 16), "8": (8,), NONE: ()}
ACTIVATIONS = ("tanh", "relu", "gelu")
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0)
HERE = {name: getattr(DEFAULT.real, name) for name in ("trained", *(f"{one}_{who}" for one in WHO for who in "ab"))}
BATCHES = (1, 2, 5, 10, 25, 50, 125, ALL)


def panel(view: View) -> None:
    """Show the two runs on their bench, who trains what, and one closer look at them."""
    with st.container(key=f"{PAGE}-real"):
        st.markdown(t(f"{PAGE}.real.lead"))
        questions.panel(view)
        picture, beside = st.columns([2, 1], gap="large")
        with beside, drawer("gradient_descent.real"):
            changed = _controls(view.real)
        now = links.current(DEFAULT)  # the bench may have come to rest at another moment meanwhile
        if changed:
            changed |= _anew() if changed.keys() - SEEN else {}
            links.write(now.model_copy(update={"real": now.real.model_copy(update=changed)}), DEFAULT)
            st.rerun()
        with picture:
            _begin(view.real)
            _aspect(view.real)
            tracks = [Track(run, name) for run, name in zip(view.real.runs, names(view.real.runs), strict=True)]
            bench.bench(BENCH, tracks, figures(), on_settle=_settle)


def figures() -> list[Figure]:
    """Return the numbers that matter now."""
    return [
        Figure("epoch", t("views.epoch"), None),
        Figure("train_loss", t("views.train_loss")),
        Figure("validation_loss", t("views.validation_loss")),
    ]


# ------------------------------------------------------------------------------------ the moment


def _begin(given: Real) -> None:
    """Go to the moment that the link names, or follow the newest."""
    arrived = f"{PAGE}.real.arrived"
    if arrived not in st.session_state and given.moment is None:
        st.session_state[arrived] = None
    elif st.session_state.get(arrived, -1) != given.moment:
        st.session_state[arrived] = given.moment
        if given.moment != bench.report(BENCH).at:
            bench.open_at(BENCH, given.moment)


def _settle(step: int | None) -> None:
    """Let the link name the moment on show."""
    view = links.current(DEFAULT)
    st.session_state[f"{PAGE}.real.arrived"] = step  # nobody has to be taken there
    if view.real.moment != step:
        links.write(view.model_copy(update={"real": view.real.model_copy(update={"moment": step})}), DEFAULT)


def _anew() -> dict[str, object]:
    """Let runs that are about to begin be followed from their first step on."""
    bench.move(BENCH, playing=True, at="newest")
    return {"moment": None}


# ---------------------------------------------------------------------------------- the controls


def _aspect(given: Real) -> None:
    """Show what is looked at."""
    ASPECTS[given.aspect if given.aspect in ASPECTS else "plane"]()


def _controls(given: Real) -> dict[str, object]:
    """Show who trains what, and return the fields that the visitor changed."""
    changes: dict[str, object] = {}
    if len(ASPECTS) > 1:
        words = {one: t(f"{PAGE}.real.aspect.{one}") for one in ASPECTS}
        label, help = t(f"{PAGE}.real.aspect"), t(f"{PAGE}.real.aspect.help")
        changes["aspect"] = fields.choice(
            label, list(ASPECTS), given.aspect, f"{PAGE}.aspect", names=words.get, help=help
        )
    for which in "ab":
        changes |= _trainer(given, which)
    changes["seed_b"] = _own_seed(given)
    if given.aspect in CONTROLS:
        changes |= CONTROLS[given.aspect](given)
    unfolded = fold(t(f"{PAGE}.real.network"), f"{PAGE}.real_network")
    if unfolded is not None:
        with unfolded:
            changes |= _network(given)
            _way_home(given)
    return {one: value for one, value in changes.items() if value != getattr(given, one)}


def _trainer(given: Real, which: str) -> dict[str, object]:
    """Show an optimizer with its learning rate and batch size."""
    optimizer, rate, batch = (f"{one}_{which}" for one in ("optimizer", "rate", "batch"))
    label = t(f"{PAGE}.real.trainer.{which}")
    with st.container(key=f"{PAGE}-trainer_{which}"):
        return {
            optimizer: _trainer_name(optimizer, given, label),
            rate: _slider(rate, RATES, getattr(given, rate), t("fields.learning_rate"), t("fields.learning_rate.help")),
            batch: _slider(batch, BATCHES, getattr(given, batch), t("fields.batch_size"), t("fields.batch_size.help")),
        }


def _own_seed(given: Real) -> int | None:
    """Show whether the second has a seed of its own, and which; return it, or None."""
    words = {"label": t(f"{PAGE}.real.own_seed"), "help": t(f"{PAGE}.real.own_seed.help")}
    key, own = f"{PAGE}.own_seed", given.seed_b is not None
    fields.follow(key, own)
    chosen = st.toggle(value=st.session_state[key], key=key, **words)
    fields.report(key, chosen)
    if not chosen:
        return None
    seed = given.seed_b if own else given.run.seed + 1
    label, help = t(f"{PAGE}.real.seed_b"), t(f"{PAGE}.real.seed_b.help")
    return fields.typed(Real, "seed_b", seed, f"{PAGE}.seed_b", label=label, help=help)


def _trainer_name(field: str, given: Real, label: str) -> str:
    help = t(f"{PAGE}.real.trainer.help")
    return fields.field(Real, field, getattr(given, field), f"{PAGE}.{field}", label=label, help=help)


def _slider(field: str, places: tuple[float, ...], now: float, label: str, help: str) -> float:
    key, options = f"{PAGE}.{field}", sorted({*places, now})
    fields.follow(key, now, options, options)
    everything = t(f"{PAGE}.real.all")
    words = {one: everything if one == ALL else fields.number(one) for one in options}
    value = st.select_slider(label, options, value=st.session_state[key], key=key, help=help, format_func=words.get)
    fields.report(key, value, options)
    return value


def _network(given: Real) -> dict[str, object]:
    """Show whose network it is, what it learns and how it is built; return the fields that say so."""
    run, home = given.run, home_of(given.run)
    chosen = _home(home)
    if chosen != home:
        return HERE if chosen == HOMES[0] else started(chosen, next(iter(STARTS[chosen])), run.seed)
    kinds = list(dict.fromkeys((*(STARTS.get(home, DATA)), run.data.data)))
    data = _part("data", kinds, run.data.data, "" if home == "playground" else f"_{home}")
    if data != run.data.data and home != "playground":
        return started(home, data, run.seed)
    hidden, bend = _layers(run) if isinstance(run.network, Mlp) else ((), "")
    seed = fields.typed(RunSpec, "seed", run.seed, f"{PAGE}.real_seed")
    if home == "mlp":
        st.caption(t(f"{PAGE}.real.digits"))
    changed = _changed(run, data, hidden, bend, seed)
    return {"trained": given.trained if changed == run else codec.line(changed, USUAL) or f"seed={seed}"}


def _home(now: Home) -> Home:
    """Show the pages whose networks can be looked at; return the chosen one."""
    titles = {page.slug: title(page.title) for page in table.existing()}
    label, help = t(f"{PAGE}.real.home"), t(f"{PAGE}.real.home.help")
    return fields.choice(label, HOMES, now, f"{PAGE}.real_home", names=titles.get, help=help)


def _layers(run: RunSpec) -> tuple[tuple[int, ...], str]:
    """Show the hidden layers and their activation; return both."""
    shape = "-".join(map(str, run.network.hidden)) or NONE
    shapes = {**SHAPES, shape: run.network.hidden}
    bends = list(dict.fromkeys((*ACTIVATIONS, run.network.activation)))
    return shapes[_part("hidden", list(shapes), shape)], _part("activation", bends, run.network.activation)


def _part(name: str, options: list[str], now: str, home: str = "") -> str:
    """Show what a part of the network may be; return what is chosen."""
    words = {one: t(f"{PAGE}.real.hidden.none") if one == NONE else option(one) for one in options}
    label, help = t(f"{PAGE}.real.{name}"), t(f"{PAGE}.real.{name}.help")
    most = 0 if name == "data" else fields.MOST_SEGMENTS  # what data are called is too long to stand side by side
    key = f"{PAGE}.real_{name}{home}"
    return fields.choice(label, options, now, key, names=words.get, help=help, segments=most)


def _changed(run: RunSpec, kind: str, hidden: tuple[int, ...], bend: str, seed: int) -> RunSpec:
    """Return the run with other points, layers, activation or seed; what stays the same stays whole."""
    if kind != run.data.data:
        run = run.model_copy(update={"data": Plane(data=kind)})
    if isinstance(run.network, Mlp) and (hidden != run.network.hidden or bend != run.network.activation):
        built = {**dict(run.network), "hidden": hidden, "activation": bend, "activations": ()}
        run = run.model_copy(update={"network": Mlp.model_validate(built)})
    return run.model_copy(update={"seed": seed})


def _way_home(given: Real) -> None:
    """Show the ways to the page that the network is from, with each of the two runs on its stage."""
    home = home_of(given.run)
    page = next((one for one in table.existing() if one.slug == home), None)
    for run in given.runs:
        where = address(run, home)
        if page and where is not None:
            words = t(f"{PAGE}.real.back", name=option(run.knobs.optimizer))
            st.page_link(page.file, label=words, icon=":material/open_in_new:", query_params=where)


def address(run: RunSpec, home: Home) -> dict[str, str] | None:
    """Return the parameters of a link to the run's own page with it on the stage, None where that page refuses it."""
    usual = first_runs.specs()[home].DEFAULT
    try:
        view = type(usual).model_validate({"run": run})
    except ValueError:
        return None
    return {**codec.write(view, usual), **language.in_link()}
