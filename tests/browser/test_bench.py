"""The bench and the live views in a real browser: they show what was recorded, and answer at once.

The page is fed by a small network that learns real digits in its script; the same network is trained
here once more, and what is on screen must be its numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dlviz.recording import pack
from tests.browser.apps.recorded import CADENCE, EPOCHS, STEPS_PER_EPOCH, TOTAL, Digits
from tests.browser.server import Server, served

APP = "tests/browser/apps/bench_app.py"
PLAYER = "/_stcore/bidi-components/dlviz.player/player.js"
BUFFER = "/_stcore/bidi-components/dlviz.player/buffer.js"


@pytest.fixture(scope="module")
def recorded() -> Digits:
    """Return the run that the page shows, trained here to its end."""
    run = Digits()
    run.go_to(TOTAL)
    return run


@pytest.fixture(scope="module")
def app(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield the served page with the bench."""
    with served(APP, tmp_path_factory.mktemp("bench")) as server:
        yield server


@pytest.fixture
def bench(app: Server, window: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Yield a function that opens the page: bench("done=1", width=360, theme="dark")."""
    before = app.written()

    def open_bench(link: str = "", **look: object) -> Page:
        page = window(**look)
        page.goto(f"{app.url}/?{link}")
        page.locator(".st-key-bench [role=slider]").wait_for()
        return page

    yield open_bench
    assert app.errors(before) == ""


@pytest.fixture(scope="module")
def finished_page(app: Server, browser: Browser) -> Iterator[Page]:
    """Yield one page for all tests that only look at a finished run."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    page.goto(f"{app.url}/?done=1")
    page.locator(".st-key-bench [role=slider]").wait_for()
    yield page
    context.close()


@pytest.fixture
def done(finished_page: Page) -> Page:
    """Return the page of the finished run, the newest moment on show."""
    slider(finished(finished_page)).press("End")
    at_step(finished_page, TOTAL)
    return finished_page


def asked(page: Page, expression: str) -> object:
    """Return a value of the player `p` that all components of the page share."""
    page.evaluate(f"async () => {{ window.p ??= (await import('{PLAYER}')).player('bench') }}")
    return page.evaluate(expression)


def until(page: Page, condition: str) -> None:
    """Wait until something is true of the player `p`."""
    asked(page, "p.step")
    page.wait_for_function(condition)


def finished(page: Page) -> Page:
    """Wait until the browser has the whole run."""
    until(page, f"p.track?.moments.at(-1)?.step === {TOTAL}")
    return page


def slider(page: Page) -> Locator:
    return page.locator(".st-key-bench [role=slider]")


def at_step(page: Page, step: int) -> None:
    expect(slider(page)).to_have_attribute("aria-valuenow", str(step))


def readings(page: Page) -> list[str]:
    return page.locator(".st-key-bench dd").all_inner_texts()


def told(page: Page, **wanted: object) -> dict:
    """Wait until Python has heard a report with these values, and return it."""
    for name, value in wanted.items():
        part = json.dumps({name: value})[1:-1]
        expect(page.locator(".stCode").first).to_contain_text(part)
    return json.loads(page.locator(".stCode code").first.inner_text())


def press(page: Page, name: str) -> None:
    page.locator(f".st-key-bench button.{name}").click()


def at_start(page: Page) -> Page:
    """Wait for the whole run, then go back to its first moment."""
    finished(page)
    press(page, "reset")
    at_step(page, 0)
    return page


# ------------------------------------------------------------------------------------- watching


def test_a_run_trains_on_screen_with_no_click_and_ends_with_its_own_numbers(bench, recorded) -> None:
    page = bench()
    expect(page.locator(".st-key-bench .state")).to_have_text("training")
    finished(page)
    at_step(page, TOTAL)
    expect(page.locator(".st-key-bench .state")).to_have_text("finished")
    last = recorded.moments[-1]
    assert readings(page) == [
        f"{EPOCHS}",
        f"{float(last['train_loss']):#.3g}",
        f"{float(last['validation_loss']):#.3g}",
        f"{100 * float(last['validation_accuracy']):.1f}\u202f%",
    ]
    assert asked(page, "p.track.moments.length") == len(recorded.moments)


@pytest.mark.parametrize(
    ("language", "replaying", "over"), [("en", "replaying", "finished"), ("zh", "回放中", "已完成")]
)
def test_a_finished_run_that_is_played_again_is_said_to_be(bench, language: str, replaying: str, over: str) -> None:
    page = at_start(bench(f"done=1&lang={language}"))
    state = page.locator(".st-key-bench .state")
    expect(state).to_have_text(over)
    page.locator(".st-key-bench .speed button").first.click()  # four recorded moments a second
    press(page, "play")
    expect(state).to_have_text(replaying)
    press(page, "live")
    expect(state).to_have_text(over)


def test_a_message_that_goes_missing_is_asked_for(bench, recorded) -> None:
    page = bench("drop=1")
    finished(page)
    assert asked(page, "p.track.moments.map((one) => one.step)") == [moment.step for moment in recorded.moments]
    expect(page.get_by_text(re.compile(r"^needs [1-9]"))).to_be_visible()


def test_a_moment_that_python_wants_shown_is_shown_though_its_run_arrives_after_the_wish(done) -> None:
    track = {"run": "alone", "current": True, "epochs": 1, "state": "paused", "total_steps": 3, "edits": []}
    wish = {"command": {"number": 1, "playing": False, "at": 2}}
    lost = {**wish, "sequence": "1", "tracks": [{**track, "from": 3, "moments": []}]}
    whole = {**wish, "sequence": "2", "tracks": [{**track, "from": 0, "moments": [[i, i / 3] for i in range(4)]}]}
    script = """async ([messages, path]) => {
        const { player } = await import(path);
        for (const one of messages) player("alone").receive(Uint8Array.from(one));
        return [player("alone").step, player("alone").running];
    }"""
    assert done.evaluate(script, [[list(pack(one, {})) for one in (lost, whole)], PLAYER]) == [2, False]


def test_arrays_arrive_as_they_were_sent(done, recorded) -> None:
    page = done
    kernels = asked(page, "[...p.track.moments.at(-1).arrays.filters.data]")
    np.testing.assert_array_equal(np.float16(kernels), recorded.moments[-1]["filters"].ravel())
    assert asked(page, "p.track.moments.at(-1).arrays.mistake_pictures.shape") == [12, 28, 28]


@pytest.mark.parametrize("half_floats", ["known", "unknown"])
def test_a_buffer_is_read_with_and_without_half_floats_in_the_browser(done, half_floats) -> None:
    values = np.array([0, -0.0, 1, -2.5, 65504, 6e-8, 3e-5, np.inf, -np.inf, 0.333], np.float16)
    arrays = {"half": values, "number": np.float64(2.5), "counts": np.arange(6).reshape(2, 3)}
    script = """async ([bytes, path, known]) => {
        const own = globalThis.Float16Array;
        if (!known) globalThis.Float16Array = undefined;
        const { unpack } = await import(path);
        const odd = new Uint8Array(bytes.length + 3);  // the browser may get it at any offset
        odd.set(bytes, 3);
        const { header, arrays } = unpack(odd.subarray(3));
        globalThis.Float16Array = own;
        return [header, Object.values(arrays).map(({ data, shape }) => [[...data].map(String), shape])];
    }"""
    header, found = done.evaluate(script, [list(pack({"name": "é字"}, arrays)), BUFFER, half_floats == "known"])
    assert header == {"name": "é字"}
    (half, _), (number, no_shape), (counts, shape) = found
    np.testing.assert_array_equal(np.array(half, float), values.astype(float))
    assert (number, no_shape, counts, shape) == (["2.5"], [], [str(i) for i in range(6)], [2, 3])


def test_ticks_have_the_decimals_their_neighbours_need_and_thousands_apart(done) -> None:
    script = "async ([path, all]) => { const m = await import(path); return all.map((one) => m.tickLabel(...one)); }"
    numbers = BUFFER.replace("buffer.js", "numbers.js")
    asked_for = [[1500, 500], [0.5, 0.25], [-2, 1], [0, 1], [2e6, 1e6], [-2e-6, 1e-6]]
    assert done.evaluate(script, [numbers, asked_for]) == ["1,500", "0.5", "−2", "0", "2×10⁶", "−2×10⁻⁶"]
    for step, texts in (
        (5e-4, "−0.0005 0.0000 0.0005 0.0010"),
        (2e-5, "−2×10⁻⁵ 0 2×10⁻⁵ 4×10⁻⁵"),
        (5e5, "−500,000 0 500,000 1,000,000"),
    ):
        assert " ".join(done.evaluate(script, [numbers, [[i * step, step] for i in range(-1, 3)]])) == texts


def test_all_marks_of_a_log_axis_are_written_in_one_way(done) -> None:
    script = "async ([path, ...ends]) => { const m = await import(path); return m.logMarks(...ends); }"
    numbers = BUFFER.replace("buffer.js", "numbers.js")
    marks = {
        ends: dict(map(reversed, done.evaluate(script, [numbers, *ends])))
        for ends in ((1e-4, 1e2), (9e-6, 11), (0.4, 3), (2e-5, 2e-4))
    }
    assert list(marks[1e-4, 1e2]) == ["0.0001", "0.001", "0.01", "0.1", "1", "10", "100"]
    assert list(marks[9e-6, 11]) == ["10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1", "10"]
    assert list(marks[0.4, 3]) == ["0.5", "1", "2"]
    assert marks[2e-5, 2e-4] == pytest.approx({"2×10⁻⁵": 2e-5, "5×10⁻⁵": 5e-5, "10⁻⁴": 1e-4, "2×10⁻⁴": 2e-4})


# -------------------------------------------------------------------------------------- playing


def test_pause_stops_the_cursor_and_the_training(bench) -> None:
    page = bench()
    until(page, "p.step > 20")
    press(page, "play")
    shown = asked(page, "p.step")
    assert told(page, playing=False, follow=False)["at"] == shown
    computed = page.get_by_text(re.compile(r"^computed ")).inner_text()
    page.wait_for_timeout(600)  # two messages more
    assert page.get_by_text(re.compile(r"^computed ")).inner_text() == computed
    assert asked(page, "p.step") == shown
    press(page, "play")
    told(page, playing=True)
    finished(page)


def test_a_step_at_the_newest_moment_computes_one_update_and_an_epoch_ends_where_epochs_end(bench) -> None:
    page = bench("pace=1")  # so that it is not over before it is paused
    until(page, "p.step > 0")
    page.locator("body").press(" ")
    told(page, playing=False)
    slider(page).press("End")
    page.wait_for_timeout(400)
    newest = asked(page, "p.track.moments.at(-1).step")
    slider(page).press("End")
    at_step(page, newest)
    press(page, "step")
    at_step(page, newest + 1)
    expect(page.get_by_text(f"computed {newest + 1}", exact=True)).to_be_visible()
    press(page, "step_epoch")
    goal = (newest + 1) // STEPS_PER_EPOCH * STEPS_PER_EPOCH + STEPS_PER_EPOCH
    at_step(page, goal)
    expect(page.get_by_text(f"computed {goal}", exact=True)).to_be_visible()


def test_the_step_button_says_what_it_does_in_the_past_and_at_the_newest_moment(bench) -> None:
    page = bench()
    until(page, f"p.track.moments.at(-1)?.step > {2 * CADENCE}")
    step = page.locator(".st-key-bench button.step")
    press(page, "reset")
    expect(step).to_have_attribute("aria-label", f"On to the next recorded moment, step {CADENCE} (→)")
    step.click()
    at_step(page, CADENCE)
    expect(step).to_have_attribute("title", f"On to the next recorded moment, step {2 * CADENCE} (→)")
    slider(page).press("End")
    until(page, "p.atNewest")
    expect(step).to_have_attribute("aria-label", "One update on (→)")


def test_events_pressed_faster_than_python_listens_all_arrive(done) -> None:
    page = at_start(done)
    for _ in range(5):
        page.locator("body").press("ArrowRight")
    at_step(page, 5 * CADENCE)
    events = told(page, at=5 * CADENCE)["events"]
    assert [event for _, event, _ in events][-6:] == ["reset"] + ["step"] * 5
    assert [step for _, _, step in events][-6:] == [CADENCE * i for i in range(6)]
    numbers = [number for number, _, _ in events]
    assert numbers == sorted(set(numbers))


def test_playing_from_the_past_reaches_the_newest_moment(done) -> None:
    page = at_start(done)
    page.get_by_role("radio", name="max").click()
    press(page, "play")
    at_step(page, TOTAL)
    assert told(page, follow=True, speed="max")["at"] is None


PLAYED = """async ([player, seconds]) => {
  const made = await import(player);
  const [asked, frames] = [window.requestAnimationFrame, []];
  window.requestAnimationFrame = (frame) => frames.push(frame);  // time goes by as the test says
  try {
    return ["1", "2", "4"].map((speed) => {
      const other = made.player(`speed ${speed}`);
      other.tracks = made.player("bench").tracks;
      other.setSpeed(speed);
      other.reset();
      other.play();
      for (let now = 1000; now <= 1000 * (1 + seconds); now += 20) frames.splice(0).forEach((frame) => frame(now));
      return other.cursor;
    });
  } finally {
    window.requestAnimationFrame = asked;
  }
}"""


def test_twice_the_speed_shows_twice_as_many_moments(done) -> None:
    finished(done)
    slow, *faster = done.evaluate(PLAYED, [PLAYER, 1.05])
    assert slow > 0
    assert faster == [2 * slow, 4 * slow]


def test_keys_work_on_the_page_but_not_while_somebody_writes(done) -> None:
    page = done
    note = page.get_by_label("note")
    note.click()
    note.press_sequentially("r r")
    note.press("ArrowLeft")
    at_step(page, TOTAL)
    assert note.input_value() == "r r"
    page.mouse.click(3, 300)
    page.keyboard.press("ArrowLeft")
    at_step(page, TOTAL - TOTAL % CADENCE)
    page.keyboard.press("Shift+ArrowRight")
    at_step(page, TOTAL)
    page.keyboard.press("r")
    at_step(page, 0)


def test_the_space_bar_plays_where_the_scrubber_has_the_focus_as_well(done) -> None:
    slider(done).press("Home")
    at_step(done, 0)
    slider(done).press(" ")
    until(done, "p.running || p.step > 0")


# ------------------------------------------------------------------------------------- scrubbing


def test_the_scrubber_is_a_slider_for_the_keyboard(done) -> None:
    page = done
    handle = slider(page)
    handle.press("Home")
    expect(handle).to_have_attribute("aria-valuetext", f"step 0 of {TOTAL} · epoch 0 of {EPOCHS}")
    handle.press("ArrowRight")
    at_step(page, CADENCE)
    handle.press("PageUp")
    at_step(page, (CADENCE + STEPS_PER_EPOCH) // CADENCE * CADENCE)
    handle.press("End")
    at_step(page, TOTAL)


def test_the_moment_on_show_is_said_in_the_end_though_a_run_that_is_over_draws_no_more(done) -> None:
    voice = done.locator(".st-key-bench [role=status]")
    for key, epoch in (("Home", 0), ("End", EPOCHS)):
        slider(done).press(key)
        expect(voice).to_contain_text(re.compile(rf"Epoch {epoch}\b"))
        assert readings(done)[0] == str(epoch)


@pytest.mark.parametrize("hand", ["mouse", "finger"])
def test_the_scrubber_is_dragged(bench, hand) -> None:
    page = finished(bench("done=1", has_touch=hand == "finger"))
    box = slider(page).bounding_box()
    x, y = box["x"], box["y"] + 22
    places = [x + 12 + (box["width"] - 24) * share for share in (1, 0.8, 0.6, 0.5)]
    if hand == "mouse":
        page.mouse.move(places[0], y)
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(place, y)
        page.mouse.up()
    else:
        touch = page.context.new_cdp_session(page)
        for kind, place in [("touchStart", places[0]), *(("touchMove", place) for place in places[1:])]:
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": place, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    nearest = round(TOTAL / 2 / CADENCE) * CADENCE
    at_step(page, nearest)
    assert told(page, at=nearest)["follow"] is False


def test_a_click_on_a_curve_goes_to_that_moment_and_all_views_follow(done, recorded) -> None:
    page = done
    canvas = page.locator(".st-key-loss canvas")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * 0.3, "y": box["height"] / 2})
    step = asked(page, "p.step")
    assert 0 < step < TOTAL / 2
    moment = next(one for one in recorded.moments if one.step == step)
    expect(page.locator(".st-key-matrix td:not(.corner)").first).to_have_text(str(moment["confusion"][0, 0]))
    first = f"{moment['mistake_truth'][0]} → {moment['mistake_answer'][0]}"
    expect(page.locator(".st-key-pictures .verdict").first).to_have_text(first)


