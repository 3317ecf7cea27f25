"""Which part of the picture made the network answer what it answered? Three ways to ask.

*Saliency* asks the gradient: if this pixel were a little brighter, how much would the score change?
*Occlusion* asks the network itself: cover a patch and see how much of its certainty goes.
*Grad-CAM* asks the last feature maps: which of them speak for this class, and where are they lit?
They answer different questions, so they disagree, and the disagreement is worth a look.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from dlviz.probes.observation import Passage, answers, batch, evaluating, stages, watch


def gradient(network: nn.Module, picture: np.ndarray, target: int) -> np.ndarray:
    """Return (28, 28) float32, 0 or more: how fast the score of class `target` changes with each pixel of 0..1.

    Source: Simonyan, Vedaldi, Zisserman, "Deep inside convolutional networks", 2014, section 3.1: |∂S_c/∂x|.
    """
    inputs = batch(network, picture).requires_grad_()
    with torch.enable_grad(), evaluating(network):
        (slopes,) = torch.autograd.grad(network(inputs)[0, target], inputs)
    return slopes[0, 0].abs().float().cpu().numpy()


def occlusion(network: nn.Module, picture: np.ndarray, target: int, patch: int = 5, stride: int = 1) -> np.ndarray:
    """Return (28, 28) float32: how much the probability of class `target` drops when a black patch covers a place.

    A square of `patch` pixels a side is laid around every `stride`-th pixel; with a stride above 1 the
    pixels of one stride × stride square share a value. Negative where covering helps the class.
    Source: Zeiler, Fergus, "Visualizing and understanding convolutional networks", 2014, section 4.2.
    """
    whole = batch(network, picture)
    height, width = whole.shape[-2:]
    rows, columns = (_covered(side, patch, stride).to(whole.device) for side in (height, width))
    hidden = rows[:, None, :, None] & columns[None, :, None, :]  # (R, C, H, W), one mask per place
    covered = whole.masked_fill(hidden.flatten(0, 1)[:, None], 0)  # (R·C, 1, H, W)
    drops = answers(network, whole)[0, target] - answers(network, covered)[:, target]
    drops = drops.view(len(rows), len(columns)).repeat_interleave(stride, 0).repeat_interleave(stride, 1)
    return drops[:height, :width].float().cpu().numpy()


def _covered(side: int, patch: int, stride: int) -> Tensor:
    """Return (places, side) booleans: which of the pixels along one side a patch at each place covers."""
    centres = torch.arange(0, side, stride).add(stride // 2).clamp(max=side - 1)[:, None]
    pixels = torch.arange(side)
    first = centres - (patch - 1) // 2
    return (pixels >= first) & (pixels < first + patch)


def grad_cam(network: nn.Module, picture: np.ndarray, target: int, stage: str | None = None) -> np.ndarray:
    """Return (28, 28) float32, 0 or more: where the maps of a stage speak for class `target`.

    `stage` is any stage that gives maps; left out, it is the last convolution, after its activation and
    before its pooling. Where nothing speaks for the class, the map is zero everywhere.
    Source: Selvaraju et al., "Grad-CAM", 2017, equations 1 and 2: ReLU(Σ_k α_k A^k), where α_k is the
    mean of ∂y_c/∂A^k over the map; enlarged bilinearly, as there.
    Raises: ValueError where the network has no such stage or it gives no maps.
    """
    inputs = batch(network, picture).requires_grad_()
    with torch.enable_grad():
        passages = watch(network, inputs)
        maps = _maps(network, passages, stage)
        score = list(passages.values())[-1].left[0, target]
        (slopes,) = torch.autograd.grad(score, maps)
    weights = slopes.mean(dim=(2, 3), keepdim=True)  # (1, C, 1, 1)
    evidence = (weights * maps.detach()).sum(dim=1, keepdim=True).relu()  # (1, 1, H, W)
    large = functional.interpolate(evidence, inputs.shape[-2:], mode="bilinear", align_corners=False)
    return large[0, 0].float().cpu().numpy()


def _maps(network: nn.Module, passages: dict[str, Passage], stage: str | None) -> Tensor:
    """Return the maps (1, C, H, W) of a stage, or those of the last convolution after its activation."""
    name = _last_convolution(network) if stage is None else stage
    if name not in passages or passages[name].left.ndim != 4:
        maps = ", ".join(name for name, passage in passages.items() if passage.left.ndim == 4)
        raise ValueError(f"stage: {name!r} gives no maps; Grad-CAM needs one of: {maps or '(this network has none)'}")
    return passages[name].left


def _last_convolution(network: nn.Module) -> str | None:
    """Return the name of the stage whose maps are those of the last convolution, normalised and activated."""
    last = None
    for name, part in stages(network).items():
        if isinstance(part, nn.Conv2d):
            last, open_end = name, True
        elif isinstance(part, nn.MaxPool2d | nn.AvgPool2d | nn.Flatten | nn.Linear):
            open_end = False
        elif last is not None and open_end:
            last = name
    return last
