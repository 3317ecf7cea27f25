"""The script of a network that reads step by step: names, signs or years, and the same losses as its run."""

from __future__ import annotations

from textwrap import indent

from dlviz.export.knobs_text import limits_text, optimizer_text, pace_text, turning_lines
from dlviz.export.plan import DEVICES
from dlviz.export.sequence_text import FUNCTIONS, LIMITS_TEXT, TABLES, TITLES, network_text, reading_text
from dlviz.export.source import body, cut, merged_imports
from dlviz.spec import Knobs, RunSpec, Sunspots, Writing

RATE = "def rate(knobs: Knobs, epoch: float) -> float:"
FAULTS = {"squared": "mse_loss", "absolute": "l1_loss", "huber": "huber_loss"}
EVALUATE = '''\
@torch.no_grad()
def evaluate(inputs, labels):
    """Return the mean loss and the share of right answers."""
    network.eval()
    scores = network(inputs)
    return cross_entropy(scores, labels).item(), (scores.argmax(1) == labels).double().mean().item()'''
EVALUATE_NUMBERS = '''\
@torch.no_grad()
def evaluate(inputs, labels):
    """Return the mean loss and R², the share of the labels' spread that is explained."""
    network.eval()
    found = network(inputs)[:, 0]
    return fault(found, labels).item(), 1 - mse_loss(found, labels).item() / labels.var(correction=0).item()'''
EVALUATE_ROOTS = '''\
def spots(roots):
    """Return the sunspot numbers that the network says, from roots in deviations; one below 0 means none."""
    return (roots.double() * known.std() + known.mean()).clip(min=0) ** 2


@torch.no_grad()
def evaluate(inputs, labels):
    """Return the mean loss of the roots, and R², the share of the numbers' spread that is explained."""
    network.eval()
    found = network(inputs)[:, 0]
    explained = 1 - mse_loss(spots(found), spots(labels)).item() / spots(labels).var(correction=0).item()
    return fault(found, labels).item(), explained'''
EVALUATE_WRITING = '''\
@torch.no_grad()
def evaluate(inputs, labels):
    """Return the mean surprise at the next letter, and the share of next letters that are told right."""
    network.eval()
    read, wanted = to_write(inputs)
    scores, counted = network(read), wanted != OVER
    loss = cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=OVER)
    return loss.item(), (scores.argmax(2) == wanted)[counted].double().mean().item()'''
ENDING = """\
{loss}, {score} = evaluate(*test)
if options.json:
    history[-1] |= {{"test_loss": loss, "test_{score}": {score}}}
    print(json.dumps(history))
else:
    print(f"test loss {{loss:.9g}}, {score} {{{score}:.9g}}")"""


def sequence_script(spec: RunSpec) -> str:
    """Return a self-contained Python script that trains as `spec` says and prints its losses.

    One line an epoch: the mean training loss, the validation loss and score; at the end the test score, where
    there are test examples. With --json, one JSON list of the epochs with the names of the recorded moments.
    """
    knobs = [spec.knobs_at(0), *(edit.knobs for edit in spec.edits)]
    parts = [
        "\n\n".join([_docstring(spec), _imports(spec, knobs), _constants(spec), _options(spec)]),
        *FUNCTIONS[spec.data.data],
        *_shared(spec, knobs),
        reading_text(spec.data, bool(DEVICES[spec.device]), "SEED" if spec.data_seed is None else "DATA_SEED"),
        network_text(spec, knobs[0].dropout if _drops(knobs) else None),
        _start(spec, knobs),
        _evaluating(spec),
        "\n\n".join([_training(spec, knobs), _ending(spec)]),
    ]
    return "\n\n\n".join(parts) + "\n"


def _writes(spec: RunSpec) -> bool:
    return isinstance(spec.data, Writing)


def _numbers(spec: RunSpec) -> bool:
    return isinstance(spec.data, Sunspots)


def _evaluating(spec: RunSpec) -> str:
    if _numbers(spec):
        return EVALUATE_ROOTS if spec.data.transform == "root" else EVALUATE_NUMBERS
    return EVALUATE_WRITING if _writes(spec) else EVALUATE


def _score(spec: RunSpec) -> str:
    return "r2" if _numbers(spec) else "accuracy"


def _schedules(knobs: list[Knobs]) -> bool:
    return any(one.schedule != "constant" or one.warm_up_epochs for one in knobs)