# ----------------------------------------------------------------------------------- the others


def test_every_state_has_its_words(bench) -> None:
    page = bench("show=waiting")
    expect(page.locator(".st-key-bench .state")).to_have_text("waiting, place 3 in the queue")
    expect(page.locator(".st-key-bench .place")).to_be_empty()  # nobody has counted its steps yet
    page = bench("show=wild&lang=zh")
    expect(page.locator(".st-key-bench .state")).to_have_text("已发散")
    expect(page.locator(".st-key-bench .message")).to_contain_text("学习率")


def test_a_lost_run_offers_to_run_again(bench) -> None:
    page = bench("show=lost")
    expect(page.locator(".st-key-bench .state")).to_have_text("lost")
    press(page, "again")
    told(page, event="again")
    expect(page.locator(".st-key-bench .state")).to_have_text("training")


def test_two_runs_are_compared_at_the_same_place(bench, recorded) -> None:
    page = finished(bench("show=forks&done=1"))
    fork = Digits()
    fork.go_to(60)
    fork.rate = 0.5
    fork.go_to(TOTAL)
    rows = page.locator(".st-key-loss tbody tr")
    expect(rows).to_have_count(2)
    for row, run in zip(rows.all(), (recorded, fork), strict=True):
        last = run.moments[-1]
        expected = [f"{float(last[name]):#.3g}" for name in ("train_loss", "validation_loss")]
        assert row.locator("td").all_inner_texts() == expected


