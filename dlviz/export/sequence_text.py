"""What is read step by step as text: the lines that load and split it, and the network that reads it."""

from __future__ import annotations

from dlviz.export.source import cut
from dlviz.sets import TONGUES
from dlviz.spec import Recall, RunSpec, Sequence, Sunspots, Surnames, Writing

TITLES = {
    "surnames": "surnames of eight languages",
    "writing": "surnames of one language, to write more of them",
    "sunspots": "the sunspots of every year since 1700",
    "recall": "signs that must be remembered over blanks",
}
TABLES = {"surnames": "surnames.csv", "writing": "surnames.csv", "sunspots": "sunspots.csv"}
_ORDER = cut("data/split.py", "stratified_order")
_LETTERS = '''\
ALPHABET = "abcdefghijklmnopqrstuvwxyz '-"  # a letter's number is its place, from 1 on; 0 is none


def spelt_out(names):
    """Return the letters of the names (N, 20) as numbers, 0 after their ends."""
    letters = np.zeros((len(names), 20), dtype=np.uint8)
    for row, name in zip(letters, names):
        row[: len(name)] = [1 + ALPHABET.index(letter) for letter in name]
    return letters'''
FUNCTIONS = {"surnames": [_ORDER, _LETTERS], "writing": [_ORDER, _LETTERS], "recall": [_ORDER], "sunspots": []}
CELLS = {"rnn": "nn.RNN", "lstm": "nn.LSTM", "gru": "nn.GRU"}
LIMITS_TEXT = """\
with torch.no_grad():
    for values in network.parameters() if l1 or l2 else ():
        if values.ndim > 1:  # penalties are for weights, not biases
            values.grad += l1 * values.sign() + l2 * values
    if longest:  # all gradients together are one arrow, which may be no longer
        length = torch.cat([values.grad.flatten() for values in network.parameters()]).norm()
        for values in network.parameters():
            values.grad *= (longest / (length + 1e-6)).clamp(max=1.0)"""


def reading_text(data: Sequence, moves: bool, seed: str = "SEED") -> str:
    """Return the lines that give `train`, `validation` and, where there are some, `test`: each (inputs, labels).

    moves: whether they go to a device; seed: what the seed of the data is called.
    """
    lines = [f"# The data: {TITLES[data.data]}.", *_loading(data, seed)]
    lines += ["inputs, labels = torch.tensor(inputs), torch.tensor(labels)"]
    lines += ["inputs, labels = inputs.to(device), labels.to(device)"] if moves else []
    return "\n".join([*lines, *_splitting(data, seed)])


def _loading(data: Sequence, seed: str) -> list[str]:
    if isinstance(data, Sunspots):
        return _years(data)
    if isinstance(data, Recall):
        return [
            f"labels = np.random.default_rng([{seed}, 2]).permutation(np.arange({data.examples}) % {data.signs})",
            f"inputs = np.zeros(({data.examples}, {data.delay + 1}), dtype=np.uint8)  # 0 is a blank",
            "inputs[:, 0] = 1 + labels",
        ]
    lines = ["with open(options.data, encoding='utf-8') as file:".replace("'", '"')]
    lines += ["    rows = [(row['language'], row['surname']) for row in csv.DictReader(file)]".replace("'", '"')]
    return [*lines, *(_of_all(data) if isinstance(data, Surnames) else _of_one(data))]


def _of_all(data: Surnames) -> list[str]:
    return [
        "LANGUAGES = (" + ", ".join(f'"{tongue}"' for tongue in TONGUES) + ")",
        "names, labels = [], []",
        "for label, language in enumerate(LANGUAGES):  # at even distances from the alphabetical list",
        "    known = [name for one, name in rows if one == language]",
        f"    places = np.linspace(0, len(known) - 1, min({data.names}, len(known))).round().astype(int)",
        "    names += [known[place] for place in places]",
        "    labels += [label] * len(places)",
        "inputs, labels = spelt_out(names), np.array(labels)",
    ]


