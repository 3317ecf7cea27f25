"""Knobs as text: the optimizer as PyTorch writes it, and the lines that turn a knob in mid-run."""

from __future__ import annotations

from collections.abc import Iterator

from dlviz.spec import AUGMENTATION, Knobs

KINDS = {
    "sgd": "SGD",
    "momentum": "SGD",
    "nesterov": "SGD",
    "adagrad": "Adagrad",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW",
}


def optimizer_text(knobs: Knobs) -> str:
    """Return the call that makes the optimizer."""
    values = {
        name: value for name, value in _settings(knobs).items() if value or name == "lr" or knobs.optimizer == "adamw"
    }
    settings = "".join(f", {name}={value!r}" for name, value in values.items())
    fused = "" if knobs.optimizer == "rmsprop" else ", fused=True"  # torch has no fused RMSprop
    return f"torch.optim.{KINDS[knobs.optimizer]}(network.parameters(){settings}{fused})"


def augmentation_text(knobs: Knobs) -> str:
    """Return the augmentation's settings as an object, or None where pictures stay as they are."""
    if not knobs.augments:
        return "None"
    return "SimpleNamespace(" + ", ".join(f"{name}={getattr(knobs, name)!r}" for name in AUGMENTATION) + ")"


def turning_lines(before: Knobs, after: Knobs, drops: bool, pictures: bool) -> Iterator[str]:
    """Yield the lines that turn the knobs from `before` to `after`; none where nothing was turned.

    drops: whether the network has dropout layers; pictures: whether there is anything to augment.
    """
    old, new = _settings(before), _settings(after)
    if before.optimizer != after.optimizer:
        yield f"optimizer = {optimizer_text(after)}"
    elif old != new:
        changed = [f"{name}={value!r}" for name, value in new.items() if value != old[name]]
        yield f"optimizer.param_groups[0].update({', '.join(changed)})"
    if before.batch_size != after.batch_size:
        yield f"batch_size = {after.batch_size}"
    if drops and before.dropout != after.dropout:
        yield "for layer in network:"
        yield "    if isinstance(layer, Dropout):"
        yield f"        layer.share = {after.dropout!r}"
    if pictures and augmentation_text(before) != augmentation_text(after):
        yield f"augmentation = {augmentation_text(after)}"


def _settings(knobs: Knobs) -> dict[str, float | bool]:
    values: dict[str, float | bool] = {"lr": knobs.learning_rate, "weight_decay": knobs.weight_decay}
    if knobs.optimizer in ("momentum", "nesterov"):
        values["momentum"] = knobs.momentum
    if knobs.optimizer == "nesterov":
        values["nesterov"] = knobs.momentum > 0  # torch refuses nesterov without momentum
    return values
