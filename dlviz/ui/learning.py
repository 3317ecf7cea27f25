"""A page on which a network learns: its bench, its curves, its knobs, and the runs kept beside it.

A page of this kind has a view with `run`, `at` (the step on show, None for the newest) and `kept` (a text, see
kept_runs), and declares once what it is:

    LAB = Lab("mlp", DEFAULT, USUAL, name)
    view = LAB.controls(view, {"knobs": KNOBS, "more": RARE_KNOBS, "network": NETWORK, "data": DATA})
    LAB.curve("loss")
    LAB.bench(view, figures)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment
from dlviz.spec import Choice, RunSpec
from dlviz.ui import bench, futures, kept_runs, links, widgets
from dlviz.ui.bench import Figure, Track
from dlviz.ui.components import mount
from dlviz.ui.folds import fold
from dlviz.ui.language import t
from dlviz.words import catalogue

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

FIRST_OPEN = ("knobs",)  # groups of controls that are not folded away


class Lab(NamedTuple):
    """A page on which a network learns.

    `key`: the page's slug, name of its bench, of its player, and the beginning of all its keys; `default`: the view
    of a bare address; `usual`: the run from which others are told apart; `name`: what a run is called; `unfolded`: the
    groups of controls that are open.
    """

    key: str
    default: Choice
    usual: RunSpec
    name: Callable[[RunSpec], str]
    unfolded: Sequence[str] = FIRST_OPEN

    # ------------------------------------------------------------------------- the run at this moment

    def now(self, view: Choice) -> Snapshot | None:
        """Return the run on the stage as it stands, None while the workers warm up."""
        return bench.snapshot(self.key, view.run)

    def shown(self, view: Choice) -> Moment | None:
        """Return the moment on show of the run on the stage, None where there is none yet."""
        return bench.shown(self.key, view.run)

    def step(self, view: Choice) -> int:
        """Return the step on show."""
        moment = self.shown(view)
        return 0 if moment is None else moment.step

    def settled(self, view: Choice) -> RunSpec:
        """Return the run on the stage with its device settled, as questions to the engine need it."""
        now = self.now(view)
        return now.recording.spec if now else view.run

    # --------------------------------------------------------------------------------- kept beside it

    def kept(self, view: Choice) -> list[RunSpec]:
        """Return the runs kept for comparison; what cannot be read is left out."""
        return kept_runs.read(view.kept, self.usual)

    def keep(self, view: Choice, run: RunSpec) -> Choice:
        """Return the view with the run kept as well (the oldest go where there are too many for a link)."""
        return view.model_copy(update={"kept": kept_runs.add(view.kept, run, self.usual)})

    def comparison(self, view: Choice) -> None:
        """Show what is kept beside the run, and the button that keeps this one."""
        rows = self.kept(view)
        if view.run not in rows:
            words, help = t("learning.keep"), t("learning.keep.help")
            st.button(words, key=f"{self.key}.keep", icon=":material/push_pin:", help=help, on_click=self._keep)
        for place, run in enumerate(rows):
            if run != view.run:
                words, key = t("learning.drop", name=self.name(run)), f"{self.key}.drop.{place}"
                look = {"icon": ":material/close:", "type": "tertiary"}
                st.button(words, key=key, on_click=self._drop, args=(run,), **look)

    def _keep(self) -> None:
        view = links.current(self.default)
        links.put(self.keep(view, view.run))

    def _drop(self, run: RunSpec) -> None:
        view = links.current(self.default)
        links.put(view.model_copy(update={"kept": kept_runs.without(view.kept, run, self.usual)}))

    # ------------------------------------------------------------------------------------ the controls

    def controls(
        self,
        view: Choice,
        groups: Mapping[str, Iterable[str]],
        *,
        only: Mapping[str, Sequence[object]] | None = None,
    ) -> Choice:
        """Show groups of fields, folded unless they are named in `unfolded`; return the view as the visitor left it.

        groups: title (a word of `learning`) → names of fields. Knobs in "knobs" and "more" act while the network
        learns; whatever stands in other groups begins a new run. `only` narrows the choices of a field.
        """
        step = self.step(view)
        before = knobs = view.run.knobs_at(step)
        run = view.run
        for title, names in groups.items():
            place = self._group(title)
            if place is None:
                continue
            with place:
                if title in ("knobs", "more"):
                    knobs = widgets.edit(knobs, names, self.key, only=only)
                else:
                    run = widgets.edit(run, names, self.key, only=only)
        view = futures.changed(view, run, before)
        view = futures.turned(self.key, view, before, knobs, step, self.keep)
        self.comparison(view)
        return view

    def _group(self, title: str) -> DeltaGenerator | None:
        """Return the place for a group of fields, None where it is folded."""
        if title in self.unfolded:
            key = f"learning.{title}.help"
            st.markdown(f"**{t(f'learning.{title}')}**", help=t(key) if catalogue.known(key) else None)
            return st.container(key=f"{self.key}-{title}")
        return fold(t(f"learning.{title}"), f"{self.key}-{title}")

    # --------------------------------------------------------------------------------------- the stage

    def bench(self, view: Choice, figures: Sequence[Figure]) -> None:
        """Put the bench on the page, with the kept runs beside the current one."""
        tracks = [Track(view.run, self.name(view.run))]
        tracks += [Track(run, self.name(run), view.run) for run in self.kept(view)]
        bench.bench(self.key, tracks, figures, on_fork=self._fork, on_settle=self._settle)

    def figures(self, score: str) -> list[Figure]:
        """Return the four numbers that matter now; the score is "accuracy" or "r2"."""
        return [
            Figure("epoch", t("views.epoch"), None),
            Figure("train_loss", t("views.train_loss")),
            Figure("validation_loss", t("views.validation_loss")),
            Figure(f"validation_{score}", t(f"views.validation_{score}"), "higher", percent=score == "accuracy"),
        ]

    def curve(self, what: str, y_label: str, *, parts: Sequence[str] = ("train", "validation"), **more: object) -> None:
        """Show how a number went over the epochs: `what` is "loss", "accuracy", "r2" or another that moments hold.

        y_label: what the number is and which way is better; `more` goes to the chart (height, percent, …).
        """
        dashes = {"train": "solid", "validation": "dashed", "test": "dotted"}
        series = [
            {"name": f"{part}_{what}", "label": t(f"views.{part}_{what}"), "dash": dashes[part]} for part in parts
        ]
        config = {
            "player": self.key,
            "x": "epoch",
            "x_label": t("views.x_epoch"),
            "y_label": y_label,
            "label": t(f"views.{what}_curves"),
            "zero": what == "loss",
            "percent": what == "accuracy",
            "log": t("views.log") if what == "loss" else None,
            "diverged": t("views.diverged"),
            "run": t("views.run"),
            "height": 190,
            "series": series,
        }
        mount("curves", key=f"{self.key}.{what}", data={**config, **more})

    def arrive(self, view: Choice) -> None:
        """Go to the moment that the link names; a page calls it before its controls."""
        futures.arrive(self.key, view)

    def at_rest(self, view: Choice, before: Choice) -> Choice:
        """Return the view with the moment at which the bench may just have come to rest, unless it named another."""
        return view if view.at != before.at else view.model_copy(update={"at": links.current(self.default).at})

    def _fork(self, step: int) -> None:
        futures.fork(self.key, links.current(self.default), step, self.keep)

    def _settle(self, step: int | None) -> None:
        futures.settle(self.key, self.default, step)
