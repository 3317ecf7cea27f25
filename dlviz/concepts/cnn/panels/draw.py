"""Draw a digit: how the stroke becomes what the networks see, and what each of them reads."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit_drawable_canvas import st_canvas

from dlviz.concepts.cnn.panels import runs, surgery
from dlviz.concepts.cnn.recording import Reader, Reading
from dlviz.concepts.cnn.spec import DEFAULT, View
from dlviz.engine.followed import OVER
from dlviz.recording import pack
from dlviz.ui import crowd, links, parts, reasons, strokes
from dlviz.ui.asking import Answer, Failed, ask
from dlviz.ui.components import mount
from dlviz.ui.language import t
from dlviz.ui.parts import part

CANVAS = "drawing"
WIPED = "cnn.wiped"  # the drawing that was wiped away last: the canvas may tell of it once more
SIDE = strokes.SIDE
THICKNESS = 20
SWITCHES = {"crop": "crop", "scale": "scaled", "centre": "centre", "smooth": "smooth"}  # step → the view's field
COMPUTE = "dlviz.concepts.cnn.compute"
Names = list[dict[str, object]]  # who reads, as the answer's component wants it
Answered = tuple[Names, Reading]
LOOK = 0.7  # seconds between two readings while the readers learn


def panel() -> None:
    """Show the canvas, the steps from stroke to picture, and the answers of the networks."""
    busy = learning()
    part(_panel, crowd.pace(LOOK) if busy else None)(busy)


def learning() -> bool:
    """Return whether what the networks read may change without the viewer doing anything."""
    found = runs.readers()
    if len(found) < 2 or runs.changes(links.current(DEFAULT)) or st.session_state.get("cnn.unread"):
        return True
    # between two turns a reader may rest for a moment; it is wanted to its end all the same
    return any(one.state not in OVER for _, one in found.values())


def _panel(busy: bool) -> None:
    view, before = links.current(DEFAULT), st.session_state.get("cnn.picture")
    left, middle, right = st.columns([5, 3, 7], gap="medium")
    with left:
        image = _canvas(view)
    reading = read(links.current(DEFAULT), image)
    with middle:
        _answer(reading)
    with right:
        _stages(view, reading[1] if reading else None)
    _readers(reading)
    links.write(links.current(DEFAULT), DEFAULT)
    if busy != learning() or (parts.in_a_part() and not np.array_equal(before, st.session_state.get("cnn.picture"))):
        st.rerun()  # what is below shows the very digit that is read


# ----------------------------------------------------------------------------------- the canvas


def _canvas(view: View) -> np.ndarray | None:
    """Show the canvas and its buttons; return the picture drawn there, None where nothing is drawn."""
    if CANVAS not in st.session_state or "cnn.first_drawing" not in st.session_state:
        st.session_state["cnn.first_drawing"] = _first(view)
    elif view.drawing != st.session_state.get("cnn.drawn", view.drawing):  # Back, Forward, or another link
        _replace(_first(view))
        st.session_state[WIPED] = ""
    st.session_state["cnn.drawn"] = view.drawing
    drawn = st_canvas(
        stroke_width=st.session_state.get("cnn.pen", THICKNESS),
        stroke_color="#FFFFFF",
        background_color="#000000",
        width=SIDE,
        height=SIDE,
        drawing_mode="freedraw",
        initial_drawing=st.session_state["cnn.first_drawing"],
        return_image_data=True,
        key=CANVAS,
    )
    empty = not strokes.from_canvas(drawn.json_data)
    mount("paper", key="cnn.paper", data={"key": CANVAS, "invitation": t("cnn.draw.here") if empty else ""})
    with st.container(horizontal=True, key="cnn-tools", gap="small"):
        st.button(
            t("cnn.clear"), key="cnn.clear", icon=":material/ink_eraser:", on_click=clear, help=t("cnn.clear.help")
        )
        st.button(
            t("cnn.another"), key="cnn.another", icon=":material/shuffle:", on_click=another, help=t("cnn.another.help")
        )
    st.slider(t("cnn.pen"), 6, 36, THICKNESS, key="cnn.pen", help=t("cnn.pen.help"), format="%d px")
    return _kept(view, drawn.json_data, drawn.image_data)


def _first(view: View) -> dict[str, object]:
    """Return the drawing that the link brings, as the canvas takes it."""
    rows, thickness = strokes.from_text(view.drawing)
    return strokes.to_canvas(rows, thickness, "#FFFFFF")


def _kept(view: View, drawing: dict[str, object] | None, image: np.ndarray | None) -> np.ndarray | None:
    """Keep what is drawn in the page's state (so the link brings it back), and return its picture."""
    rows = strokes.from_canvas(drawing)
    if not rows:
        return None
    first = (drawing["objects"][0] or {}).get("strokeWidth", THICKNESS)
    text = strokes.to_text(rows, int(first))
    if text == st.session_state.get(WIPED):
        return None
    if text != view.drawing:
        st.session_state["cnn.drawn"] = text
        links.write(view.model_copy(update={"drawing": text}), DEFAULT)
    return strokes.picture(rows, int(first)) if image is None or not image[..., :3].any() else image


