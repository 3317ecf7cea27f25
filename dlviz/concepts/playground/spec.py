"""What the playground shows, as one value. The link to the page is this value and nothing else."""

from __future__ import annotations

from pydantic import Field

from dlviz.spec import Choice, Knobs, Mlp, Plane, RunSpec

CIRCLE = RunSpec(
    data=Plane(data="circle", points=500, noise=0.1),
    network=Mlp(hidden=(4, 2), activation="tanh"),
    epochs=2000,
    knobs=Knobs(optimizer="adam", learning_rate=0.01, batch_size=10),
)
"""The network that is on screen when the page opens: small enough to be seen whole, learnt within seconds."""


class View(Choice):
    """The state of the page."""

    run: RunSpec = CIRCLE
    at: int | None = Field(None, ge=0, le=10_000_000)  # the step on show; None follows the newest


DEFAULT = View()
