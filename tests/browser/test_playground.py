"""The playground in a real browser: it learns at once, and all that can be touched in the picture answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from dlviz.rows import read_rows, rows_text
from tests.browser.playground import LONG, Playground
from tests.waiting import until_so

Open = Callable[..., Playground]


@pytest.fixture
def playground(visit: Callable[..., Page]) -> Open:
    """Return a function that opens the playground and waits until it shows a moment."""

    def open_page(link: dict[str, str] | None = None, **look: object) -> Playground:
        return Playground(visit("playground", link, **look)).wait_until_open()

    return open_page


def test_it_has_learnt_within_seconds_without_a_click(playground: Open) -> None:
    page = playground()
    page.until("p.latest('validation_accuracy')?.arrays.validation_accuracy.data[0] > 0.9")
    assert page.asked("p.running")
    assert page.link() == {}


def test_a_unit_shows_its_own_map_and_says_what_it_is(playground: Open) -> None:
    page = playground()
    page.pause()
    whole = page.picture.evaluate("canvas => canvas.toDataURL()")
    page.walk("ArrowRight", "ArrowDown")
    expect(page.caption).to_have_text("Unit 2 of hidden layer 1: what it answers at every point.")
    assert page.picture.evaluate("canvas => canvas.toDataURL()") != whole
    page.page.keyboard.press("Escape")
    page.picture.hover(position=page.on_map(0, 0))
    expect(page.caption).to_have_text(re.compile(r"^At \(−?0\.\d, −?0\.\d\): (blue|orange), \d+\.\d.% sure\.$"))


def test_a_weight_changed_by_hand_changes_map_losses_and_score_and_goes_on_from_there(playground: Open) -> None:
    page = playground({**LONG, "seed": "31"})
    page.until("p.step > 500")
    page.pause()
    before = page.numbers.all_inner_texts()
    page.walk("ArrowRight", "ArrowRight", "Enter")
    field = page.card.locator("input[type=number]").first
    field.fill("-3.5")
    field.press("Enter")
    edits = page.wait_for_link("edits", r"\d+:.*w\d+=-3\.5")
    step = int(edits.partition(":")[0])
    assert int(page.link()["at"]) == step
    page.until(f"p.step === {step} && p.tracks.length === 2")  # the run that knew nothing of it is kept beside
    expect(page.numbers.first).not_to_have_text(before[0])
    page.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")  # drawn
    after = page.numbers.all_inner_texts()
    recorded = page.asked("p.moment.arrays.validation_loss.data[0]")
    assert float(after[1].replace("×10⁻³", "e-3")) == pytest.approx(recorded, rel=6e-3)
    page.press("play")
    page.until(f"p.track.moments.at(-1).step > {step} + 50")


def test_layers_units_and_inputs_are_chosen_in_the_picture(playground: Open) -> None:
    page = playground({**LONG, "seed": "32"})
    page.page.locator(".st-key-network .layer .more").first.click()
    page.wait_for_link("hidden", "5,2")
    page.page.locator(".st-key-network .count .more").click()
    page.wait_for_link("hidden", "5,2,2")
    page.page.locator(".st-key-network [data-input=x1_x2]").click()
    page.wait_for_link("inputs", "x1,x2,x1_x2")
    page.page.locator(".st-key-network .layer select").first.select_option("relu")
    page.wait_for_link("activations", "relu,tanh,tanh")
    page.until("p.track.moments.at(-1)?.arrays.unit_maps.shape[0] === 9")


def test_a_layer_learns_with_a_formula_that_somebody_types(playground: Open) -> None:
    page = playground({**LONG, "seed": "39"})
    page.page.locator(".st-key-network .layer select").first.select_option("own")
    page.wait_for_link("activations", "own,tanh")
    field = page.page.locator(".st-key-playground-own input")
    field.fill("sin(2x")
    field.press("Enter")
    expect(page.page.locator(".st-key-playground-formula")).to_contain_text("The formula breaks off")
    field.fill("sin(2x)")
    field.press("Enter")
    page.wait_for_link("own", re.escape("sin(2x)"))
    expect(page.page.locator(".st-key-playground-formula")).not_to_contain_text("The formula breaks off")
    page.until("p.step > 100")
    picture = page.page.get_by_role("application", name="Your activation and its slope")
    values = page.page.locator(".st-key-playground-formula .legend b")

    def read_at_the_end() -> bool:
        picture.last.press("End")  # at 6; on a busy machine the picture of the formula before may still be there
        return values.all_inner_texts() == ["−0.537", "1.69"]

    until_so(read_at_the_end)


def test_another_data_set_is_one_click(playground: Open) -> None:
    page = playground({**LONG, "seed": "33"})
    page.page.get_by_role("radio", name="Three clouds").click()
    page.wait_for_link("data", "clouds")
    page.until("p.latest('validation_accuracy')?.arrays.validation_accuracy.data[0] > 0.8")
    expect(page.page.locator(".st-key-network .key")).to_have_text(["orange", "blue", "green"])


def last_point(url: str) -> tuple[float, ...]:
    """Return where the last of the painted points in an address is."""
    rows = dict(parse_qsl(urlsplit(url).query)).get("rows", "")
    return tuple(read_rows(rows, 5)[-1][:2]) if rows else ()


def test_points_are_painted_and_dragged_and_the_network_learns_them(playground: Open) -> None:
    page = playground({"seed": "34"})
    page.page.get_by_role("radio", name="Your own points").click()
    page.wait_for_link("data", "points")
    page.page.get_by_role("button", name="Clear").click()
    page.page.get_by_role("radio", name="Point", exact=True).click()
    for place in [(-3, 3), (3, -3)]:
        page.picture.click(position=page.on_map(*place))
    page.page.get_by_role("radio", name="blue").click()
    for place in [(-3, -3), (3, 3)]:
        page.picture.click(position=page.on_map(*place))
    rows = read_rows(page.wait_for_link("rows", r".{20}"), 5)
    assert [row[2] for row in rows] == [0, 0, 1, 1]
    assert rows[0][:2] == pytest.approx((-3, 3), abs=0.1)
    page.until("p.latest('train_accuracy')?.arrays.train_accuracy.data[0] >= 0.5")
    page.page.get_by_role("radio", name="Drag a point").click()
    mouse, box = page.page.mouse, page.picture.bounding_box()
    start, end = page.on_map(3, 3), page.on_map(1, 4)
    mouse.move(box["x"] + start["x"], box["y"] + start["y"])
    mouse.down()
    mouse.move(box["x"] + end["x"], box["y"] + end["y"], steps=4)
    mouse.up()
    page.page.wait_for_url(lambda url: last_point(url) == pytest.approx((1, 4), abs=0.1))


def test_while_a_point_is_dragged_the_network_has_time_to_learn_each_place_of_it(playground: Open) -> None:
    rows = rows_text([(-3, 3, 0), (-2, 3, 0), (3, -3, 0), (-3, -3, 1), (-2, -3, 1), (3, 3, 1)], "class")
    page = playground({**LONG, "seed": "37", "data": "points", "rows": rows})
    page.page.get_by_role("radio", name="Drag a point").click()
    mouse, box = page.page.mouse, page.picture.bounding_box()
    start, seen = page.on_map(3, 3), []
    mouse.move(box["x"] + start["x"], box["y"] + start["y"])
    mouse.down()
    while len(seen) < 3:  # three runs, one after the other, have learnt for a while before the next one began
        run = page.asked("p.track.run")
        mouse.move(box["x"] + start["x"] - 12 * (len(seen) + 1), box["y"] + start["y"])
        page.until(f"p.track.run !== '{run}' && p.moment.epoch >= 60")
        seen.append(page.asked("p.track.run"))
    mouse.up()
    assert len(set(seen)) == 3


def test_keys_play_step_and_go_back_to_the_start(playground: Open) -> None:
    page = playground({**LONG, "seed": "35"})
    page.until("p.step > 100")
    page.page.locator("body").press("Space")
    page.until("!p.running")
    page.page.locator("body").press("ArrowLeft")
    page.until("!p.atNewest")
    page.page.locator("body").press("r")
    page.until("p.step === 0")
    page.page.locator("body").press("ArrowRight")
    page.until("p.step > 0 && !p.running")


def test_the_scrubber_takes_map_and_numbers_back(playground: Open) -> None:
    page = playground({**LONG, "seed": "36"})
    page.until("p.step > 400")
    page.page.locator(".st-key-playground [role=slider]").press("Home")
    page.until("p.step === 0")
    loss = page.asked("p.moment.arrays.train_loss.data[0]")
    assert float(page.numbers.first.inner_text()) == pytest.approx(loss, rel=6e-3)
    page.wait_for_link("at", "0")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_phone_shows_all_of_it(playground: Open, theme: str, lang: str) -> None:
    page = playground({"lang": lang, "hidden": "8,8,4"}, width=360, height=740, theme=theme)
    assert page.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    box = page.picture.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.page.locator(".st-key-network [data-input=sin_x1]").click()
    page.wait_for_link("inputs", "x1,x2,sin_x1")


def test_what_a_teacher_hides_is_not_in_the_picture(playground: Open) -> None:
    page = playground({"hide": "data,layers,weights,inputs,shown"})
    expect(page.page.locator(".st-key-network .strip")).to_be_hidden()
    expect(page.page.locator(".st-key-network .layer")).to_have_count(0)
    expect(page.page.locator(".st-key-network [data-input=x1]")).to_be_disabled()
    expect(page.page.locator(".st-key-network [data-look=shown]")).to_be_hidden()
    page.walk("ArrowRight", "Enter")
    expect(page.card).to_be_hidden()


def test_a_link_to_a_trained_moment_shows_the_same_weights_in_a_fresh_browser(playground: Open) -> None:
    page = playground({**LONG, "seed": "37"})
    page.until("p.step > 600")
    step = page.pause()
    page.wait_for_link("at", str(step))
    digest = "Array.from(p.moment.arrays.weights.data).join()"
    weights = page.asked(digest)
    again = playground(page.link())
    again.until(f"p.step === {step}")
    assert again.asked(digest) == weights