def _of_one(data: Writing) -> list[str]:
    return [
        f'inputs = spelt_out([name for language, name in rows if language == "{data.tongue}"])',
        "labels = (inputs > 0).sum(1)  # how long each is; what is to be told is in the names themselves",
    ]


def _years(data: Sunspots) -> list[str]:
    return [
        'years, numbers = np.loadtxt(options.data, delimiter=",", skiprows=1).T',
        *(["numbers = numbers**0.5  # square roots are read, and told"] if data.transform == "root" else []),
        f"test_from = len(numbers) - round(len(numbers) * {data.test_share!r})",
        f"validation_from = test_from - round(len(numbers) * {data.validation_share!r})",
        "known = numbers[:validation_from]  # of what comes later, nothing may tell",
        "scaled = ((numbers - known.mean()) / known.std()).astype(np.float32)",
        f"inputs = np.lib.stride_tricks.sliding_window_view(scaled, {data.window})[:-1].copy()",
        f"labels = scaled[{data.window}:]",
    ]


def _splitting(data: Sequence, seed: str) -> list[str]:
    if isinstance(data, Sunspots):
        ends = f"[validation_from - {data.window}, test_from - {data.window}]"
        lines = [f"train, validation, test = np.split(np.arange(len(labels)), {ends})"]
        names = "train, validation, test"
    else:
        share = getattr(data, "test_share", 0.0)
        names = "validation, test, train" if share else "validation, train"
        lines = [f"order = stratified_order(labels.cpu().numpy(), {seed})", _ends(data.validation_share, share)]
        lines += [f"{names} = np.split(order, ends)"]
    return [*lines, f"{names} = ((inputs[part], labels[part]) for part in ({names}))"]


def _ends(validation: float, test: float) -> str:
    first = f"round(len(order) * {validation!r})"
    return f"ends = [{first}, {first} + round(len(order) * {test!r})]" if test else f"ends = [{first}]"


def network_text(spec: RunSpec, dropout: float | None) -> str:
    """Return the class of the network that reads; `dropout`: the share silenced at first, None where never any is."""
    data, network = spec.data, spec.network
    symbols = 0 if isinstance(data, Sunspots) else 1 + data.signs if isinstance(data, Recall) else 30
    width = network.embedding if symbols else 1
    lines = ["class Reader(nn.Module):", f'    """{_sentence(data)}"""', "", "    def __init__(self):"]
    lines += ["        super().__init__()"]
    lines += [f"        self.embedding = nn.Embedding({symbols}, {width})"] if symbols else []
    lines += [f"        self.cell = {CELLS[network.network]}({width}, {network.state}, batch_first=True)"]
    lines += [f"        self.dropout = Dropout({dropout!r}, noise)"] if dropout is not None else []
    lines += [f"        self.scores = nn.Linear({network.state}, {data.outputs})", ""]
    lines += ["    def forward(self, inputs, truncate=0):"]
    *reads, answer = _forward(data)
    answer = answer if dropout is None else f"self.dropout({answer})"
    lines += [f"        {line}" for line in (*reads, f"return self.scores({answer})")]
    return "\n".join(lines)


def _sentence(data: Sequence) -> str:
    if isinstance(data, Writing):
        return "Reads letter by letter, and after every one gives a score for each that may come next."
    what = {Surnames: "language", Recall: "sign"}.get(type(data))
    return f"Reads step by step, and at the end gives {f'a score for each {what}' if what else 'the next number'}."


def _forward(data: Sequence) -> list[str]:
    """Return the lines that read, and last the states that the scores are made from."""
    if isinstance(data, Writing):
        return ["in_pieces(self.cell, self.embedding(inputs), truncate)"]
    if isinstance(data, Sunspots):
        return ["in_pieces(self.cell, inputs[:, :, None], truncate)[:, -1]"]
    if isinstance(data, Recall):
        return ["in_pieces(self.cell, self.embedding(inputs.long()), truncate)[:, -1]"]
    return [
        "lengths = (inputs > 0).sum(1)",
        "read = self.embedding(inputs[:, : lengths.max()].long())",
        "states = in_pieces(self.cell, read, truncate)",
        "states[torch.arange(len(states), device=states.device), lengths - 1]",
    ]
