"""Look inside: every layer's maps and the arithmetic of any cell, why an answer came out, mistakes, and more."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import get_args

import numpy as np
import streamlit as st

from dlviz.concepts.cnn.panels import charts, draw, lessons, runs, surgery
from dlviz.concepts.cnn.recording import Attributions, Reader, Taught
from dlviz.concepts.cnn.spec import DEFAULT, Method, View
from dlviz.recording import pack
from dlviz.spec import ConvNet
from dlviz.ui import crowd, fields, links, reasons
from dlviz.ui.asking import Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.folds import fold
from dlviz.ui.language import t
from dlviz.ui.parts import part
from dlviz.words import catalogue

COMPUTE = "dlviz.concepts.cnn.compute"
SECTIONS = ("maps", "why", "mistakes", "shift", "atlas", "teach")
PACE = 2.0  # seconds between two costly questions about a network that learns
LOOK = 1.0  # seconds between two looks while the network on the stage learns
METHODS = get_args(Method)
DIGITS = [str(digit) for digit in range(10)]


def panel() -> None:
    """Show the chosen section; only that one is computed."""
    part(_panel, crowd.pace(LOOK) if _moving() else None)(_moving())


def _moving() -> bool:
    """Return whether the network on the stage changes, or an answer is still on its way."""
    return runs.changes(links.current(DEFAULT)) or bool(st.session_state.get("cnn.pending"))


def _panel(moving: bool) -> None:
    view = links.current(DEFAULT)
    chosen = _section(view)
    if chosen != view.section:
        view = view.model_copy(update={"section": chosen})
        links.write(view, DEFAULT)
    st.session_state["cnn.pending"] = False
    try:
        PANELS[chosen](view)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
    links.write(links.current(DEFAULT), DEFAULT)
    if moving != _moving():
        st.rerun()


def _section(view: View) -> str:
    fields.follow("cnn.section", view.section)
    chosen = st.segmented_control(
        t("cnn.section"),
        SECTIONS,
        default=st.session_state["cnn.section"],  # as well: of two quick runs the browser may get the second's message
        key="cnn.section",
        format_func=lambda name: t(f"cnn.section.{name}"),
        label_visibility="collapsed",
        required=True,
    )
    chosen = chosen or view.section
    fields.report("cnn.section", chosen)
    return chosen


def _kept(view: View, name: str, widget: Callable[..., object], *arguments: object, **options: object) -> View:
    """Show a widget for a field of the page's state, and return the state with what it holds now, kept for the link."""
    key = f"cnn.{name}"
    fields.follow(key, getattr(view, name))
    chosen = widget(*arguments, key=key, **options)
    fields.report(key, chosen)
    changed = view.model_copy(update={name: chosen})
    links.write(changed, DEFAULT)
    return changed


def wanted(name: str, *arguments: object, latest: bool = True) -> object | None:
    """Return the engine's answer, or None (and say so) while there is none.

    While the network learns, an answer may be one moment old; with latest=False only the very answer counts.
    """
    found = ask(f"cnn.{name}", f"{COMPUTE}:{name}", *arguments)
    if found is None or not found.fresh:
        st.session_state["cnn.pending"] = True
    if found is None or not (found.fresh or latest):
        st.caption(t("cnn.busy"))
        return None
    return found.value


def paced(name: str, run: object, now: object) -> object:
    """Return `now`, or what it was up to PACE seconds ago while the same run moves on.

    For what takes half a second to compute: asked at every look, it would leave the run half of its time.
    """
    memory = st.session_state.setdefault("cnn.paced", {})
    before, when, then = memory.get(name, (None, 0.0, None))
    if before == run and time.monotonic() - when < PACE and (_moving() or draw.learning()):
        return then
    memory[name] = (run, time.monotonic(), now)
    return now


def here(view: View) -> tuple[object, int] | None:
    """Return the run on the stage and the step on show, None where nothing is computed yet."""
    moment = runs.shown(view)
    if moment is None:
        runs.not_yet(view)
        return None
    return runs.settled(view), moment.step


def picture() -> np.ndarray | None:
    """Return the picture the networks read at the moment: drawn, or a validation digit."""
    found = st.session_state.get("cnn.picture")
    if found is None:
        st.session_state["cnn.pending"] = True
        st.caption(t("cnn.busy"))
    return found


# --------------------------------------------------------------------------------- every layer