def _guesses(spec: RunSpec, knobs: list[Knobs]) -> bool:
    return _writes(spec) and any(one.teacher_forcing < 1 for one in knobs)


def _drops(knobs: list[Knobs]) -> bool:
    return any(one.dropout for one in knobs)


def _docstring(spec: RunSpec) -> str:
    lines = [f"Train a recurrent network ({spec.network.network.upper()}) on {TITLES[spec.data.data]}.", ""]
    lines.append("Run alone, it prints the same losses as the run of dlviz that it was written from.")
    table = TABLES.get(spec.data.data)
    lines += [f"It reads {table} from its own folder, or from where --data says."] if table else []
    return '"""' + "\n".join(lines) + '\n"""'


def _imports(spec: RunSpec, knobs: list[Knobs]) -> str:
    standard = ["import argparse", "import json"]
    standard += ["from pathlib import Path"] if spec.data.data in TABLES else []
    standard += ["import csv"] if spec.data.data in ("surnames", "writing") else []
    standard += ["import math", "from types import SimpleNamespace"] if _schedules(knobs) else []
    standard += ["from functools import partial"] if _numbers(spec) and _huber(knobs) else []
    losses = {"mse_loss", *(FAULTS[one.fault] for one in knobs)} if _numbers(spec) else {"cross_entropy"}
    other = ["import numpy as np", "import torch", "from torch import nn"]
    other += [f"from torch.nn.functional import {', '.join(sorted(losses))}"]
    return "\n".join([*merged_imports(standard), "", *merged_imports(other)])


def _huber(knobs: list[Knobs]) -> bool:
    return any(one.fault == "huber" for one in knobs)


def _constants(spec: RunSpec) -> str:
    own = [] if spec.data_seed is None else [f"DATA_SEED = {spec.data_seed}"]
    return "\n".join([f"SEED = {spec.seed}", *own, f"EPOCHS = {spec.epochs}"])


def _options(spec: RunSpec) -> str:
    lines = ["parser = argparse.ArgumentParser(description=__doc__)"]
    table = TABLES.get(spec.data.data)
    if table:
        lines += [f'table = Path(__file__).with_name("{table}")']
        lines += ['parser.add_argument("--data", default=table, help="the table that is read")']
    lines += ['parser.add_argument("--json", action="store_true", help="print one JSON list instead of lines")']
    lines += ["options = parser.parse_args()", ""]
    lines += [f"torch.set_num_threads({spec.threads})  # the last digits depend on it"]
    device = DEVICES[spec.device]
    return "\n".join([*lines, *([f"device = {device}"] if device else [])])


def _shared(spec: RunSpec, knobs: list[Knobs]) -> list[str]:
    functions = [cut("models/recurrent.py", "in_pieces")]
    if _writes(spec):
        functions += [cut("training/sequence_learner.py", "OVER", "to_write")]
    if _guesses(spec, knobs):
        guessing = cut("training/sequence_learner.py", "by_own_guesses")
        functions += [guessing if _drops(knobs) else guessing.replace("network.dropout(states[:, 0])", "states[:, 0]")]
    functions += [cut("models/layers.py", "Dropout")] if _drops(knobs) else []
    functions += [body("training/schedule.py").replace(RATE, "def rate(knobs, epoch):")] if _schedules(knobs) else []
    return functions


def _start(spec: RunSpec, knobs: list[Knobs]) -> str:
    lines = ["# The network with its first weights, and chance: one row of random numbers for each purpose."]
    if _guesses(spec, knobs) or _drops(knobs):
        lines += [f"noise = torch.Generator({'device' if DEVICES[spec.device] else ''}).manual_seed(SEED + 2)"]
    lines += ["torch.manual_seed(SEED)", "network = Reader()"]
    if spec.network.network == "lstm":
        state = spec.network.state
        lines += ["with torch.no_grad():  # the gate for keeping starts open"]
        lines += [f"    network.cell.bias_ih_l0[{state}:{2 * state}] = 1.0"]
        lines += [f"    network.cell.bias_hh_l0[{state}:{2 * state}] = 0.0"]
    lines += ["network.to(device)"] if DEVICES[spec.device] else []
    lines += ["shuffling = torch.Generator().manual_seed(SEED + 1)"]
    lines += [f"optimizer = {optimizer_text(knobs[0])}", limits_text(knobs[0])]
    lines += _own_settings(spec, knobs[0], None)
    return "\n".join([*lines, f"batch_size = {knobs[0].batch_size}"])


