"""Backpropagation in a real browser: walk, pull at a number, take apart, check, train; and the paths add up."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from dlviz.concepts.backprop.compute import lesson
from dlviz.concepts.backprop.recording import Lesson
from dlviz.concepts.backprop.spec import MICROGRAD, Question
from tests.browser.chromium import STANDS_STILL, wait_for_run
from tests.browser.server import Server

FILES = "/_stcore/bidi-components/dlviz.graph"
SUMS = f"""async ([nodes, groups, locals, open]) => {{
    const {{ visible, localsOf }} = await import('{FILES}/visible.js');
    const {{ countPaths, listPaths, sumPaths }} = await import('{FILES}/paths.js');
    const view = visible(nodes, groups, new Set(open));
    const own = localsOf(view, nodes, locals);
    return view.items.map((item, place) => {{
        const listed = listPaths(view, own, place, 1e5);
        const sum = listed.reduce((total, path) => total + path.product, 0);
        return [item.exit, sumPaths(view, own)[place], sum, countPaths(view)[place], listed.length];
    }});
}}"""
LAYOUT = f"""async ([nodes, groups, open]) => {{
    const {{ visible }} = await import('{FILES}/visible.js');
    const {{ layered }} = await import('{FILES}/layout.js');
    const view = visible(nodes, groups, new Set(open));
    const plan = () => layered(view, () => [112, 60], [60, 12]);
    return [plan().at, plan().at, view.items.flatMap((item) => item.edges.map((edge) => [edge.from, edge.to]))];
}}"""

TROUBLE = f"""async ([nodes, ...numbers]) => {{
    const {{ trouble }} = await import('{FILES}/finite.js');
    const {{ firstEdges }} = await import('{FILES}/visible.js');
    const read = (text) => ({{ inf: Infinity, "-inf": -Infinity }})[text] ?? Number(text);
    const [values, gradients, locals] = numbers.map((row) => Float64Array.from(row, read));
    return trouble(nodes, firstEdges(nodes), values, gradients, locals, "none");
}}"""


def nodes_of(found: Lesson) -> list[dict[str, object]]:
    """Return the nodes of a graph as the browser gets them."""
    return [node._asdict() for node in found.graph.nodes]


def number(text: str) -> float:
    """Return a number as the page writes it."""
    plain = text.replace("−", "-").replace("×10", "e")
    return float(
        "".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(sign)) if sign in "⁰¹²³⁴⁵⁶⁷⁸⁹" else sign for sign in plain).replace("⁻", "-")
    )


class Graph:
    """A window in which the graph is open."""

    def __init__(self, page: Page):
        self.page = page
        self.picture = page.locator(".st-key-graph .picture")
        self.nodes = self.picture.locator(".node")
        self.said = page.locator(".st-key-graph .said")
        self.card = page.locator(".st-key-graph .card")
        self.ways = self.card.locator(".ways b")

    def node(self, name: str) -> Locator:
        """Return the box with that name."""
        return self.nodes.filter(has=self.page.locator(f"text.name:text-is('{name}')")).first

    def gradient(self, name: str) -> Locator:
        """Return what the box of that name shows as its gradient."""
        return self.node(name).locator("text.gradient")

    def press(self, row: str, name: str) -> None:
        """Press a button of the bench: of the row "walk" or "learn"."""
        self.page.locator(f".st-key-graph .line.{row} button.{name}").click()

    def wait_for_link(self, name: str, pattern: str) -> str:
        """Wait until the address says so (a regular expression), and return what it says."""
        says = lambda url: dict(parse_qsl(urlsplit(url).query)).get(name, "")  # noqa: E731
        self.page.wait_for_url(lambda url: re.fullmatch(pattern, says(url), re.DOTALL) is not None)
        return says(self.page.url)


@pytest.fixture
def graph(visit: Callable[..., Page]) -> Callable[..., Graph]:
    """Return a function that opens the page and waits until its graph is drawn."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Graph:
        found = Graph(visit("backprop", link, **look))
        expect(found.nodes.first).to_be_visible()
        found.page.wait_for_function(STANDS_STILL, arg=".st-key-graph", polling=250)
        return found

    return open_page


