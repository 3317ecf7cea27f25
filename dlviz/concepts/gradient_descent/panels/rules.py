"""The rule of every optimizer, line by line, with its knobs as they are: what a step computes and in which order.

t counts steps from 1, θ is the place, g the slope there. A line says which recorded numbers stand beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

Knobs = Mapping[str, float]


class Line(NamedTuple):
    """One line: which word names it, its formula, which numbers it gives, and which mark on the map shows them."""

    name: str
    formula: str
    of: str
    part: str = ""


VELOCITY = {"momentum", "nesterov", "adam", "adamw", "adamax", "nadam", "radam", "muon"}
"""Optimizers that remember which way they were going."""

SQUARED = {"adam", "adamw", "nadam", "radam", "rmsprop", "adagrad", "adadelta", "adafactor"}
"""Optimizers that remember how large the squares of the slopes were."""


def has_velocity(name: str, knobs: Knobs) -> bool:
    """Return whether the optimizer has a velocity, with these knobs."""
    return name in VELOCITY or (name == "rmsprop" and knobs["momentum"] > 0)


def lines(name: str, knobs: Knobs, scheduled: bool = False) -> list[Line]:
    """Return what a step of the optimizer computes, from the slope to the new place; η is a rate that changes."""
    shown = {key: short(value) for key, value in knobs.items()} | ({"lr": "η"} if scheduled else {})
    decay = knobs.get("weight_decay", 0.0)
    first = [Line("before", "θ", "before"), Line("slope", "g = ∇f(θ)", "slopes", "slope")]
    if decay and name not in ("adamw", "muon"):
        first[1] = first[1]._replace(formula=f"∇f(θ);  g = ∇f(θ) + {short(decay)}·θ")
    away = f" − {shown['lr']}·{short(decay)}·θ" if decay and name in ("adamw", "muon") else ""
    middle = RULES[name](shown, knobs)
    middle[-1] = middle[-1]._replace(formula=middle[-1].formula + away)
    rate = [Line("rate", f"η ≤ {short(knobs['lr'])}", "rate")] if scheduled else []
    return [*first, *rate, *middle, Line("after", "θ ← θ + Δθ", "after")]


def short(value: float) -> str:
    """Return a knob's number as it stands in a formula."""
    return f"{value:.4g}".replace("e-0", "e-").replace("-", "−")


def _rest(value: float) -> str:
    """Return 1 minus a share, without the noise of floating point."""
    return short(round(1 - value, 10))


def _step(formula: str) -> Line:
    return Line("step", f"Δθ = {formula}", "step", "step")


def _moment(formula: str, name: str = "moment") -> Line:
    return Line(name, formula, "moments", "moment")


def _square(formula: str, name: str = "square") -> Line:
    return Line(name, formula, "squares", "square" if name == "square" else "")


def _sgd(s: Mapping[str, str], _: Knobs) -> list[Line]:
    return [_step(f"−{s['lr']}·g")]


