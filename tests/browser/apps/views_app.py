"""A page with one of the digit lab's views, fed by a small real network.

`view` (or all), `lang` and `number` in the link say which view, which language, which digit; `ramp` the heat's colours.
`moments=none`: the plane before anything was computed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import streamlit as st  # noqa: E402

from dlviz.recording import pack  # noqa: E402
from dlviz.ui.components import mount  # noqa: E402
from dlviz.words import catalogue  # noqa: E402
from tests.browser.apps.laboratory import (  # noqa: E402
    EXTENT,
    SIGNED_CHANNEL,
    TEST,
    TRAIN,
    Laboratory,
    cell_of,
    plane_moments,
    plane_points,
)

st.set_page_config(layout="wide")
chinese = st.query_params.get("lang", "en") == "zh"
lab = st.cache_resource(Laboratory)()
picture = lab.pictures[int(st.query_params.get("number", TRAIN + 3))]


def words(file: str, view: str = "") -> dict[str, str]:
    """Return the product's own words for one view, by their names within it, in the language of the link."""
    found = {name: both[chinese] for name, both in catalogue.words(file).items()}
    return {name.removeprefix(f"{view}."): text for name, text in found.items() if name.startswith(view)}


def stage_label(name: str) -> str:
    """Return what a stage is called, such as Convolution 1, as the digit lab says it."""
    kind = name.rstrip("0123456789")
    return words("cnn")[f"layer.{kind}"].format(number=name.removeprefix(kind))


def state(key: str, name: str) -> dict:
    """Return what the component `key` said of `name`, or nothing."""
    return (st.session_state.get(key) or {}).get(name) or {}


def answer() -> None:
    """Show what three readers make of the digit, or the invitation to draw one."""
    empty = st.toggle("empty", key="empty")
    digit = lab.pictures[TRAIN + st.slider("digit", 0, TEST - 1, 3, key="digit")]
    labels = [
        ("This network", "本网络"),
        ("Logistic regression", "逻辑回归"),
        ("The same, digit moved", "同上，数字平移"),
    ]
    notes = [("as trained now", "当前训练"), ("pixels only", "只看像素"), ("4 pixels to the right", "右移 4 像素")]
    readers = [
        {"label": a[chinese], "note": b[chinese], "main": not i}
        for i, (a, b) in enumerate(zip(labels, notes, strict=True))
    ]
    header = {"readers": readers, "empty": empty, "words": words("cnn", "answer")}
    mount("answer", key="answer", data=pack(header, {"probabilities": lab.probabilities(digit).astype(np.float32)}))


def stages() -> None:
    """Show the digit on its way into the network, each step with its switch."""
    said = state("stages", "steps")
    on = {"crop": True, "scale": True, "centre": True} | said.get("on", {})
    big = np.kron(picture, np.ones((10, 10))) / 255
    pictures = {
        "stroke": np.roll(big, (20, -30), (0, 1)),
        "crop": big[40:240, 70:210] if on["crop"] else big,
        "scale": picture[4:24, 4:24],
        "centre": picture,
    }
    captions = {
        "stroke": ("Your stroke", "你的笔迹"),
        "crop": ("Cut to the ink", "裁到笔迹"),
        "scale": ("Scale to 20×20", "缩放到 20×20"),
        "centre": ("Centre of mass", "重心居中"),
    }
    listed = [{"name": name, "caption": captions[name][chinese], "note": "", "on": on.get(name)} for name in pictures]
    header = {"stages": listed, "seq": said.get("seq"), "words": words("cnn", "stages")}
    arrays = {
        name: values if values.dtype == np.uint8 else values.astype(np.float32) for name, values in pictures.items()
    }
    mount("stages", key="stages", data=pack(header, arrays), default={"steps": None})
    st.text(f"steps {json.dumps(on)}")