def maps(view: View) -> None:
    """Show every stage's maps, the arithmetic of the chosen cell, and what the changed filters cost."""
    st.markdown(t("cnn.maps.lead"))
    place, seen = here(view), picture()
    if place is None or seen is None:
        return
    changes = surgery.read(view)
    inside = wanted("inside", *place, seen, changes)
    if inside is None:
        return
    stages = {"picture": seen[None], **inside.stages}
    header, arrays = _maps_header(view, stages), {f"maps/{name}": values for name, values in stages.items()}
    chosen = _chosen(view, stages)
    if chosen is not None:
        cell = wanted("cell", *place, seen, *chosen, changes)
        header["selected"] = dict(zip(("stage", "channel", "row", "column"), chosen, strict=True))
        if cell is not None:
            header["cell"] = cell.numbers
            arrays |= {f"cell/{name}": values for name, values in cell.arrays.items()}
    mount("maps", key="cnn.maps", data=pack(header, arrays), on_change={"cell": _cell, "operations": _operations})
    if changes:
        _outcome(place, changes)
    if isinstance(view.run.network, ConvNet):
        _importance(view, place)


def _chosen(view: View, stages: dict[str, np.ndarray]) -> tuple[str, int, int, int] | None:
    """Return the chosen cell where the network has it."""
    values = stages.get(view.stage)
    if values is None or view.channel >= len(values):
        return None
    if values.ndim == 1:
        return view.stage, view.channel, 0, 0
    inside = view.row < values.shape[1] and view.column < values.shape[2]
    return (view.stage, view.channel, view.row, view.column) if inside else None


def _maps_header(view: View, stages: dict[str, np.ndarray]) -> dict[str, object]:
    said = st.session_state.get("cnn.maps") or {}
    changes = surgery.read(view)
    rows = [
        {
            "name": name,
            "label": stage_label(name),
            "note": " × ".join(map(str, values.shape)),
            "shape": list(values.shape),
            "signed": bool(values.min() < 0),
            "filters": name.startswith("conv"),
            **({"units": DIGITS} if name == "scores" else {}),
        }
        for name, values in stages.items()
    ]
    return {
        "stages": rows,
        "cell": None,
        "selected": None,
        "operations": {
            "muted": [list(one) for one in changes.muted] if changes else [],
            "edited": [[stage, channel, list(kernel)] for stage, channel, kernel in changes.edited] if changes else [],
            "seq": (said.get("operations") or {}).get("seq"),
        },
        "words": _maps_words(),
    }


def _maps_words() -> dict[str, object]:
    found = [name for name in catalogue.words("cnn") if re.fullmatch(r"maps\.(?!term|lead)\w+", name)]
    words: dict[str, object] = {name.removeprefix("maps."): t(f"cnn.{name}") for name in found}
    return {**words, "term": [t(f"cnn.maps.term.{i}") for i in range(4)]}


def stage_label(name: str) -> str:
    """Return what a stage is called, such as Convolution 1."""
    kind = name.rstrip("0123456789")
    return t(f"cnn.layer.{kind}", number=name.removeprefix(kind))


def _cell() -> None:
    """Take over which cell was clicked."""
    said = (st.session_state.get("cnn.maps") or {}).get("cell")
    if said and said["stage"] != "picture":
        cell = {
            name: said[name] if name == "stage" else int(said[name] or 0)
            for name in ("stage", "channel", "row", "column")
        }
        links.put(links.current(DEFAULT).model_copy(update=cell))


def _operations() -> None:
    """Take over which filters are muted or edited."""
    said = (st.session_state.get("cnn.maps") or {}).get("operations")
    if said is not None:
        links.put(links.current(DEFAULT).model_copy(update={"operations": surgery.write(said)[:3900]}))


def _outcome(place: tuple[object, int], changes: object) -> None:
    """Say what the changed filters cost on digits the network never learnt from."""
    found = wanted("surgery", *place, changes)
    if found is None:
        return
    for split in ("validation", "test"):
        one = getattr(found, split)
        if one is not None:
            scores = {"before": f"{100 * one.before:.1f}", "after": f"{100 * one.after:.1f}"}
            st.markdown(t("cnn.operated", split=t(f"cnn.split.{split}"), digits=one.digits, **scores))


def _importance(view: View, place: tuple[object, int]) -> None:
    opened = fold(t("cnn.importance"), "cnn-importance")
    if opened is None:
        return
    with opened:
        found = wanted("importance", *paced("importance", place[0], place), "conv1")
        if found is None:
            return
        label = stage_label(found.stage)
        st.markdown(t("cnn.importance.lead", stage=label, digits=found.digits))
        changes = surgery.read(view)
        muted = [channel for stage, channel in changes.muted if stage == found.stage] if changes else []
        mount("chart", key="cnn.importance_bars", data=charts.importance(found, muted, label))


# ------------------------------------------------------------------------------------------ why


