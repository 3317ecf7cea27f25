"""The formula of every function, with today's parameters, as KaTeX writes it."""

from __future__ import annotations

from collections.abc import Callable

from dlviz.concepts.activations.spec import Function, Parameters
from dlviz.formula import Call, Formula, FormulaError, Number, Variable, read_formula

NAMES = {"exp": r"\exp", "log": r"\ln", "max": r"\max", "min": r"\min", "sigmoid": r"\sigma", "atan": r"\arctan"}
NAMES |= {name: rf"\{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")}
BINDING = {"add": 1, "subtract": 1, "negative": 2, "multiply": 3, "power": 4}


def cases(*rows: tuple[str, str]) -> str:
    """Return a formula that differs from place to place: (value, condition) each."""
    return r"\begin{cases} " + r" \\ ".join(f"{value} & {where}" for value, where in rows) + r" \end{cases}"


def hinge(slope: str) -> str:
    """Return the formula that is x from 0 on, and `slope` times x before."""
    return cases(("x", r"x \ge 0"), (f"{slope}\\,x", "x < 0"))


def bowed(alpha: float, inner: str) -> str:
    """Return the formula that is x above 0, and below it an exponential curve towards -alpha."""
    return cases(("x", "x > 0"), (rf"{number(alpha)}\,\left(e^{{{inner}}} - 1\right)", r"x \le 0"))


def number(value: float) -> str:
    """Return a number as it stands in a formula."""
    return f"{value:.4g}"


def threshold(told: Parameters) -> str:
    """Return the formula of Threshold."""
    at = number(told.threshold_at)
    return cases(("x", f"x > {at}"), (number(told.threshold_value), r"x \le " + at))


def softplus(told: Parameters) -> str:
    """Return the formula of Softplus; torch takes x itself where beta times x is above the threshold."""
    beta = number(told.softplus_beta)
    bent = rf"\tfrac{{1}}{{{beta}}} \ln\left(1 + e^{{{beta} x}}\right)"
    end = number(told.softplus_threshold)
    return cases((bent, rf"{beta} x \le {end}"), ("x", f"{beta} x > {end}"))


def shrink(border: str, hard: bool) -> str:
    """Return the formula of the shrinking functions: x, or x moved towards 0, outside of the border, else 0."""
    above, below = ("x", "x") if hard else (f"x - {border}", f"x + {border}")
    return cases((above, f"x > {border}"), (below, f"x < -{border}"), ("0", r"\text{else}"))


FORMULAS: dict[Function, Callable[[Parameters], str]] = {
    "identity": lambda _: "x",
    "relu": lambda _: r"\max(0, x)",
    "leaky_relu": lambda told: hinge(number(told.leaky_slope)),
    "prelu": lambda told: hinge(number(told.prelu_slope)),
    "rrelu": lambda told: hinge(rf"\tfrac{{{number(told.rrelu_lower)} + {number(told.rrelu_upper)}}}{{2}}"),
    "relu6": lambda _: r"\min(\max(0, x), 6)",
    "threshold": threshold,
    "elu": lambda told: bowed(told.elu_alpha, "x"),
    "celu": lambda told: bowed(told.celu_alpha, f"x / {number(told.celu_alpha)}"),
    "selu": lambda _: r"1.0507\, " + bowed(1.6733, "x"),
    "softplus": softplus,
    "gelu": lambda _: r"x\,\Phi(x) = \tfrac{x}{2}\left(1 + \operatorname{erf}\tfrac{x}{\sqrt 2}\right)",
    "gelu_tanh": lambda _: r"\tfrac{x}{2}\left(1 + \tanh\left(\sqrt{\tfrac{2}{\pi}}\,(x + 0.044715\,x^3)\right)\right)",
    "silu": lambda _: r"x\,\sigma(x) = \frac{x}{1 + e^{-x}}",
    "mish": lambda _: r"x \tanh\left(\ln(1 + e^x)\right)",
    "sigmoid": lambda _: r"\sigma(x) = \frac{1}{1 + e^{-x}}",
    "logsigmoid": lambda _: r"\ln \sigma(x) = -\ln\left(1 + e^{-x}\right)",
    "tanh": lambda _: r"\tanh x = \frac{e^x - e^{-x}}{e^x + e^{-x}}",
    "tanhshrink": lambda _: r"x - \tanh x",
    "softsign": lambda _: r"\frac{x}{1 + |x|}",
    "hardtanh": lambda told: rf"\min(\max({number(told.hardtanh_min)}, x), {number(told.hardtanh_max)})",
    "hardsigmoid": lambda _: r"\tfrac{1}{6} \min(\max(0, x + 3), 6)",
    "hardswish": lambda _: r"\tfrac{x}{6} \min(\max(0, x + 3), 6)",
    "hardshrink": lambda told: shrink(number(told.hardshrink_lambda), hard=True),
    "softshrink": lambda told: shrink(number(told.softshrink_lambda), hard=False),
}


def latex(name: Function, parameters: Parameters, typed: str) -> str:
    """Return f(x) = … of a function; of "own" as it was typed, or a dash where that cannot be read."""
    if name != "own":
        return f"f(x) = {FORMULAS[name](parameters)}"
    try:
        return f"f(x) = {written(read_formula(typed))}"
    except FormulaError:
        return r"f(x) = \text{–}"


def written(formula: Formula) -> str:
    """Return a typed formula as KaTeX."""
    if isinstance(formula, Number):
        return number(formula.value)
    if isinstance(formula, Variable):
        return formula.name
    parts = formula.arguments
    if formula.function in ("add", "subtract"):
        sign = "+" if formula.function == "add" else "-"
        return f"{written(parts[0])} {sign} {_within(parts[1], 1 + (sign == '-'))}"
    if formula.function == "multiply":
        return rf"{_within(parts[0], 3)} \cdot {_within(parts[1], 3)}"
    if formula.function == "divide":
        return rf"\frac{{{written(parts[0])}}}{{{written(parts[1])}}}"
    if formula.function == "negative":
        return f"-{_within(parts[0], 3)}"
    return f"{_within(parts[0], 5)}^{{{written(parts[1])}}}" if formula.function == "power" else _call(formula)


def _call(formula: Call) -> str:
    inside = ", ".join(map(written, formula.arguments))
    if formula.function == "sqrt":
        return rf"\sqrt{{{inside}}}"
    if formula.function == "abs":
        return rf"\left|{inside}\right|"
    name = NAMES.get(formula.function, rf"\operatorname{{{formula.function}}}")
    return rf"{name}\left({inside}\right)"


def _within(part: Formula, binding: int) -> str:
    """Return a part, in parentheses where it binds less than its place asks for."""
    own = BINDING.get(part.function, 9) if isinstance(part, Call) else 9
    return written(part) if own >= binding else rf"\left({written(part)}\right)"