def clear() -> None:
    """Empty the canvas."""
    view = links.current(DEFAULT)
    _replace({"objects": []})
    st.session_state["cnn.drawn"] = ""
    st.session_state[WIPED] = view.drawing or st.session_state.get(WIPED, "")
    links.put(view.model_copy(update={"drawing": ""}))


def _replace(drawing: dict[str, object]) -> None:
    """Put another drawing on the canvas; numbered, because the canvas takes the same one only once."""
    count = st.session_state.get("cnn.replaced", 0) + 1
    st.session_state["cnn.replaced"] = count
    st.session_state["cnn.first_drawing"] = {**drawing, "replaced": count}
    if CANVAS in st.session_state:
        st.session_state[CANVAS] = {"drawing": {"raw": drawing, "data": None}, "backgroundFit": None}


def another() -> None:
    """Empty the canvas and choose the next validation digit."""
    clear()
    view = links.current(DEFAULT)
    links.put(view.model_copy(update={"number": (view.number + 1) % 20_000}))


# ----------------------------------------------------------------------------------- the reading


def participants(view: View) -> list[Reader]:
    """Return the networks that read: the one on the stage first, as it is at the moment on show."""
    stage = runs.shown(view)
    rows: list[Reader] = [] if stage is None else [("stage", runs.settled(view), stage.step)]
    for name, (run, one) in runs.readers().items():
        step = one.recording.moments[-1].step
        if (run, step) not in [(spec, at) for _, spec, at in rows]:
            rows.append((name, run, step))
    return rows


def read(view: View, image: np.ndarray | None) -> Answered | None:
    """Return who read and what, None where the engine has not answered yet."""
    rows = participants(view)
    if not rows:
        return None
    names = [who(view, row) for row in rows]
    try:
        found = _read_digit(view, rows, names) if image is None else _read_drawing(view, image, rows, names)
    except Failed as failure:
        st.warning(reasons.say(str(failure)))
        return None
    st.session_state["cnn.unread"] = found is None or not found.fresh
    if found is None:
        return None
    st.session_state["cnn.picture"] = None if found.value.empty else found.value.picture
    return found.note, found.value


def _read_drawing(view: View, image: np.ndarray, rows: list[Reader], names: Names) -> Answer | None:
    steps = {step: getattr(view, field) for step, field in SWITCHES.items()}
    return ask("cnn.drawing", f"{COMPUTE}:read_drawing", image, steps, rows, surgery.read(view), note=names)


def _read_digit(view: View, rows: list[Reader], names: Names) -> Answer | None:
    """Return how a validation digit is read."""
    # where the run on the stage has found nothing yet, the digits are those of the networks that read along
    run = next(spec for _, spec, _ in rows)
    chosen = ask("cnn.digit", f"{COMPUTE}:digit", run, "validation", view.number)
    if chosen is None or not chosen.fresh:
        return None
    picture = (chosen.value.picture / np.float32(255)).astype(np.float32)
    found = ask("cnn.reading", f"{COMPUTE}:read_picture", picture, rows, surgery.read(view), note=(names, picture))
    if found is None:
        return None
    names, picture = found.note
    return Answer(Reading((), picture, found.value, False), names, found.fresh)


