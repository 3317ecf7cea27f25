"""The words of the editors that are built from specs."""

WORDS = {
    "impossible": (
        "These settings do not go together, so the network stays as it was: {fields}.",
        "这些设置不能同时成立，网络保持原样：{fields}。",
    ),
    "block": ("Convolution {number}", "卷积 {number}"),
    "block.maps": ("{before}×{before} → {after}×{after}", "{before}×{before} → {after}×{after}"),
    "block.add": ("Add a convolution", "添加一层卷积"),
    "block.add.help": ("Put one more convolution before the dense layers.", "在全连接层之前再加一层卷积。"),
    "block.remove": ("Remove", "移除"),
    "block.remove.help": ("Take this convolution out of the network.", "从网络中去掉这层卷积。"),
    "block.too_small": (
        "Convolution {number} would shrink its maps to nothing, so the network stays as it was: "
        "use a smaller kernel, stride or pooling, or more padding.",
        "第 {number} 层卷积会让特征图缩小到什么都不剩，网络保持原样：请用更小的卷积核、步幅或池化，或更多的填充。",
    ),
    "layer": ("Layer {number}", "第 {number} 层"),
    "layer.help": ("How many units this layer has.", "这一层有多少个单元。"),
    "layer.add": ("Add a layer", "添加一层"),
    "layer.add.help": ("Put one more layer before the answer.", "在输出之前再加一层。"),
    "layer.remove": ("Remove the last", "移除最后一层"),
    "layer.remove.help": ("Take the last layer out of the network.", "从网络中去掉最后一层。"),
    "layer.none": ("No hidden layer: the answer is read off directly.", "没有隐藏层：直接给出答案。"),
    "yes": ("on", "开"),
}