def test_one_walks_forward_and_back_one_operation_at_a_time(graph: Callable[..., Graph]) -> None:
    page = graph({"walk": "0"})
    expect(page.said).to_contain_text("4 operations lie ahead")
    expect(page.gradient("d")).to_have_text("")
    page.picture.focus()
    page.page.keyboard.press("ArrowRight")
    expect(page.said).to_have_text("Forward: v₁ = a · b = 2.00 · (−3.00) = −6.00.")
    for _ in range(5):  # three more operations, the turn, and the first one back
        page.page.keyboard.press("ArrowRight")
    expect(page.said).to_contain_text("Backward: L takes its gradient 1.00")
    expect(page.gradient("v₂")).to_have_text("4.00")
    page.page.keyboard.press("ArrowRight")
    expect(page.gradient("a")).to_have_text("−4.00")  # the first of two that meet
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("ArrowRight")
    expect(page.gradient("a")).to_have_text("−4.00\u2009−\u200912.0")  # seen adding
    page.page.keyboard.press("ArrowRight")
    expect(page.said).to_contain_text("Update 1")
    expect(page.gradient("a")).to_have_text("→ 2.16")
    page.page.keyboard.press("ArrowLeft")
    page.wait_for_link("walk", "9")
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("ArrowRight")
    page.wait_for_link("at", "1")  # and the loop begins again


def test_a_number_that_is_pulled_changes_all_that_depends_on_it(graph: Callable[..., Graph]) -> None:
    page = graph()
    box = page.node("c").bounding_box()
    x, y = box["x"] + 20, box["y"] + 12
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 30, y, steps=6)
    page.page.mouse.up()
    program = page.wait_for_link("program", r".*c = 12.4\n.*")  # 30 pixels, of which 250 are the slider's reach of 20
    expect(page.node("d").locator("text.value")).to_have_text("6.40")
    expect(page.node("L").locator("text.value")).to_have_text("19.4")
    expect(page.page.get_by_role("textbox", name="Program")).to_have_value(program)


def test_a_number_can_be_typed(graph: Callable[..., Graph]) -> None:
    page = graph({"scene": "neuron"})
    page.node("w₁").click()
    field = page.card.locator("input.number")
    field.fill("1.25")
    field.press("Enter")
    page.wait_for_link("values", "w1=1.25")
    expect(page.card.locator(".equation")).to_have_text("w₁ = 1.25")
    expect(page.node("p₁").locator("text.value")).to_have_text("2.50")


def test_a_number_changed_after_some_updates_begins_anew_from_there(graph: Callable[..., Graph]) -> None:
    page = graph({"scene": "neuron", "at": "40", "learning_rate": "0.1", "node": "4"})
    bias = page.card.locator("input.number")
    weight = page.node("w₁").locator("text.value")
    expect(bias).not_to_have_value("0.8")
    learnt = weight.text_content()
    bias.fill("-1")
    bias.press("Enter")
    values = page.wait_for_link("values", r"(?=.*\bb=-1\b)(?=.*\bw1=).*")
    assert f"w1={number(learnt):.3g}"[:6] in values
    expect(page.page.locator(".st-key-graph .line.learn .place")).to_have_text("after 0 of 40 updates")
    expect(weight).to_have_text(learnt)
    page.wait_for_link("at", "")  # all of it is written, so that there is one way back
    page.page.go_back()
    page.wait_for_link("at", "40")


def test_trust_is_earned_and_a_planted_bug_seen(graph: Callable[..., Graph]) -> None:
    page = graph({"scene": "rnn", "node": "0"})
    page.card.locator("button.check").click()
    expect(page.card.locator(".verdict")).to_contain_text("29 of 29")
    expect(page.picture.locator(".node.wrong")).to_have_count(0)
    hand, difference, autograd = (number(text) for text in page.ways.all_inner_texts())
    assert hand == pytest.approx(autograd, abs=1e-6)
    assert difference == pytest.approx(autograd, abs=1e-6)
    page.wait_for_link("trust", "1")
    page.page.goto(f"{page.page.url}&bug=tanh")
    expect(page.card.locator(".ways.bad")).to_be_visible()
    expect(page.card.locator(".verdict")).to_contain_text("They disagree")
    expect(page.picture.locator(".node.wrong").first).to_be_visible()
    expect(page.picture.locator(".edge.broken").first).to_be_attached()


