"""Preparing a drawing against real MNIST: what MNIST's makers did must come out as they had it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dlviz.concepts.cnn.drawing import Steps, centre_of_mass, ink, prepare
from dlviz.data.load import load
from dlviz.spec import Mnist5k
from tests.strokes import rasterise, strokes, thickness

DIGITS = load(Mnist5k(), 0).test.inputs[:100]
NAMES = ["ink", "crop", "scale", "smooth", "centre"]
SWITCHES = ("crop", "scale", "smooth", "centre")


def enlarged(picture, right=0, down=0):
    """Return the digit ten times as large on paper of 400 × 400, moved by so many pixels from the middle."""
    paper = np.zeros((400, 400), np.uint8)
    paper[60 + down : 340 + down, 60 + right : 340 + right] = np.kron(picture, np.ones((10, 10), np.uint8))
    return paper


def drawn(digit, seed):
    return rasterise(strokes(digit, seed), thickness(seed))


def canvas(paint, colour=(255, 255, 255), paper=(0, 0, 0, 255)):
    """Return (H, W, 4) uint8 as a canvas with a pen of `colour` shows the ink `paint`, 0 to 1."""
    cover = paint[..., None]
    return (cover * np.array([*colour, 255]) + (1 - cover) * np.array(paper)).round().astype(np.uint8)


def extent(picture, faint=0.0):
    rows, columns = np.argwhere(picture > faint).T
    return np.ptp(rows) + 1, np.ptp(columns) + 1


def likeness(one, other):
    """Return the correlation of two pictures, at best when one is moved by a cell: where a cell ends is a toss-up."""
    places = [(row, column) for row in (-1, 0, 1) for column in (-1, 0, 1)]
    return max(np.corrcoef(np.roll(one, place, axis=(0, 1)).ravel(), other.ravel())[0, 1] for place in places)


# ------------------------------------------------------------------------------------ real digits


def test_enlarged_and_moved_digits_come_back_as_they_were():
    for number, picture in enumerate(DIGITS):
        found = prepare(enlarged(picture, right=(37 * number) % 120 - 60, down=(53 * number) % 120 - 60)).picture
        whole = extent(picture) == extent(picture, faint=25)
        if whole:  # no faint speck outside the digit, which would count as ink for MNIST's makers only
            assert np.abs(found - picture / 255).max() < 1 / 255, number
        assert np.corrcoef(found.ravel(), picture.ravel())[0, 1] > 0.97, number


def test_digits_seen_through_a_blurred_larger_picture_come_back_close():
    alike = []
    for picture in DIGITS:
        larger = np.asarray(Image.fromarray(picture).resize((280, 280), Image.Resampling.BICUBIC))
        alike.append(likeness(prepare(larger).picture, picture))
    assert min(alike) > 0.88 and np.median(alike) > 0.96


def test_mnist_itself_puts_the_centre_of_mass_on_cell_fourteen():
    """The number that `prepare` aims at is MNIST's own, measured."""
    places = np.array([centre_of_mass(picture / 255) for picture in DIGITS])
    assert np.abs(places - 14).max() < 0.51
    assert np.abs(places.mean(axis=0) - 14).max() < 0.1


# --------------------------------------------------------------------------------------- drawings


@pytest.mark.parametrize("digit", range(10))
def test_a_drawing_becomes_twenty_cells_long_with_its_mass_in_the_middle(digit):
    for seed in range(20):
        found = prepare(drawn(digit, seed))
        assert [name for name, _ in found.stages] == NAMES
        assert max(found.stages[3][1].shape) == max(found.stages[2][1].shape) == 20
        assert max(extent(found.picture)) in (19, 20)
        assert np.abs(np.array(centre_of_mass(found.picture)) - 14).max() <= 0.51
        assert found.picture.dtype == np.float32 and 0 <= found.picture.min() < found.picture.max() <= 1
        assert not found.empty


def test_where_it_is_drawn_makes_no_difference_and_how_large_hardly_any():
    small, large = (np.pad(drawn(3, 4), 150)[i:, i:] for i in (0, 60))
    assert np.array_equal(prepare(small).picture, prepare(large).picture)
    for digit in range(10):
        whole = drawn(digit, 8)
        larger = np.asarray(Image.fromarray(whole).resize((431, 431), Image.Resampling.BICUBIC))
        # the mass may fall on the other side of a cell: then the whole picture lies one cell further
        assert likeness(prepare(whole).picture, prepare(larger).picture) > 0.9


def test_each_cell_is_the_share_of_its_square_that_is_inked():
    paint = np.zeros((280, 280))
    paint[40:140, 100:150] = 1  # 100 × 50: cells of 5 × 5 pixels
    paint[40:45, 100:103] = 0
    picture = prepare(paint).picture
    assert extent(picture) == (20, 10)
    assert picture[4, 9] == pytest.approx(2 / 5) and set(picture[4:24, 9:19].ravel()[1:]) == {1.0}


# --------------------------------------------------------------------------------------- switches