def test_fork_tells_the_step_on_show(done) -> None:
    page = done
    slider(page).press("Home")
    slider(page).press("ArrowRight")
    press(page, "fork")
    assert told(page, event="fork")["events"][-1][1:] == ["fork", CADENCE]


def test_the_matrix_counts_and_says_so(done, recorded) -> None:
    page = done
    counts = recorded.moments[-1]["confusion"]
    cells = page.locator(".st-key-matrix td:not(.corner)")
    assert cells.all_inner_texts() == [str(count) if count else "" for count in counts.ravel()]
    truth, answer = np.argwhere((counts > 0) & ~np.eye(10, dtype=bool))[0]
    cells.nth(10 * truth + answer).click()
    count, total = counts[truth, answer], counts[truth].sum()
    expect(page.locator(".st-key-matrix .said")).to_contain_text(f"{count} of {total} digits {truth}")
    expect(page.get_by_text(re.compile(rf'^cell .*"truth": {truth}, "answer": {answer}'))).to_be_visible()


def test_a_click_on_a_picture_and_on_a_filter_reaches_python(done, recorded) -> None:
    page = done
    page.locator(".st-key-pictures button").nth(2).click()
    number = int(recorded.moments[-1]["mistakes"][2])
    expect(page.get_by_text(re.compile(rf'^picture .*"number": {number}}}'))).to_be_visible()
    unit = page.locator(".st-key-filters button").nth(4)
    unit.click()
    expect(unit).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text(re.compile(r"^muted \[4\]"))).to_be_visible()


