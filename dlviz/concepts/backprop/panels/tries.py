"""What to try with backpropagation, and which answer the computed numbers prove right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dlviz.concepts.backprop.panels.stage import COMPUTE
from dlviz.concepts.backprop.recording import Lesson
from dlviz.concepts.backprop.spec import DEFAULT, MICROGRAD, UNTOUCHED, Question, View
from dlviz.ui import tries
from dlviz.ui.asking import Failed, ask
from dlviz.ui.language import t
from dlviz.ui.tries import Found, Page
from dlviz.ui.tries import Question as Try

SLOW, LITTLE, FAR, HALF = 0.5, 0.1, 0.1, 0.75
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def place(lesson: Lesson, name: str) -> int:
    """Return the place of the node of that name."""
    return next(i for i, node in enumerate(lesson.graph.nodes) if node.name == name)


def gradient(lesson: Lesson, name: str) -> float:
    """Return the gradient, before the first update, by the node of that name."""
    return float(lesson.gradients[0, place(lesson, name)])


def digits(value: float) -> str:
    """Return a number with three significant digits: 0.0873, 12.3, 4,050, 2×10⁻⁵."""
    text = f"{value:.3g}"
    if abs(value) >= 1000:
        text = f"{float(text):,.0f}"
    elif "e" in text:
        factor, _, power = text.partition("e")
        text = f"{factor}×10{str(int(power)).translate(RAISED)}"
    return text.replace("-", "−")


def which(lesson: Lesson) -> Found:
    """Return which of a and b has the larger gradient."""
    a, b = gradient(lesson, "a"), gradient(lesson, "b")
    right = 2 if np.isclose(abs(a), abs(b)) else int(abs(b) > abs(a))
    return Found(right, {"g": f"{lesson.losses[0]:.4f}", "a": f"{a:.4f}", "b": f"{b:.4f}"})


def meeting(lesson: Lesson) -> Found:
    """Return which of 1, 3 and 7 is a's gradient, and what comes along each edge."""
    a, found = place(lesson, "a"), gradient(lesson, "a")
    flows = zip(lesson.graph.edges, lesson.locals[0], strict=True)
    parts = [lesson.gradients[0, child] * slope for (parent, child), slope in flows if parent == a]
    right = int(np.argmin([abs(found - answer) for answer in (1, 3, 7)]))
    return Found(right, {"parts": " + ".join(map(digits, sorted(parts))), "gradient": digits(found)})


def silent(lesson: Lesson) -> Found:
    """Return how large a gradient the weights of a neuron get."""
    largest = float(np.abs(lesson.gradients[0, lesson.graph.learns]).max())
    right = 0 if largest == 0 else 1 if largest < LITTLE else 2
    numbers = {"largest": digits(largest), "loss": digits(lesson.losses[0]), "last": digits(lesson.losses[-1])}
    return Found(right, {**numbers, "updates": len(lesson.losses) - 1})


def course(lesson: Lesson) -> Found:
    """Return what the loss does, and above which learning rate it must grow in a bowl such as this."""
    first, second, last = lesson.losses[[0, 1, -1]]
    right = 2 if last > first else 0 if second < SLOW * first else 1
    slopes = lesson.gradients[0, lesson.graph.learns]
    limit = 4 * first / float(slopes @ slopes)  # 2 / curvature along the slope, for a loss that is a square
    numbers = {"first": first, "second": second, "last": last, "limit": limit}
    return Found(right, {**{name: digits(value) for name, value in numbers.items()}, "updates": len(lesson.losses) - 1})


def fading(lesson: Lesson) -> Found:
    """Return how large the gradient at the first memory is beside that at the last one."""
    early, late = gradient(lesson, "h₁"), gradient(lesson, "h₆")
    share = abs(early / late)
    right = 2 if share < FAR else 1 if share < HALF else 0
    weight = float(lesson.values[0, place(lesson, "w")])
    said = t("views.percent", value=f"{100 * share:.2g}")
    return Found(right, {"early": digits(early), "late": digits(late), "share": said, "w": digits(weight)})


FAST = Question(scene="neuron", activation="identity", learning_rate=0.2, updates=10)
ASKED: dict[str, tuple[Question, str, Callable[[Lesson], Found]]] = {
    "micrograd": (Question(program=MICROGRAD, learning_rate=1e-5), "which", which),
    "meet": (Question(program="a = 3\nL = a * a + a"), "sum", meeting),
    "off": (Question(scene="neuron", activation="relu", learning_rate=0.1), "size", silent),
    "rate": (FAST, "course", course),
    "far": (Question(scene="rnn", times=6), "early", fading),
}
"""For each thing to try: the question it leads to, the words of its choices, and what its numbers say."""


def _leads_to(question: Question) -> Callable[[View], View]:
    return lambda view: view.model_copy(update={"question": question, "trust": False, **UNTOUCHED})


def _answer(name: str) -> Callable[[View], Found | None]:
    question, _, judge = ASKED[name]

    def found(view: View) -> Found | None:
        try:
            answer = ask("backprop.try", f"{COMPUTE}:lesson", question)
        except Failed:
            return None
        return judge(answer.value) if answer is not None and answer.fresh else None

    return found


TRIES = {name: Try(_leads_to(question), choices, _answer(name)) for name, (question, choices, _) in ASKED.items()}
PAGE = Page("backprop", DEFAULT, TRIES)


def panel(view: View) -> None:
    """Show the row of things to try and, for the chosen one, its question and what came of it."""
    tries.panel(PAGE, view)
