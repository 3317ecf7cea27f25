"""Maps of the plane: what the network, and each unit in it, answers at every point.

With two inputs a whole network can be seen at once: each unit draws a line or a bump over the
plane, and the next layer adds them up.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from dlviz.data.plane import EXTENT
from dlviz.models.layers import Stages

OUTPUT_SIDE = 50  # points a side of the output's map
UNIT_SIDE = 10  # points a side of each unit's map
STEPS = 127  # of the scale of a unit's map, to either side of zero


@lru_cache(maxsize=4)
def grid(side: int, device: str) -> Tensor:
    """Return the middles of side × side cells of the plane, (side², 2), row by row from the top left."""
    middles = ((torch.arange(side) + 0.5) / side * 2 - 1) * EXTENT
    y, x = torch.meshgrid(-middles, middles, indexing="ij")
    return torch.stack([x.flatten(), y.flatten()], dim=1).to(device)


@torch.no_grad()
def plane_maps(network: Stages, device: str) -> dict[str, np.ndarray]:
    """Return the maps of the output and of every hidden unit over [-6, 6]², row 0 at the top.

    `output_map`: (50,50) uint8, the probability of class 1 from 0 = 0 to 255 = 1. `unit_maps`:
    (U,10,10) uint8, 128 where the unit gives zero; `unit_scales`: (U,) float32; a unit gives
    (value - 128) / 127 · its scale. Units come in the order of the layers. `weights`: (D,) float32,
    every parameter, layer by layer: weights (outputs × inputs), then biases.
    """
    network.eval()
    outputs = network.stage_outputs(torch.cat([grid(OUTPUT_SIDE, device), grid(UNIT_SIDE, device)]))
    share = outputs["scores"][: OUTPUT_SIDE**2].softmax(1)[:, 1].nan_to_num()
    units = [values[OUTPUT_SIDE**2 :].T for name, values in outputs.items() if name.startswith("activation")]
    activations = torch.cat([*units, torch.empty(0, UNIT_SIDE**2, device=device)])  # (U, G·G)
    maps, scales = _quantised(activations.nan_to_num(posinf=0, neginf=0))
    return {
        "output_map": (share * 255).round().to(torch.uint8).reshape(OUTPUT_SIDE, OUTPUT_SIDE).cpu().numpy(),
        "unit_maps": maps.reshape(-1, UNIT_SIDE, UNIT_SIDE).cpu().numpy(),
        "unit_scales": scales.cpu().numpy(),
        "weights": torch.cat([values.flatten() for values in network.parameters()]).cpu().numpy(),
    }


def _quantised(activations: Tensor) -> tuple[Tensor, Tensor]:
    scales = activations.abs().amax(1)
    steps = activations / scales.clamp_min(torch.finfo(torch.float32).tiny)[:, None] * STEPS
    return (steps.round() + STEPS + 1).to(torch.uint8), scales