# ---------------------------------------------------------------------------------- how it looks


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_unnamed_too_small_or_too_wide(bench, lang, width) -> None:
    page = finished(bench(f"done=1&show=forks&lang={lang}", width=width))
    found = page.evaluate("""() => {
        const roots = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')].map((n) => n.shadowRoot);
        const all = roots.flatMap((root) => [...root.querySelectorAll('*')]).filter((n) => n.checkVisibility());
        const named = (n) => (n.getAttribute('aria-label') || n.textContent).trim();
        const writes = (n) => [...n.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim());
        const size = (n) => parseFloat(getComputedStyle(n).fontSize);
        return {
            unnamed: all.filter((n) => n.matches('button, [role]:not([role=status])') && !named(n)
                                       && !n.matches('[role=gridcell], .arrow')).map((n) => n.outerHTML),
            small: all.filter((n) => writes(n) && size(n) < (n.matches('td') ? 12 : 14)).map((n) => n.outerHTML),
            templates: all.filter((n) => /undefined|NaN|[{]\\w+[}]/.test(n.textContent)).map((n) => n.textContent),
            wide: document.documentElement.scrollWidth - window.innerWidth,
        };
    }""")
    assert found == {"unnamed": [], "small": [], "templates": [], "wide": 0}


def test_the_page_does_not_jump_when_scripts_and_data_arrive(bench, window, app) -> None:
    page = window()
    page.route("**/dlviz.*/*.js", lambda route: None)  # never answered: the scripts are still on their way
    page.goto(f"{app.url}/?done=1")
    page.locator(".st-key-matrix .matrix").wait_for(state="attached")
    keys = ["loss", "accuracy", "bench", "matrix"]
    heights = "(keys) => keys.map((key) => document.querySelector(`.st-key-${key}`).offsetHeight)"
    before = page.evaluate(heights, keys)
    after = finished(bench("done=1")).evaluate(heights, keys)
    for key, early, late in zip(keys, before, after, strict=True):
        assert abs(late - early) <= 0.25 * late, f"{key}: {early} then {late}"