def who(view: View, row: Reader) -> dict[str, object]:
    """Return a reader's name and how far it is, as the answer's component wants it."""
    name = row[0]
    main = name == "augmented" or (name == "stage" and "augmented" not in [r[0] for r in participants(view)])
    if name == "stage":
        one, label = runs.now(view), t("cnn.reader.stage", name=runs.name(view.run))
    else:
        one, label = runs.readers()[name][1], t(f"cnn.reader.{name}")
    return {"label": label, "note": runs.progress(one) if one and one.recording.moments else "", "main": main}


# ------------------------------------------------------------------------------------ what is shown


def _answer(reading: Answered | None) -> None:
    """Show the digit that the network trained on changed digits reads."""
    nothing = reading is None or reading[1].empty
    best = None if nothing else reading[1].probabilities[_main(reading[0])]
    with st.container(key="answer"):
        st.markdown("–" if nothing else str(int(best.argmax())))
    with st.container(key="cnn-sure"):
        if reading is None:
            st.caption(t("bench.warming_up"))
        else:
            st.caption(t("cnn.answer.nothing") if nothing else t("cnn.answer.sure", percent=percent(best.max())))


def percent(share: float) -> str:
    """Return a share as per cent with one decimal, and never 100: a softmax only comes near 1, or rounds to it."""
    return ">99.9" if share > 0.9995 else f"{100 * share:.1f}"


def _main(names: Names) -> int:
    """Return the place of the reader whose digit is shown large."""
    return next((place for place, name in enumerate(names) if name["main"]), 0)


def _readers(reading: Answered | None) -> None:
    """Show what each network reads, side by side."""
    names, found = reading or ([], None)
    order = sorted(range(len(names)), key=lambda i: not names[i]["main"])
    readers = [{**names[i], "main": False} for i in order]
    header = {"readers": readers, "empty": found is None or found.empty, "words": answer_words()}
    arrays = {"probabilities": found.probabilities[order]} if found is not None else {}
    mount("answer", key="cnn.readers", data=pack(header, arrays))


def answer_words() -> dict[str, str]:
    """Return what the answer's component says, in the viewer's language."""
    return {name: t(f"cnn.answer.{name}") for name in ("empty", "announce", "scale")}


def _stages(view: View, found: Reading | None) -> None:
    """Show the way from the stroke to the picture; each step is a switch."""
    if found is None:
        return
    if not found.stages:
        st.caption(t("cnn.chosen_digit", number=view.number))
        chosen = {"ramp": "grey", "words": {"label": t("cnn.why.picture"), "value": t("cnn.heat.value")}}
        mount("heat", key="cnn.chosen", data=pack(chosen, {"values": found.picture}))
        return
    st.markdown(f"**{t('cnn.stages')}**", help=t("cnn.stages.help"))
    rows = [
        {
            "name": name,
            "caption": t(f"cnn.stage.{name}"),
            "note": "×".join(map(str, picture.shape[::-1])),
            "on": getattr(view, SWITCHES[name]) if name in SWITCHES else None,
        }
        for name, picture in found.stages
    ]
    said = st.session_state.get("cnn.stages") or {}
    header = {
        "stages": rows,
        "seq": (said.get("steps") or {}).get("seq", 0),
        "words": {name: t(f"cnn.stages.{name}") for name in ("on", "off", "picture")},
    }
    arrays = {name: np.ascontiguousarray(picture) for name, picture in found.stages}
    mount("stages", key="cnn.stages", data=pack(header, arrays), on_change={"steps": _switched})


def _switched() -> None:
    """Take over which steps the viewer left on."""
    on = ((st.session_state.get("cnn.stages") or {}).get("steps") or {}).get("on", {})
    view = links.current(DEFAULT)
    links.put(view.model_copy(update={SWITCHES[step]: bool(state) for step, state in on.items() if step in SWITCHES}))