def test_without_smoothing_there_is_ink_or_paper_and_nothing_between():
    sharp = prepare(drawn(8, 3) > 127, Steps(smooth=False))
    assert set(np.unique(sharp.picture)) == {0.0, 1.0}
    assert np.array_equal(sharp.stages[2][1], sharp.stages[3][1])
    assert len(np.unique(prepare(drawn(8, 3) > 127).picture)) > 10


def test_without_the_others_place_and_size_stay_what_the_drawing_made_of_them():
    paint = np.zeros((280, 280))
    paint[20:80, 30:60] = 1
    assert extent(prepare(paint, Steps(scale=False)).picture) == (28, 14)
    assert extent(prepare(paint, Steps(crop=False, centre=False)).picture) == (5, 3)
    nothing_done = prepare(paint, Steps(crop=False, scale=False, centre=False)).picture
    assert np.array_equal(np.argwhere(nothing_done > 0.5).min(axis=0), [2, 3])
    heavy_below = np.zeros((100, 100))
    heavy_below[:, 40:60], heavy_below[80:, :] = 1, 1
    boxed, weighed = (prepare(heavy_below, Steps(centre=on)).picture for on in (False, True))
    assert np.argwhere(boxed).min(axis=0).tolist() == [4, 4]
    assert np.argwhere(weighed).min(axis=0)[0] < 4


def test_every_combination_of_switches_gives_a_picture():
    for bits in np.ndindex(2, 2, 2, 2):
        found = prepare(drawn(5, 2), Steps(**dict(zip(SWITCHES, map(bool, bits), strict=True))))
        assert found.picture.shape == (28, 28) and found.picture.max() > 0.3
        assert [name for name, _ in found.stages] == NAMES


# ---------------------------------------------------------------------------------- odd drawings


@pytest.mark.parametrize("side", [1, 5, 28, 280])
def test_an_empty_paper_is_empty_and_a_full_one_is_not(side):
    found = prepare(np.zeros((side, side)))
    assert found.empty and not found.picture.any() and [name for name, _ in found.stages] == ["ink"]
    assert extent(prepare(np.ones((side, side))).picture) == (20, 20)


@pytest.mark.parametrize("place", [(0, 0), (0, 279), (279, 140), (140, 140)])
def test_a_single_dot_fills_the_box_wherever_it_is(place):
    paint = np.zeros((280, 280), np.uint8)
    paint[place] = 255
    assert extent(prepare(paint).picture) == (20, 20)


def test_parts_far_apart_stay_one_drawing():
    paint = np.zeros((280, 280))
    paint[:10, :10], paint[270:, 270:] = 1, 1
    found = prepare(paint).picture
    assert extent(found) == (20, 20)
    assert (found > 0).sum() == pytest.approx(2, abs=1)


def test_a_line_thinner_than_a_cell_is_not_lost():
    paint = np.zeros((280, 280))
    paint[2:278, 140] = 1
    assert extent(prepare(paint).picture) == (20, 1)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 90),
    st.integers(1, 90),
    st.lists(st.tuples(st.integers(0, 89), st.integers(0, 89)), max_size=6),
    st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
)
def test_no_drawing_is_refused(height, width, dots, switches):
    paint = np.zeros((height, width), np.float32)
    for row, column in dots:
        paint[row % height, column % width] = 1
    found = prepare(paint, Steps(*switches))
    assert found.picture.shape == (28, 28) and np.isfinite(found.picture).all()
    assert found.empty == (not dots)


# -------------------------------------------------------------------------------------------- ink


@pytest.mark.parametrize(
    ("colour", "paper"),
    [
        ((255, 255, 255), (0, 0, 0, 255)),
        ((0, 0, 0), (255, 255, 255, 255)),
        ((0, 0, 0), (0, 0, 0, 0)),
        ((255, 255, 255), (0, 0, 0, 0)),
        ((255, 255, 255), (255, 255, 255, 0)),
    ],
)
def test_whichever_colour_is_the_pen_the_ink_is_the_same(colour, paper):
    paint = np.asarray(drawn(6, 5) / 255)
    found = ink(canvas(paint, colour, paper))
    assert found.dtype == np.float32
    assert np.abs(found - paint).max() < 1.5 / 255


def test_what_is_no_picture_is_refused():
    for shape in [(28, 28), (0, 28, 4), (28, 28, 2)]:
        with pytest.raises(ValueError, match="height, width"):
            ink(np.zeros(shape, np.uint8))


@pytest.mark.slow
def test_the_reader_of_drawings_reads_nineteen_of_twenty_drawings():
    from dlviz.concepts.cnn.spec import AUGMENTED
    from dlviz.probes.activations import probabilities
    from dlviz.training.run import Run

    run = Run(AUGMENTED.model_copy(update={"device": "cpu"}))
    for _ in run.work():
        pass
    wanted = [(digit, hand) for hand in range(9000, 9060) for digit in range(10)]
    pictures = np.stack([prepare(drawn(digit, hand)).picture for digit, hand in wanted])
    read = probabilities(run.network, pictures).argmax(axis=1)
    assert np.mean(read == [digit for digit, _ in wanted]) >= 0.95