def maps() -> None:
    """Show every stage's maps, the arithmetic of the chosen cell, and filters that can be changed."""
    operations = state("maps", "operations") or {"muted": [], "edited": [], "seq": None}
    found = lab.stages(picture[None], operations["muted"], operations["edited"])
    listed = [
        {
            "name": name,
            "label": stage_label(name),
            "shape": list(values.shape[1:]),
            "signed": name.startswith(("conv", "dense", "scores")),
            "filters": name.startswith("conv"),
        }
        for name, values in found.items()
    ]
    asked = {name: value for name, value in state("maps", "cell").items() if name != "seq"}
    cell, arrays = (
        cell_of(lab, found, asked, operations["edited"]) if asked and asked["stage"] != "picture" else (None, {})
    )
    header = {"stages": listed, "cell": cell, "operations": operations, "selected": None}
    say = words("cnn", "maps")
    header["words"] = say | {"term": [say[f"term.{i}"] for i in range(4)]}
    arrays |= {f"maps/{name}": values[0] for name, values in found.items()}
    mount("maps", key="maps", data=pack(header, arrays), default={"cell": None, "operations": None})
    st.text(f"cell {json.dumps(asked)}")
    edited = [[*place, np.round(kernel, 3).tolist()] for *place, kernel in operations["edited"]]
    st.text(f"operations {json.dumps([operations['muted'], edited])}")


def atlas() -> None:
    """Show the test digits in the plane of their last hidden layer."""
    numbers = np.arange(TRAIN, TRAIN + TEST)
    arrays = {
        "points": lab.points,
        "labels": lab.labels[numbers].astype(np.int32),
        "answers": lab.answers.astype(np.int32),
    }
    arrays |= {"pictures": lab.pictures[numbers], "numbers": numbers.astype(np.int32)}
    mount("atlas", key="atlas", data=pack({"words": words("cnn", "atlas")}, arrays), default={"digit": None})
    st.text(f"digit {json.dumps(state('atlas', 'digit').get('number'))}")


def heat() -> None:
    """Show one table of numbers as colours: `ramp` in the link says which numbers, and so which colours."""
    kind, labels = st.query_params.get("ramp", "signed"), words("cnn", "why")
    found = lab.stages(picture[None])
    values = {
        "grey": found["picture"][0, 0],
        "signed": found["conv1"][0, SIGNED_CHANNEL],
        "sequential": found["activation1"][0, SIGNED_CHANNEL, :12] * np.float32(1e-5),
    }[kind]
    label = labels[{"grey": "picture", "signed": "occlusion", "sequential": "saliency"}[kind]]
    say = {"label": label, "value": words("cnn", "heat")["value"]}
    with st.columns(6)[0]:  # as narrow as it gets beside others
        mount("heat", key="heat", data=pack({"ramp": kind, "words": say}, {"values": values}))


def plane() -> None:
    """Show the small network; moments reach it through the player that the bench feeds."""
    say = words("home", "plane")
    say["classes"] = [say["class0"], say["class1"]]
    views = words("views")
    points, labels = plane_points()
    numbers = [
        {"name": "train_loss", "label": views["train_loss"], "better": "lower"},
        {"name": "train_accuracy", "label": views["train_accuracy"], "better": "higher", "percent": True},
    ]
    header = {
        "player": "home",
        "sizes": [2, 4, 4, 2],
        "extent": EXTENT,
        "inputs": ["x₁", "x₂"],
        "numbers": numbers,
        "words": say,
    }
    mount("plane", key="plane", data=pack(header, {"points": points, "labels": labels}))
    if st.query_params.get("moments") == "none":
        return
    moments = st.cache_resource(plane_moments)()
    arrays = {f"0/{i}/{name}": values for i, moment in enumerate(moments) for name, values in moment.arrays.items()}
    track = {"run": "first", "label": "", "current": True, "from": 0, "state": "finished", "place": None, "message": ""}
    track |= {"moments": [[m.step, m.epoch] for m in moments], "total_steps": moments[-1].step, "epochs": len(moments)}
    track |= {"diverged_at": None, "forked_at": None, "parent": None, "edits": []}
    bench = {"player": "home", "sequence": 1, "tracks": [track], "numbers": [], "words": words("bench")}
    mount("bench", key="bench", data=pack(bench, arrays), default={"bench": {}})


VIEWS = {"answer": answer, "stages": stages, "maps": maps, "atlas": atlas, "heat": heat, "plane": plane}
asked = st.query_params.get("view", "answer")
for name in VIEWS if asked == "all" else [asked]:
    VIEWS[name]()
