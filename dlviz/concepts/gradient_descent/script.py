"""The PyTorch of a race: a script of its own that prints the losses which the page shows."""

from __future__ import annotations

from dlviz.concepts.gradient_descent.spec import FACTORS, PLATEAU, Race, Racer
from dlviz.export.source import cut
from dlviz.formula import Call, Formula, Number, Variable, formula_text

INFIX = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}
BINDING = {"add": 1, "subtract": 1, "multiply": 2, "divide": 2, "negative": 3, "power": 4}
ELSEWHERE = {"softplus": "torch.nn.functional.softplus", "max": "torch.maximum", "min": "torch.minimum"}
CLASSES = {
    **dict.fromkeys(("sgd", "momentum", "nesterov"), "SGD"),
    "asgd": "ASGD",
    "adagrad": "Adagrad",
    "adadelta": "Adadelta",
    "rmsprop": "RMSprop",
    "rprop": "Rprop",
    "adam": "Adam",
    "adamw": "AdamW",
    "adamax": "Adamax",
    "nadam": "NAdam",
    "radam": "RAdam",
    "adafactor": "Adafactor",
    "muon": "Muon",
    "lbfgs": "LBFGS",
}
PAIRS = {"betas": ("beta1", "beta2"), "etas": ("eta_minus", "eta_plus"), "step_sizes": ("least", "most")}
LOOP = """

for name, build in RACERS:
    place = torch.nn.Parameter(torch.tensor(START if "Adafactor" in name else [START]))
    optimizer = build(place){before}
    losses = [height(place)]
    for step in range(STEPS):

        def closure():
            optimizer.zero_grad()
            loss = PARTS[step % len(PARTS)](place[..., 0], place[..., 1]).sum()
            loss.backward()
            place.grad += noise[step].reshape(place.shape)
            return loss

{turn}        optimizer.step(closure){walls}
        losses.append(height(place))
    print(name, *(f"{loss:.10g}" for loss in losses))
"""


PLAN = "torch.optim.lr_scheduler.ReduceLROnPlateau"


def pytorch_script(race: Race) -> str:
    """Return the script of the race, which prints each racer's name and losses, at the start and after each step."""
    kinds = {one.optimizer for one in race.who}
    own = [cut("training/racers.py", "newton_step", "Newton")] if "newton" in kinds else []
    plain = any(one.optimizer == "adam" and not one.knobs(race.ground)["bias_correction"] for one in race.who)
    own += [cut("training/racers.py", "PlainAdam")] if plain else []
    own = [cut("training/racers.py", "_look"), *own] if own else own
    classes = bool(own)
    own += _schedule(race)
    parts = [_head(race, classes), *own, _bend(race) if "newton" in kinds else "", _racers(race)]
    walls = race.ground.walls
    clamp = f"\n        place.data.clamp_({walls[0]}, {walls[1]})" if walls else ""
    loop = LOOP.replace("{walls}", clamp).replace("{before}", _before(race)).replace("{turn}", _turn(race))
    return "\n\n\n".join(part.strip("\n") for part in parts if part) + "\n\n" + loop.lstrip("\n")


def _schedule(race: Race) -> list[str]:
    """Return the functions that the schedule needs."""
    if race.schedule in ("constant", "plateau"):
        return []
    return [cut("training/schedule.py", *(("warmed_up",) if race.schedule == "warm_up" else ("scheduled", "eased")))]


def _before(race: Race) -> str:
    """Return what is to be done once before the steps."""
    if race.schedule == "constant":
        return ""
    knobs = ", ".join(f"{name}={value!r}" for name, value in PLATEAU.items())
    plan = f"\n    plan = {PLAN}(optimizer, {knobs})" if race.schedule == "plateau" else ""
    return plan or '\n    full = optimizer.param_groups[0]["lr"]'


def _turn(race: Race) -> str:
    """Return the lines that turn the learning rate before a step."""
    if race.schedule == "constant":
        return ""
    if race.schedule == "plateau":
        return "        plan.step(losses[-1]) if step else None\n"
    share = f"scheduled({race.schedule!r}, step, {race.length!r}, {FACTORS.get(race.schedule, 1.0)!r})"
    share = f"warmed_up(step, {race.length!r})" if race.schedule == "warm_up" else share
    return f'        optimizer.param_groups[0]["lr"] = full * {share}\n'


