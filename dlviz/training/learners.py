"""Learners: who learns a run's examples, by what they are and what the network is.

Pictures are learnt batch by batch, in `run.py`. All others are small: their learner makes a stretch of updates at
once, and writes everything down that a moment shows.
"""

from __future__ import annotations

import torch

from dlviz.models.layers import Stages
from dlviz.spec import Digits, Mlp, Recurrent, RunSpec
from dlviz.training.points_learner import PointsLearner
from dlviz.training.sequence_learner import SequenceLearner
from dlviz.training.small_learner import Part, SmallLearner


def small_learner(
    spec: RunSpec, network: Stages, parts: dict[str, Part], noise: torch.Generator
) -> PointsLearner | SmallLearner | None:
    """Return who learns these parts ("train", "validation", "test") with this network; None for pictures."""
    if isinstance(spec.data, Digits):
        return None
    if spec.on_plane and isinstance(spec.network, Mlp):
        return PointsLearner(spec, network, parts, noise)
    if isinstance(spec.network, Recurrent):
        return SequenceLearner(spec, network, parts, noise)
    return SmallLearner(spec, network, parts)
