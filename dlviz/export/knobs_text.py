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


PACE = ("learning_rate", "schedule", "schedule_epochs", "schedule_factor", "warm_up_epochs")


def pace_text(knobs: Knobs) -> str:
    """Return what decides the learning rate as an object that `rate` reads."""
    first, second, *rest = (f"{name}={getattr(knobs, name)!r}" for name in PACE)
    return f"SimpleNamespace({first}, {second},\n    {', '.join(rest)})"


def limits_text(knobs: Knobs) -> str:
    """Return the penalties and the longest gradient as three numbers."""
    return f"l1, l2, longest = {knobs.l1!r}, {knobs.l2!r}, {knobs.gradient_clip!r}"


def turning_lines(before: Knobs, after: Knobs, drops: bool, pictures: bool, schedules: bool = False) -> Iterator[str]:
    """Yield the lines that turn the knobs from `before` to `after`; none where nothing was turned.

    drops: whether the network has dropout layers; pictures: whether there is anything to augment;
    schedules: whether the learning rate follows a schedule at any time.
    """
    old, new = _settings(before), _settings(after)
    if before.optimizer != after.optimizer:
        yield f"optimizer = {optimizer_text(after)}"
    elif old != new:
        changed = [f"{name}={value!r}" for name, value in new.items() if value != old[name]]
        yield f"optimizer.param_groups[0].update({', '.join(changed)})"
    if pace_text(before) != pace_text(after) and schedules:
        yield f"pace = {pace_text(after)}"
    if limits_text(before) != limits_text(after):
        yield limits_text(after)
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
