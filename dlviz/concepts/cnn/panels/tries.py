"""What to try: a change, a question answered before the run, and the run's own answer after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from dlviz.concepts.cnn.panels import runs
from dlviz.concepts.cnn.spec import ARTICLE, AUGMENTED, DEFAULT, View
from dlviz.engine.followed import Snapshot
from dlviz.recording import Moment
from dlviz.spec import ConvBlock, ConvNet, Mnist5k, RunSpec
from dlviz.ui import bench, links
from dlviz.ui.language import t


class Try(NamedTuple):
    """One thing to try: the run it leads to, the words of its choices, and which of them a run proves right."""

    run: RunSpec
    choices: str
    right: Callable[[Moment], int]


def band(moment: Moment) -> int:
    """Return 0, 1 or 2 for a validation accuracy over 90 %, from 50 %, or under."""
    accuracy = float(moment["validation_accuracy"])
    return 0 if accuracy > 0.9 else 1 if accuracy >= 0.5 else 2


def gap(moment: Moment) -> int:
    """Return 0, 1 or 2 where training accuracy is above, near or below validation accuracy (one point)."""
    apart = float(moment["train_accuracy"]) - float(moment["validation_accuracy"])
    return 0 if apart > 0.01 else 1 if apart >= -0.01 else 2


def _with(**knobs: object) -> RunSpec:
    return ARTICLE.fork(0, **knobs)


TRIES = {
    "augment": Try(ARTICLE.model_copy(update={"knobs": AUGMENTED.knobs, "epochs": 10}), "augment", gap),
    "rate": Try(_with(learning_rate=0.05), "band", band),
    "filters": Try(ARTICLE.model_copy(update={"network": ConvNet(blocks=(ConvBlock(channels=1),))}), "band", band),
    "few": Try(ARTICLE.model_copy(update={"data": Mnist5k(train_share=0.01)}), "band", band),
    "batch": Try(_with(batch_size=1024), "band", band),
}


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    _pills(view)
    if view.preset != "none":
        with st.container(border=True, key="cnn-question"):
            _question(view, TRIES[view.preset])


def _pills(view: View) -> None:
    st.session_state["cnn.try"] = None if view.preset == "none" else view.preset
    st.pills(
        t("cnn.try"), list(TRIES), key="cnn.try", format_func=lambda name: t(f"cnn.preset.{name}"), on_change=_choose
    )


def _choose() -> None:
    """Take over which pill is on: its question comes first, its run after the answer."""
    chosen = st.session_state.get("cnn.try") or "none"
    links.put(links.current(DEFAULT).model_copy(update={"preset": chosen, "guess": None}))


def _question(view: View, chosen: Try) -> None:
    st.markdown(t(f"cnn.preset.{view.preset}.question"))
    choices = [t(f"cnn.preset.{chosen.choices}.{i}") for i in range(3)]
    if view.guess is None:
        with st.container(horizontal=True, key="cnn-choices"):
            for place, words in enumerate(choices):
                st.button(words, key=f"cnn.guess.{place}", on_click=_guess, args=(place,))
        return
    st.markdown(f"{t('cnn.preset.your_guess')}: **{choices[view.guess]}**")
    st.fragment(_verdict, run_every=None if _over(chosen) else 1.0)(view, chosen, choices)


def _guess(place: int) -> None:
    """Note the guess, keep the run there was, and start the one that was asked about."""
    view = links.current(DEFAULT)
    kept = runs.keep(view, view.run) if view.run != TRIES[view.preset].run else view
    links.put(kept.model_copy(update={"guess": place, "run": TRIES[view.preset].run, "at": None}))
    bench.move(runs.BENCH, playing=True, at="newest")


def _run(chosen: Try) -> Snapshot | None:
    return bench.snapshot(runs.BENCH, chosen.run)


def _over(chosen: Try) -> bool:
    one = _run(chosen)
    return one is not None and one.state in ("finished", "diverged", "failed", "lost")


def _verdict(view: View, chosen: Try, choices: list[str]) -> None:
    """Say what the run itself answers, once it has ended."""
    one = _run(chosen)
    if one is None or one.state not in ("finished", "diverged") or not one.recording.moments:
        st.caption(t("cnn.preset.running"))
        return
    last = one.recording.moments[-1]
    right = chosen.right(last)
    verdict = t("cnn.preset.right") if right == view.guess else t("cnn.preset.wrong", guess=choices[view.guess])
    percent = {
        name: f"{100 * float(last[f'{key}_accuracy']):.1f}"
        for name, key in (("train", "train"), ("validation", "validation"))
        if f"{key}_accuracy" in last
    }
    found = t(f"cnn.preset.{view.preset}.found", **percent, steps=last.step)
    st.markdown(f"**{choices[right]}.** {found} {verdict}")
    if one.state in ("finished", "diverged") and st.session_state.get("cnn.told") != one.recording.spec.digest:
        st.session_state["cnn.told"] = one.recording.spec.digest
        st.rerun()