def test_a_unit_is_taken_apart_and_put_together(graph: Callable[..., Graph]) -> None:
    page = graph({"scene": "rnn"})
    expect(page.nodes).to_have_count(16)
    page.node("h₂").click()
    page.card.locator("button.fold").click()
    expect(page.nodes).to_have_count(19)
    page.wait_for_link("open", "1")
    expect(page.card.locator(".equation")).to_contain_text("h₂ = tanh(z·h₂)")
    page.picture.focus()
    page.page.keyboard.press("Enter")
    expect(page.nodes).to_have_count(16)


def test_it_trains_in_the_same_view(graph: Callable[..., Graph]) -> None:
    page = graph({"scene": "mlp", "learning_rate": "0.1"})
    loss = page.page.locator(".st-key-graph .bench p.figures").last
    expect(loss).to_contain_text("at update 0 ")
    page.press("learn", "step")
    expect(loss).to_contain_text("at update 1 ")
    page.press("learn", "play")
    expect(loss).to_contain_text(re.compile(r"at update ([5-9]|\d\d) "))
    page.press("learn", "play")
    page.press("learn", "end")
    expect(loss).to_contain_text("at update 40 ")
    page.wait_for_link("at", "40")
    last, first = re.search(r"= (\S+) at .* first (\S+);", loss.inner_text()).groups()
    assert number(last) < 1e-3 < number(first)
    page.press("learn", "back")
    page.wait_for_link("at", "39")


def test_the_keys_zoom_and_walk_over_nodes(graph: Callable[..., Graph]) -> None:
    page = graph()
    scene = page.picture.locator("> g")
    before = scene.get_attribute("transform")
    page.picture.focus()
    page.page.keyboard.press("+")
    expect(scene).not_to_have_attribute("transform", before)
    page.page.keyboard.press("0")
    expect(scene).to_have_attribute("transform", before)
    page.page.keyboard.press("ArrowDown")
    expect(page.picture).to_have_attribute(
        "aria-label", re.compile(r"In focus: b: value −3.00, gradient of L by it 8.00")
    )
    page.page.keyboard.press("Shift+ArrowRight")
    expect(page.picture).to_have_attribute("aria-label", re.compile("In focus: v₁: value −6.00"))


def test_a_hand_moves_the_graph_and_brings_it_near_around_the_pointer(graph: Callable[..., Graph]) -> None:
    page = graph()
    scene, keyboard, mouse = page.picture.locator("> g"), page.page.keyboard, page.page.mouse
    page.picture.scroll_into_view_if_needed()
    edge, before = page.picture.bounding_box(), page.nodes.last.bounding_box()
    at, moved = (edge["x"] + 12, edge["y"] + 12), scene.get_attribute("transform")
    mouse.move(*at)
    mouse.down()
    mouse.move(at[0] + 30, at[1] + 20, steps=3)
    mouse.up()
    expect(scene).not_to_have_attribute("transform", moved)
    after = page.nodes.last.bounding_box()
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((30, 20), abs=1)
    moved, corner = scene.get_attribute("transform"), (after["x"], after["y"])
    keyboard.down("Control")  # without it the page scrolls
    mouse.move(*corner)
    mouse.wheel(0, -20)
    keyboard.up("Control")
    expect(scene).not_to_have_attribute("transform", moved)
    nearer = page.nodes.last.bounding_box()
    assert nearer["width"] > after["width"]


@pytest.mark.parametrize("open_groups", [[], [0, 1, 2], list(range(40))])
@pytest.mark.parametrize(
    "question",
    [
        Question(program=MICROGRAD),
        Question(scene="mlp", hidden=(2, 2), batch=2),
        Question(scene="rnn", times=4, memory=2),
    ],
    ids=["micrograd", "mlp", "rnn"],
)
def test_all_paths_add_up_to_autograds_gradient(
    visit: Callable[..., Page], question: Question, open_groups: list[int]
) -> None:
    found = lesson(question)
    nodes = nodes_of(found)
    groups = [group._asdict() for group in found.graph.groups]
    page = visit("home")
    sums = page.evaluate(SUMS, [nodes, groups, found.locals[0].tolist(), open_groups])
    assert len(sums) > 5
    for place, quickly, listed, count, ways in sums:
        assert quickly == pytest.approx(found.autograd[0, place], abs=1e-6)
        assert listed == pytest.approx(found.autograd[0, place], abs=1e-6)
        assert count == ways