def _head(race: Race, classes: bool) -> str:
    ground = race.ground
    imports = "import math\n" if _schedule(race) else ""
    imports += "from collections.abc import Callable, Sequence\n" if classes else ""
    imports += "\n" if imports else ""
    later = "import torch\n" + ("from torch import Tensor\nfrom torch.optim import Optimizer\n" if classes else "")
    formulas = "\n".join(f"    lambda x, y: {python_of(one)},  # {formula_text(one)}" for one in race.formulas)
    return f'''"""Gradient descent: everybody's loss, at the start and after each step."""

{imports}{later}
torch.set_default_dtype(torch.float64)
START, STEPS = {list(map(float, race.start))}, {race.steps}
PARTS = [  # formulas that take turns, one a step
{formulas}
]  # the box on show: x {ground.box[0]:g} to {ground.box[1]:g}, y {ground.box[2]:g} to {ground.box[3]:g}
noise = {race.sigma!r} * torch.randn(STEPS, 1, 2, generator=torch.Generator().manual_seed({race.seed}))
{"noise[..., 1] = 0" if race.curve else ""}


def height(place):
    """Return the mean of all parts at a place."""
    with torch.no_grad():
        return (sum(part(place[..., 0], place[..., 1]).sum() for part in PARTS) / len(PARTS)).item()'''


def _bend(race: Race) -> str:
    return '''def bend(place):
    """Return the Hessian (1, 2, 2) of the height by autograd."""

    def mean(at):
        return sum(part(at[0], at[1]) for part in PARTS) / len(PARTS)

    return torch.autograd.functional.hessian(mean, place.detach()[0])[None]'''


def _racers(race: Race) -> str:
    rows = []
    for place, one in enumerate(race.who, 1):
        title = f"{place}. {one.optimizer}" if one.optimizer in ("newton",) else f"{place}. {CLASSES[one.optimizer]}"
        rows.append(f"    ({title!r}, lambda place: {_build(one, race)}),")
    return "RACERS = [\n" + "\n".join(rows) + "\n]"


def _build(one: Racer, race: Race) -> str:
    knobs = one.knobs(race.ground)
    if one.optimizer == "newton":
        return f"Newton([place], bend, lr={knobs['lr']!r}, positive={bool(knobs['positive'])})"
    if one.optimizer == "adam" and not knobs["bias_correction"]:
        return f"PlainAdam([place], {', '.join(f'{name}={knobs[name]!r}' for name in ('lr', 'beta1', 'beta2', 'eps'))})"
    given = ", ".join(f"{name}={value!r}" for name, value in _options(one.optimizer, knobs).items())
    return f"torch.optim.{CLASSES[one.optimizer]}([place], {given})"


def _options(name: str, knobs: dict[str, float]) -> dict[str, object]:
    """Return the knobs as torch's class takes them."""
    given: dict[str, object] = {key: value for key, value in knobs.items() if key != "bias_correction"}
    found = {pair: tuple(given.pop(one) for one in parts) for pair, parts in PAIRS.items() if parts[0] in given}
    given |= {switch: bool(given[switch]) for switch in ("amsgrad", "centered") if switch in given}
    if name == "nesterov":
        given["nesterov"] = True
    if name == "adafactor":
        found["eps"] = (None, given.pop("least_scale"))
    if name == "lbfgs":
        searched, history = given.pop("line_search"), int(given.pop("history"))
        found |= {"max_iter": 1, "max_eval": 20 if searched else None, "history_size": history}
        found["line_search_fn"] = "strong_wolfe" if searched else None
    return given | found


# --------------------------------------------------------------------------------- formulas as Python


def python_of(formula: Formula) -> str:
    """Return the formula as Python over tensors x and y; one that has no variable is a tensor like x."""
    return _python(formula) if _varies(formula) else f"0 * x + {_within(formula, 2)}"


def _varies(formula: Formula) -> bool:
    return isinstance(formula, Variable) or (isinstance(formula, Call) and any(map(_varies, formula.arguments)))


def _python(formula: Formula) -> str:
    if isinstance(formula, Number):
        return repr(int(formula.value)) if formula.value == int(formula.value) else repr(formula.value)
    if isinstance(formula, Variable):
        return formula.name
    if formula.function == "negative":
        return f"-{_within(formula.arguments[0], 3)}"
    if formula.function in INFIX:
        return _infix(formula)
    name = ELSEWHERE.get(formula.function, f"torch.{formula.function}")
    return f"{name}({', '.join(map(_tensor, formula.arguments))})"


def _infix(formula: Call) -> str:
    left, right = formula.arguments
    binding = BINDING[formula.function]
    power = formula.function == "power"
    first = _within(left, binding + power)
    second = _within(right, binding if power else binding + 1)
    if power and not _varies(left) and not _varies(right):  # Python would answer some of these with a complex number
        return f"torch.pow({_tensor(left)}, {_tensor(right)})"
    return f"{first}**{second}" if power else f"{first} {INFIX[formula.function]} {second}"


def _within(formula: Formula, binding: int) -> str:
    text = _python(formula)
    whole = isinstance(formula, Number | Variable) or formula.function not in BINDING
    if isinstance(formula, Call) and formula.function == "power" and text.startswith("torch."):
        whole = True
    return text if whole or BINDING[formula.function] >= binding else f"({text})"


def _tensor(formula: Formula) -> str:
    """Return an argument of a function of torch, which wants a tensor."""
    return _python(formula) if _varies(formula) else f"torch.tensor(float({_python(formula)}))"