def why(view: View) -> None:
    """Show three explanations of one answer beside each other."""
    place, seen = here(view), picture()
    if place is None or seen is None:
        return
    found = wanted("attributions", *place, seen, view.target, surgery.read(view))
    if found is None:
        return
    st.markdown(t("cnn.why.lead", digit=found.target))
    options = {"format_func": _target_name, "width": 280}
    _kept(view, "target", st.selectbox, t("cnn.why.target"), [None, *range(10)], **options)
    for column, (name, values, signed) in zip(st.columns(4), _explained(seen, found), strict=True):
        with column, st.container(key=f"cnn-why-{name}"):
            _heat(name, values, signed)
    if found.grad_cam is None:
        st.caption(t("cnn.why.none"))


def _target_name(target: int | None) -> str:
    return t("cnn.why.answered") if target is None else str(target)


def _explained(seen: np.ndarray, found: Attributions) -> list[tuple[str, np.ndarray | None, bool]]:
    return [
        ("picture", seen, False),
        ("saliency", found.saliency, False),
        ("occlusion", found.occlusion, True),
        ("grad_cam", found.grad_cam, False),
    ]


def _heat(name: str, values: np.ndarray | None, signed: bool) -> None:
    st.markdown(f"**{t(f'cnn.why.{name}')}**", help=None if name == "picture" else t(f"cnn.why.{name}.help"))
    if values is None:
        return
    _heat_map(
        f"cnn.why.{name}",
        values,
        "grey" if name == "picture" else "signed" if signed else "sequential",
        t(f"cnn.why.{name}"),
    )


def _heat_map(key: str, values: np.ndarray, ramp: str, label: str, bare: bool = False) -> None:
    """Show values (H, W) as colours; ramp: grey (ink on paper), signed (around zero) or sequential.

    bare: without the scale and the values, as a small picture to recognise.
    """
    header = {"ramp": ramp, "bare": bare, "words": {"label": label, "value": t("cnn.heat.value")}}
    mount("heat", key=key, data=pack(header, {"values": np.ascontiguousarray(values, np.float32)}))


# ------------------------------------------------------------------------------------- mistakes


def mistakes(view: View) -> None:
    """Show the confusion matrix, the surest mistakes and the filters of the moment on show."""
    st.markdown(t("cnn.mistakes.lead"))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{t('cnn.mistakes.confusion')}**")
        mount("matrix", key="cnn.confusion", data=_confusion())
    with right:
        st.markdown(f"**{t('cnn.mistakes.worst')}**")
        words = {"label": t("views.pictures"), "describe": t("views.describe"), "none": t("views.none")}
        mount("pictures", key="cnn.worst", data={"player": runs.BENCH, "classes": DIGITS, **words})
    st.markdown(f"**{t('cnn.filters.title')}**")
    words = {"label": t("views.filters"), "describe": t("views.filter"), "scale": t("views.weight"), "mute": None}
    mount("filters", key="cnn.filters", data={"player": runs.BENCH, "muted": [], "muted_word": "", **words})


def _confusion() -> dict[str, object]:
    names = {"label": "matrix", "truth": "truth", "answer": "answer", "cell": "cell", "right": "right"}
    words = {name: t(f"views.{key}") for name, key in {**names, "none": "row_empty", "scale": "scale"}.items()}
    return {"player": runs.BENCH, "array": "confusion", "classes": DIGITS, **words}


# ------------------------------------------------------------------------------ the digit moved


def shift(view: View) -> None:
    """Move the digit around and watch each network; then the same for a hundred digits."""
    st.markdown(t("cnn.shift.lead"))
    seen, readers = picture(), draw.participants(view)
    if seen is None or not readers:
        return
    look = {"format": "%d px", "help": t("cnn.shift.help")}
    for column, name in zip(st.columns(2), ("right", "down"), strict=True):
        view = _kept(view, name, column.slider, t(f"cnn.shift.{name}"), -10, 10, **look)
    offset = (view.right, view.down)
    found = wanted("shifted", readers, seen, (offset,))
    if found is not None:
        names = [{**draw.who(view, row), "main": False} for row in readers]
        header = {"readers": names, "empty": False, "words": draw.answer_words()}
        small, large = st.columns([1, 3])
        with small:
            moved = np.roll(seen, offset[::-1], (0, 1))
            moved = _emptied(moved, offset)
            _heat_map("cnn.moved", moved, "grey", t("cnn.why.picture"))
        with large:
            mount("answer", key="cnn.shifted", data=pack(header, {"probabilities": found[:, 0]}))
    _moved(view, readers)


def _emptied(picture: np.ndarray, offset: tuple[int, int]) -> np.ndarray:
    """Return a rolled picture with what came round the edge taken away."""
    right, down = offset
    rows, columns = np.indices(picture.shape)
    gone = (rows < down) | (rows >= picture.shape[0] + down) | (columns < right) | (columns >= picture.shape[1] + right)
    return np.where(gone, 0, picture).astype(np.float32)


