"""Who learns is decided by what is learnt, and by which network."""

import pytest
import torch

from dlviz.data.load import load
from dlviz.models.build import build_for
from dlviz.spec import ConvNet, Curve, Linear, Mlp, Mnist5k, Plane, RunSpec, Table
from dlviz.training.learners import small_learner
from dlviz.training.machine import tensors
from dlviz.training.points_learner import PointsLearner
from dlviz.training.small_learner import SmallLearner


@pytest.mark.parametrize(
    ("data", "network", "kind"),
    [
        (Mnist5k(), ConvNet(), type(None)),
        (Mnist5k(), Linear(), type(None)),
        (Plane(), Mlp(), PointsLearner),
        (Plane(), Linear(), SmallLearner),
        (Curve(), Mlp(), SmallLearner),
        (Table(), Linear(), SmallLearner),
    ],
    ids=str,
)
def test_each_kind_has_its_learner(data: object, network: object, kind: type) -> None:
    spec = RunSpec(data=data, network=network, device="cpu")
    noise = torch.Generator()
    found = small_learner(spec, build_for(spec, noise), tensors(load(spec.data, 0), "cpu"), noise)
    assert type(found) is kind