def _momentum(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    share = f"{_rest(knobs['dampening'])}·" if knobs["dampening"] else ""
    return [_moment(f"v ← {s['momentum']}·v + {share}g", "velocity"), _step(f"−{s['lr']}·v")]


def _nesterov(s: Mapping[str, str], _: Knobs) -> list[Line]:
    return [_moment(f"v ← {s['momentum']}·v + g", "velocity"), _step(f"−{s['lr']}·(g + {s['momentum']}·v)")]


def _moments(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    return [
        _moment(f"m ← {s['beta1']}·m + {_rest(knobs['beta1'])}·g"),
        _square(f"s ← {s['beta2']}·s + {_rest(knobs['beta2'])}·g²"),
    ]


def _adam(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    if not knobs.get("bias_correction", 1.0):
        return [*_moments(s, knobs), _step(f"−{s['lr']}·m / (√s + {s['eps']})")]
    most = "max ŝ" if knobs["amsgrad"] else "ŝ"
    hats = f"m̂ = m/(1 − {s['beta1']}ᵗ), ŝ = s/(1 − {s['beta2']}ᵗ)"
    return [*_moments(s, knobs), _step(f"−{s['lr']}·m̂ / (√{most} + {s['eps']}),  {hats}")]


def _adamax(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    largest = _square(f"u ← max({s['beta2']}·u, |g| + {s['eps']})", "largest")
    return [_moments(s, knobs)[0], largest, _step(f"−{s['lr']}/(1 − {s['beta1']}ᵗ)·m / u")]


def _nadam(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    mean = "μₜ₊₁·m/(1 − Πμₜ₊₁) + (1 − μₜ)·g/(1 − Πμₜ)"
    rule = f"−{s['lr']}·({mean}) / (√ŝ + {s['eps']}),  μₜ = {s['beta1']}·(1 − 0.5·0.96^({s['momentum_decay']}·t))"
    return [*_moments(s, knobs), _step(rule)]


def _radam(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    return [*_moments(s, knobs), _step(f"−{s['lr']}·m̂,  ×rₜ/(√ŝ + {s['eps']}) once ρₜ > 5")]


def _adagrad(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    slower = f"/(1 + {s['lr_decay']}·(t − 1))" if knobs["lr_decay"] else ""
    return [_square("s ← s + g²"), _step(f"−{s['lr']}{slower}·g / (√s + {s['eps']})")]


def _rmsprop(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    found = [_square(f"s ← {s['alpha']}·s + {_rest(knobs['alpha'])}·g²")]
    size = f"g / (√(s − ḡ²) + {s['eps']})" if knobs["centered"] else f"g / (√s + {s['eps']})"
    if not knobs["momentum"]:
        return [*found, _step(f"−{s['lr']}·{size}")]
    return [*found, _moment(f"v ← {s['momentum']}·v + {size}", "velocity"), _step(f"−{s['lr']}·v")]


def _adadelta(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    rest = _rest(knobs["rho"])
    return [
        _square(f"s ← {s['rho']}·s + {rest}·g²"),
        _step(f"−{s['lr']}·d,  d = √(u + {s['eps']}) / √(s + {s['eps']})·g"),
        Line("steps_square", f"u ← {s['rho']}·u + {rest}·d²", "moments"),
    ]


def _rprop(s: Mapping[str, str], _: Knobs) -> list[Line]:
    size = f"η ← {s['eta_plus']}·η (same sign), {s['eta_minus']}·η (sign flipped)"
    return [_square(size, "own_rate"), _step("−η·sign(g), 0 where the sign flipped")]


def _asgd(s: Mapping[str, str], _: Knobs) -> list[Line]:
    return [_step(f"−η·(g + {s['lambd']}·θ),  η = {s['lr']}/(1 + {s['lambd']}·{s['lr']}·t)^{s['alpha']}")]


def _adafactor(s: Mapping[str, str], _: Knobs) -> list[Line]:
    rate = f"max({s['least_scale']}, RMS(θ))·min({s['lr']}, 1/√t)"
    return [
        _square(f"s ← (1 − t^{s['beta2_decay']})·s + t^{s['beta2_decay']}·g²"),
        _step(f"−{rate}·u / max(1, RMS(u)/{s['d']}),  u = g/√s"),
    ]


def _muon(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    rest = _rest(knobs["momentum"])
    return [
        _moment(f"v ← {s['momentum']}·v + {rest}·g", "velocity"),
        _step(f"−{s['lr']}·O({rest}·g + {s['momentum']}·v),  O(w) ≈ w/‖w‖"),
    ]


def _lbfgs(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    length = "a" if knobs["line_search"] else s["lr"]
    return [_step(f"−{length}·B⁻¹g,  B⁻¹ from the last {s['history']} steps")]


def _newton(s: Mapping[str, str], knobs: Knobs) -> list[Line]:
    return [_step(f"−{s['lr']}·{'|H|' if knobs['positive'] else 'H'}⁻¹g,  H = ∇²f(θ)")]


RULES: dict[str, Callable[[Mapping[str, str], Knobs], list[Line]]] = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "adam": _adam,
    "adamw": _adam,
    "rmsprop": _rmsprop,
    "adagrad": _adagrad,
    "adadelta": _adadelta,
    "adamax": _adamax,
    "nadam": _nadam,
    "radam": _radam,
    "rprop": _rprop,
    "asgd": _asgd,
    "adafactor": _adafactor,
    "muon": _muon,
    "lbfgs": _lbfgs,
    "newton": _newton,
}