def _moved(view: View, readers: list[Reader]) -> None:
    readers = paced("moved", [spec for _, spec, _ in readers], readers)
    found = wanted("moved", readers)
    if found is not None:
        st.markdown(f"**{t('cnn.shift.all', digits=found.digits)}**")
        labels = [draw.who(view, row)["label"] for row in readers]
        mount("chart", key="cnn.moved_lines", data=charts.moved(found, labels))


# ------------------------------------------------------------------------------------- the atlas


def atlas(view: View) -> None:
    """Show the test digits as the last hidden layer sees them."""
    st.markdown(t("cnn.atlas.lead"))
    look = {"required": True, "format_func": lambda method: t(f"cnn.atlas.{method}")}
    view = _kept(view, "method", st.segmented_control, t("cnn.atlas.method"), METHODS, **look)
    place = here(view)
    found = wanted("atlas", *place, view.method) if place else None
    if found is None:
        return
    words = {
        name: t(f"cnn.atlas.{name}")
        for name in ("label", "right", "wrong", "class", "closer", "farther", "whole", "legend")
    }
    arrays = {name: getattr(found, name) for name in ("points", "labels", "answers", "pictures", "numbers")}
    mount("atlas", key="cnn.atlas", data=pack({"words": words, "selected": None}, arrays))
    if len(found.explained):
        first, second = (f"{100 * share:.0f}" for share in found.explained)
        st.caption(t("cnn.atlas.explained", first=first, second=second))


# ---------------------------------------------------------------------------------- teach it mine


def teach(view: View) -> None:
    """Let the network on the stage learn drawings, and say what that did to it and to what it knew."""
    st.markdown(t("cnn.teach.lead"))
    place, seen = here(view), picture()
    if place is None or seen is None or not seen.any():
        st.caption(t("cnn.teach.draw_first"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="cnn-lesson"):
        label = st.segmented_control(t("cnn.teach.label"), range(10), key="cnn.label", required=True)
        look = {"step": 5, "help": t("cnn.teach.steps.help")}
        view = _kept(view, "teach_steps", st.slider, t("cnn.teach.steps"), 5, 60, **look)
        ready = label is not None  # nobody teaches by mistake that a seven is a nought
        look = {"type": "primary", "icon": ":material/school:", "disabled": not ready}
        st.button(t("cnn.teach.go"), key="cnn.teach", on_click=lessons.add, args=(seen, label), **look)
    rows = lessons.taught(view)
    if not rows:
        return
    _lessons(rows)
    pictures, labels = zip(*rows, strict=True)
    found = wanted("taught", *place, pictures, labels, view.teach_steps, (seen,), latest=False)
    if found is not None:
        _taught(found, lessons.label_of(view, seen))


def _lessons(rows: Sequence[lessons.Lesson]) -> None:
    """Show what was taught so far, and the buttons that take it back."""
    st.markdown(f"**{t('cnn.teach.so_far')}**")
    with st.container(horizontal=True, vertical_alignment="center", key="cnn-lessons"):
        for place, one in enumerate(rows):
            with st.container(key=f"cnn-lesson-{place}", width=80):
                name = t("cnn.teach.lesson", label=one.label)
                _heat_map(f"cnn.lesson_picture.{place}", one.picture, "grey", name, bare=True)
                st.markdown(name)
        st.button(t("cnn.teach.back"), key="cnn.teach_back", icon=":material/undo:", on_click=lessons.take_back)
        st.button(t("cnn.teach.forget"), key="cnn.teach_forget", icon=":material/restart_alt:", on_click=lessons.forget)


def _taught(found: Taught, label: int | None) -> None:
    """Show how the digit on show is read before and after; `label` is what it was taught to be, if it was."""
    names = [{"label": t(f"cnn.teach.{when}"), "note": "", "main": when == "after"} for when in ("before", "after")]
    header = {"readers": names, "empty": False, "words": draw.answer_words()}
    before, after = found.before[-1], found.after[-1]  # of the digit on show
    mount("answer", key="cnn.taught", data=pack(header, {"probabilities": np.stack([before, after])}))
    if label is None:
        reads = {"was": int(before.argmax()), "now": int(after.argmax()), "percent": draw.percent(after.max())}
        st.markdown(t("cnn.teach.untaught", **reads))
    else:
        shares = {"before": draw.percent(before[label]), "after": draw.percent(after[label])}
        st.markdown(t("cnn.teach.result", label=label, steps=len(found.losses), **shares))
    scores = {"before": found.accuracy_before, "after": found.accuracy_after}
    percents = {name: f"{100 * score:.1f}" for name, score in scores.items()}
    st.markdown(t(f"cnn.teach.{lessons.verdict(**scores)}", digits=found.digits, **percents))


PANELS: dict[str, Callable[[View], None]] = {
    "maps": maps,
    "why": why,
    "mistakes": mistakes,
    "shift": shift,
    "atlas": atlas,
    "teach": teach,
}