def test_the_layout_is_in_layers_without_overlap_and_always_the_same(visit: Callable[..., Page]) -> None:
    graph = lesson(Question(scene="mlp", hidden=(4, 2), batch=2)).graph
    nodes, groups = ([one._asdict() for one in part] for part in (graph.nodes, graph.groups))
    once, again, edges = visit("home").evaluate(LAYOUT, [nodes, groups, [0, 1]])
    assert once == again
    assert all(once[start][0] < once[end][0] for start, end in edges)
    by_layer: dict[float, list[float]] = {}
    for along, across in once:
        by_layer.setdefault(along, []).append(across)
    gaps = [b - a for places in by_layer.values() for a, b in pairwise(sorted(places))]
    assert min(gaps) >= 60


@pytest.mark.parametrize(("theme", "lang"), [("light", "zh"), ("dark", "en")])
@pytest.mark.parametrize("scene", ["expression", "mlp"])
def test_on_a_phone_all_of_it_fits(graph: Callable[..., Graph], theme: str, lang: str, scene: str) -> None:
    page = graph({"lang": lang, "scene": scene}, width=360, height=740, theme=theme)
    assert page.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    page.press("walk", "start")
    page.press("walk", "step")
    expect(page.picture.locator(".node.current")).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_graph_that_is_too_large_to_read_shows_the_whole_of_it_in_small(
    graph: Callable[..., Graph], width: int
) -> None:
    """One sees which part is on screen, and moves along by it; a graph that fits needs none."""
    page = graph({"program": MICROGRAD}, width=width, height=900)
    overview = page.page.locator(".st-key-graph .overview")
    expect(overview).to_be_visible()
    expect(overview.locator("g rect")).to_have_count(page.nodes.count())
    last = page.nodes.last
    expect(last).not_to_be_in_viewport()
    overview.scroll_into_view_if_needed()
    box = overview.bounding_box()
    page.page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    expect(last).to_be_in_viewport()
    page.page.locator(".st-key-graph .tool.fit").click()
    expect(overview).to_be_hidden()


@pytest.mark.parametrize("batch", ["1", "3"])
def test_a_wide_graph_shows_its_output_on_a_phone_and_the_whole_of_it_below(
    graph: Callable[..., Graph], batch: str
) -> None:
    page = graph({"scene": "mlp", "batch": batch}, width=360, height=740)
    overview = page.page.locator(".st-key-graph .overview")
    expect(overview).to_be_visible()
    inside = "(node) => { const [a, b] = [node, node.closest('svg')].map((one) => one.getBoundingClientRect());"
    inside += " return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom; }"
    assert page.nodes.last.evaluate(inside)
    assert not page.nodes.first.evaluate(inside)
    assert overview.bounding_box()["y"] >= page.picture.bounding_box()["y"] + page.picture.bounding_box()["height"]
    assert page.page.locator(".st-key-graph .keys").is_hidden()  # a phone has none


@pytest.mark.parametrize(
    ("scene", "names"),
    [("neuron", ("w₁", "w₂", "b", "x₁", "x₂")), ("mlp", ("w₁₁", "b₁", "d")), ("rnn", ("w", "u", "b", "v"))],
)
def test_the_gradient_of_every_weight_is_written_in_the_picture(
    graph: Callable[..., Graph], scene: str, names: tuple[str, ...]
) -> None:
    page = graph({"scene": scene})
    for name in names:
        expect(page.gradient(name)).to_have_text(re.compile(r"\d"))


def test_a_graph_that_fits_has_no_second_picture(graph: Callable[..., Graph]) -> None:
    expect(graph().page.locator(".st-key-graph .overview")).to_be_hidden()


