"""Early stopping: the moment that did best on the validation examples, beside the last one."""

from __future__ import annotations

import streamlit as st

from dlviz.concepts.mlp.panels import cars, parts
from dlviz.concepts.mlp.recording import Score
from dlviz.concepts.mlp.spec import DEFAULT, View
from dlviz.recording import Moment
from dlviz.ui import bench, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.language import t
from dlviz.ui.parts import have_page_follow, keep_looking, looked

KEY = "mlp.stopping"
COMPUTE = "dlviz.concepts.mlp.compute"
LOOK = 1.0  # seconds between two looks while the run goes on
OVER = ("finished", "diverged", "lost", "failed")


def best_of(moments: tuple[Moment, ...]) -> Moment | None:
    """Return the moment with the least validation loss, None where nothing was kept for validation."""
    known = [moment for moment in moments if "validation_loss" in moment]
    return min(known, key=lambda moment: float(moment["validation_loss"]), default=None)


def panel(_: View) -> None:
    """Show both moments with their scores, and a button that goes to the better one."""
    keep_looking(KEY, _panel, LOOK)


def _panel(waiting: bool) -> None:
    view = links.current(DEFAULT)
    now = parts.lab(view).now(view)
    moments = now.recording.moments if now else ()
    best = best_of(moments)
    if best is None:
        st.caption(t("mlp.stopping.none" if moments else "bench.warming_up"))
        looked(KEY, waiting, not moments)
        return
    over = now.state in OVER
    try:
        scores = [_judged(view, moment, over) for moment in (best, moments[-1])]
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        scores = [None, None]
    with st.container(horizontal=True, gap="medium", key="mlp-stopping"):
        _card(view, "best", best, scores[0], over)
        _card(view, "last", moments[-1], scores[1], over)
    step = best.step
    look = {"icon": ":material/flag:", "disabled": not over}
    st.button(t("mlp.stopping.go"), key=f"{KEY}.go", on_click=_go, args=(step,), help=t("mlp.stopping.go.help"), **look)
    looked(KEY, waiting, not over or None in scores)


def _judged(view: View, moment: Moment, over: bool) -> dict[str, Score] | None:
    """Return the scores of a moment, once the run is over: the test examples are looked at no sooner."""
    if not over:
        return None
    found = ask(f"{KEY}.{moment.step}", f"{COMPUTE}:judged", parts.lab(view).settled(view), moment.step)
    return found.value if found is not None and found.fresh else None


def _card(view: View, which: str, moment: Moment, scores: dict[str, Score] | None, over: bool) -> None:
    with st.container(border=True, key=f"mlp-stopping-{which}", width=300):
        st.markdown(f"**{t(f'mlp.stopping.{which}')}**")
        st.markdown(
            t("mlp.stopping.at", epoch=epoch_text(moment.epoch), loss=f"{float(moment['validation_loss']):.3g}")
        )
        if scores is None:
            st.caption(t("mlp.stopping.busy" if over else "mlp.stopping.later"))
            return
        for part, score in scores.items():
            if part != "train":
                st.markdown(said(view, part, score))


def epoch_text(epoch: float) -> str:
    """Return an epoch as the bench has it: three digits, and from a hundred on a whole number."""
    return f"{epoch:,.0f}" if epoch >= 100 else f"{epoch:.3g}"


def said(view: View, part: str, score: Score) -> str:
    """Return a part's score in words: accuracy, or R² and how far off the answers are in the table's unit."""
    called = t(f"mlp.stopping.{part}")
    if view.part == "digits":
        return t("mlp.stopping.accuracy", part=called, score=f"{100 * score.score:.1f}")
    r2 = f"{score.score:.3f}".replace("-", "−")
    if view.part == "function":
        return t("mlp.stopping.r2", part=called, score=r2)
    values = {"score": r2, "error": f"{score.error:#.3g}".rstrip("."), "unit": cars.unit(view)}
    return t("mlp.stopping.error", part=called, **values)


def _go(step: int) -> None:
    """Show the best moment, and let the link name it."""
    view = links.current(DEFAULT)
    links.put(view.model_copy(update={"at": step}))
    bench.move(parts.lab(view).key, playing=False, at=step)
    have_page_follow()