def _own_settings(spec: RunSpec, knobs: Knobs, before: Knobs | None) -> list[str]:
    """Return the lines that set what only networks that read have, where it is new."""
    lines = []
    if before is None or before.truncate != knobs.truncate:
        lines += [f"truncate = {knobs.truncate}  # most steps a gradient goes back; 0 sets no end"]
    if before is not None and before.dropout != knobs.dropout:
        lines += [f"network.dropout.share = {knobs.dropout!r}"]
    if _writes(spec) and (before is None or before.teacher_forcing != knobs.teacher_forcing):
        lines += [f"truth = {knobs.teacher_forcing!r}  # how often the true letter is read"]
    if _numbers(spec) and (before is None or (before.fault, before.huber_delta) != (knobs.fault, knobs.huber_delta)):
        loss = FAULTS[knobs.fault]
        lines += [f"fault = {f'partial({loss}, delta={knobs.huber_delta!r})' if knobs.fault == 'huber' else loss}"]
    return lines


def _training(spec: RunSpec, knobs: list[Knobs]) -> str:
    lines = ["# Learning: every example once an epoch, in a new random order each time."]
    lines += ["inputs, labels = train", "history = []", "step = 0"]
    lines += [f"pace = {pace_text(knobs[0])}", "seen = 0  # examples"] if _schedules(knobs) else []
    lines += ["for epoch in range(1, EPOCHS + 1):", "    network.train()", "    loss_sum = 0.0"]
    lines += ["    order = torch.randperm(len(labels), generator=shuffling)", "    while len(order):"]
    lines += [indent("\n".join([*_turns(spec, knobs), *_update(spec, knobs)]), " " * 8)]
    return "\n".join([*lines, indent(_report(spec), " " * 4)])


def _turns(spec: RunSpec, knobs: list[Knobs]) -> list[str]:
    lines: list[str] = []
    before = knobs[0]
    for edit in (edit for edit in spec.edits if edit.step > 0):
        turned = list(turning_lines(before, edit.knobs, False, False, _schedules(knobs)))
        turned += _own_settings(spec, edit.knobs, before)
        lines += [f"if step == {edit.step}:", *(f"    {line}" for line in turned)] if turned else []
        before = edit.knobs
    return lines


def _update(spec: RunSpec, knobs: list[Knobs]) -> list[str]:
    lines = ["batch, order = order[:batch_size], order[batch_size:]", *_loss(spec, knobs)]
    lines += ["optimizer.zero_grad()", "loss.backward()"]
    lines += [LIMITS_TEXT]
    if _schedules(knobs):
        lines += ['optimizer.param_groups[0]["lr"] = rate(pace, seen / len(labels))', "seen += len(batch)"]
    return [*lines, "optimizer.step()", "loss_sum += loss.item() * len(batch)", "step += 1"]


def _loss(spec: RunSpec, knobs: list[Knobs]) -> list[str]:
    if _numbers(spec):
        return ["loss = fault(network(inputs[batch], truncate)[:, 0], labels[batch])"]
    if not _writes(spec):
        return ["loss = cross_entropy(network(inputs[batch], truncate), labels[batch])"]
    lines = ["read, wanted = to_write(inputs[batch])"]
    if _guesses(spec, knobs):
        lines += ["if truth < 1:", "    scores = by_own_guesses(network, read, truth, noise)", "else:"]
        lines += ["    scores = network(read, truncate)"]
    else:
        lines += ["scores = network(read, truncate)"]
    return [*lines, "loss = cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=OVER)"]


def _report(spec: RunSpec) -> str:
    score = _score(spec)
    lines = ["epoch_loss = loss_sum / len(labels)", f"loss, {score} = evaluate(*validation)"]
    lines += ['history.append({"epoch": epoch, "epoch_loss": epoch_loss})']
    lines += [f'history[-1] |= {{"validation_loss": loss, "validation_{score}": {score}}}']
    lines += ["if not options.json:", '    print(f"epoch {epoch}: training loss {epoch_loss:.9g}", end=", ")']
    lines += [f'    print(f"validation loss {{loss:.9g}}, {score} {{{score}:.9g}}")']
    return "\n".join(lines)


def _ending(spec: RunSpec) -> str:
    if not getattr(spec.data, "test_share", 0):
        return "if options.json:\n    print(json.dumps(history))"
    return ENDING.format(loss="loss", score=_score(spec))
