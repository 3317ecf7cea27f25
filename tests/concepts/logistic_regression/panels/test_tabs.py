"""The formula with today's numbers says what the weights are."""

import re

import numpy as np

from dlviz.concepts.logistic_regression.panels import tabs


def test_the_formula_has_the_weights_with_their_signs_inside_one_bracket() -> None:
    text = tabs.with_numbers(np.array([0.5, -1.25, 2.0], np.float32))
    inside = re.search(r"\\exp\\left\(-\((.*)\)\\right\)", text)[1].replace(" ", "")
    assert inside == r"0.5\,x_1-1.25\,x_2+2"


def test_the_right_formula_has_the_minus_before_the_whole_sum() -> None:
    assert r"\exp\left(-(w^\top x + b)\right)" in tabs.SIGMOID
