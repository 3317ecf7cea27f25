"""Data as text: the lines that load a run's examples and split them as the run did."""

from __future__ import annotations

from dlviz.export.line_text import line_functions, line_reading
from dlviz.export.plan import Plan, examples_before_the_test
from dlviz.export.source import cut
from dlviz.export.table_text import table_functions, table_reading
from dlviz.rows import WIDTH
from dlviz.spec import Data, Mnist5k, MnistFull, OnLine, Plane, Points, Table

LABELS = {"class": "long", "number": "float"}

TITLES = {
    "mnist-5k": "5,000 handwritten digits",
    "mnist-full": "the 60,000 handwritten digits of MNIST",
    "circle": "points inside and around a circle",
    "xor": "points in four quarters of a plane",
    "gauss": "two clouds of points",
    "spiral": "two arms of a spiral",
    "moons": "two moons of points",
    "clouds": "three clouds of points",
    "arms": "three arms of a spiral",
    "checkerboard": "points on a board of four colours",
    "slope": "heights of a slope",
    "hills": "heights of hills and hollows",
    "points": "points of one's own",
    "trend": "points along a straight trend",
    "bend": "points along a bend",
    "wave": "points along a wave",
    "steps": "points along three stairs",
    "pairs": "points of one's own",
    "auto-mpg": "392 cars of 1970 to 1982",
    "diabetes": "442 people with diabetes",
    "breast-cancer": "569 lumps in the breast",
    "wine": "178 wines",
}

MNIST_5K = """\
with np.load(options.data) as table:
    inputs = torch.tensor(table["pictures"]).unsqueeze(1) / 255  # (5000, 1, 28, 28), 0 paper to 1 ink
    labels = torch.tensor(table["labels"]).long()"""

MNIST_FULL = """\
known = MNIST(options.data, train=True, download=True)
judges = MNIST(options.data, train=False, download=True)
inputs, labels = known.data.unsqueeze(1) / 255, known.targets  # (60000, 1, 28, 28), 0 paper to 1 ink
test = (judges.data.unsqueeze(1) / 255, judges.targets)"""


def data_functions(data: Data) -> list[str]:
    """Return the functions that loading needs, as text."""
    if isinstance(data, OnLine):
        return line_functions(data)
    if isinstance(data, Table):
        return table_functions(data)
    order = cut("data/split.py", "stratified_order")
    if isinstance(data, Points):
        return [cut("rows.py", "ALPHABET", "read_rows"), order]
    if isinstance(data, Plane):
        return [cut("data/plane.py", data.data, "survey" if data.about == "number" else "scatter"), order]
    return [order]


def loading_text(plan: Plan) -> str:
    """Return the lines that give `train`, `validation` and `test`, where there are some, as (inputs, labels)."""
    data = plan.spec.data
    seed = "SEED" if plan.spec.data_seed is None else "DATA_SEED"
    lines = [f"# The data: {TITLES[data.data]}, split in a random but repeatable way."]
    if isinstance(data, Table):
        lines.append(table_reading(data, _splitting(data, examples_before_the_test(plan.spec)), seed))
        parts = "validation, test, train"
        moved = f"{parts} = ([half.to(device) for half in part] for part in ({parts}))"
        return "\n".join([*lines, *([moved] if plan.device else [])])
    lines.append(_reading(data, seed))
    lines += [] if isinstance(data, OnLine) else [f"order = stratified_order(labels.numpy(), {seed})"]
    if plan.device:
        lines.append("inputs, labels = inputs.to(device), labels.to(device)")
        lines += ["test = tuple(part.to(device) for part in test)"] if isinstance(data, MnistFull) else []
    return "\n".join([*lines, *_splitting(data, examples_before_the_test(plan.spec))])


def _reading(data: Data, seed: str) -> str:
    if isinstance(data, Mnist5k):
        return MNIST_5K
    if isinstance(data, MnistFull):
        return MNIST_FULL
    if isinstance(data, Points):
        return _reading_rows(data)
    if isinstance(data, OnLine):
        return line_reading(data, seed)
    drawn = "survey" if data.about == "number" else "scatter"
    more = f", {data.outputs}" if data.outputs > 2 else ""
    return f"inputs, labels = map(torch.tensor, {drawn}({data.data}, {data.points}, {data.noise!r}, {seed}{more}))"


def _reading_rows(data: Points) -> str:
    width = WIDTH[data.label]
    parts = [data.rows[start : start + 100] for start in range(0, len(data.rows), 100)]
    lines = ["ROWS = (", *(f'    "{part}"' for part in parts), ")"]
    lines.append(f"rows = torch.tensor(read_rows(ROWS, {width}))")
    return "\n".join([*lines, f"inputs, labels = rows[:, :2].float(), rows[:, 2].{LABELS[data.label]}()"])


def _splitting(data: Data, count: int) -> list[str]:
    """The lines that cut the order of `count` examples: validation first, then test, then what is trained on."""
    if isinstance(data, MnistFull):
        return _splitting_all_digits(data)
    validation = round(count * data.validation_share)
    test = round(count * getattr(data, "test_share", 0))
    names, ends = (
        ("validation, test, train", f"{validation}, {validation + test}")
        if test
        else ("validation, train", f"{validation}")
    )
    lines = [f"{names} = np.split(order, [{ends}])"]
    if getattr(data, "train_share", 1) != 1:
        lines.append(f"train = train[:{max(1, round((count - validation - test) * data.train_share))}]")
    return [*lines, f"{names} = ((inputs[part], labels[part]) for part in ({names}))"]


def _splitting_all_digits(data: MnistFull) -> list[str]:
    lines, names = ["train = order"], "train"
    if data.validation_share:
        names = "validation, train"
        lines = [f"{names} = np.split(order, [round({data.validation_share!r} * len(order))])"]
    if data.train_share != 1:
        lines.append(f"train = train[: max(1, round({data.train_share!r} * len(train)))]")
    if not data.validation_share:
        return [*lines, "train = (inputs[train], labels[train])"]
    return [*lines, f"{names} = ((inputs[part], labels[part]) for part in ({names}))"]