def test_a_shorter_program_takes_the_place_of_a_longer_one(graph: Callable[..., Graph]) -> None:
    """While it walks, and after: each graph is drawn whole, whatever stood there before."""
    page = graph({"program": MICROGRAD})
    field = page.page.get_by_role("textbox", name="Program")
    page.press("walk", "play")
    for program, last in [
        ("a = 3\nk = a^2", "9.00"),
        ("L = exp(1000)", "∞"),
        ("L = log(-1) * b", "NaN"),
        ("m = -2 * t", "−2.00"),
    ]:
        field.fill(program)
        field.press("Control+Enter")
        page.wait_for_link("program", re.escape(program))
        expect(page.nodes.last.locator("text.value")).to_have_text(last)
    page.page.get_by_text("RNN through time", exact=True).click()
    expect(page.nodes).to_have_count(16)
    page.page.get_by_text("Your formula", exact=True).click()
    expect(page.nodes.last.locator("text.value")).to_have_text("−2.00")
    assert page.page.get_by_text("Error:").count() == 0


@pytest.mark.parametrize(
    ("program", "began", "said"),
    [
        ("L = log(-1) * b", "v₁", "L = NaN. It began at v₁ = ln(−1) = ln(−1.00) = NaN, which is not a number: 2 of 4"),
        ("a = 2\nL = a / exp(1000)", "v₁", "It began at v₁ = exp(1000) = exp(1,000) = ∞, which is too large"),
        ("a = 0\nL = sqrt(a)", "L", "L = 0, but 1 of 2 gradients are not finite. It began on the way back at L = √a,"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_no_number_is_said_with_where_it_began(
    graph: Callable[..., Graph], program: str, began: str, said: str, lang: str
) -> None:
    page = graph({"program": program, "lang": lang, "trust": "1"})
    expect(page.picture.locator(".node.began text.name")).to_have_text(began)
    if lang == "en":
        expect(page.said).to_contain_text(said)
        expect(page.page.locator(".st-key-graph .bench p.figures").last).not_to_contain_text("too large")
    else:
        expect(page.said).to_contain_text("不是有限的数")
    expect(page.said).not_to_contain_text("{")
    expect(page.picture.locator(".node.wrong")).to_have_count(0)


def test_where_numbers_stop_being_numbers_is_found(visit: Callable[..., Page]) -> None:
    page = visit("home")
    for program, expected in [
        ("a = 1\nL = a + 2", None),
        ("a = 1e300\nb = a * a\nL = b - b", ("forward", "b")),
        ("a = 0\nc = a^0.5\nL = 3 * c", ("backward", "c")),
        ("a = 1e-9\nL = 1e308 * a + 1e308 * a", ("sum", "a")),
    ]:
        found = lesson(Question(program=program, updates=1))
        numbers = [nodes_of(found), *(list(map(str, one[0])) for one in (found.values, found.gradients, found.locals))]
        told = page.evaluate(TROUBLE, numbers)
        assert (told and (told["way"], found.graph.nodes[told["place"]].name)) == expected
        if told:
            assert told["values"] == int((~np.isfinite(found.values[0])).sum())
            assert told["gradients"] == int((~np.isfinite(found.gradients[0])).sum())


class Asked:
    """What the browser asked the server to run: the whole page, or a part of it."""

    def __init__(self, page: Page):
        self.runs: list[BackMsg] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda sent: self.runs.append(BackMsg.FromString(bytes(sent))))

    def of_page(self) -> int:
        """Return how often it asked for the whole page."""
        return sum(one.WhichOneof("type") == "rerun_script" and not one.rerun_script.fragment_id for one in self.runs)


def test_another_example_is_shown_without_the_rest_of_the_page(window: Callable[..., Page], server: Server) -> None:
    page = window()
    asked, found = Asked(page), Graph(page)
    page.goto(f"{server.url}/backprop?scene=mlp")
    wait_for_run(page)
    shown = found.node("x₁").locator("text.value")
    expect(shown).to_have_text("−0.420")
    before = asked.of_page()
    page.locator(".st-key-backprop-sample input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    found.wait_for_link("sample", "2")
    expect(shown).not_to_have_text("−0.420")
    assert asked.of_page() == before


def test_the_open_script_is_that_of_the_example_that_was_chosen(graph: Callable[..., Graph]) -> None:
    page = graph({"scene": "mlp"})
    page.page.get_by_role("tab", name="Code").click()
    script = page.page.get_by_test_id("stCode").last
    expect(script).to_contain_text("x = torch.tensor")
    before = script.inner_text()
    page.page.locator(".st-key-backprop-sample input[type=range]").focus()
    page.page.keyboard.press("ArrowRight")
    expect(script).not_to_have_text(before)
