"""What the settings of a stack of layers are called, wherever a page asks about one."""

WORDS = {
    "layers": ("The stack", "这一叠层"),
    "start": ("First weights", "初始权重"),
    "cures": ("What might help", "可能的办法"),
    "learning": ("Learning", "学习"),
    "more": ("More settings", "更多设置"),
    "another": ("Draw anew", "重新抽取"),
    "another.help": (
        "Draw other first weights: the next seed.",
        "换下一个种子，重新抽取初始权重。",
    ),
    "deep_layers": ("Layers", "层数"),
    "deep_layers.help": ("How many layers stand on top of each other.", "有多少层叠在一起。"),
    "deep_width": ("Width", "宽度"),
    "deep_width.help": (
        "How many units each layer has. The theory is about wide layers; narrow ones stray from it.",
        "每层有多少个单元。理论讲的是很宽的层，窄的层会偏离它。",
    ),
    "deep_bend": ("Activation", "激活函数"),
    "deep_bend.help": ("The bend f that each unit puts into its sum.", "每个单元对加权和做的弯折 f。"),
    "deep_start": ("Initial weights", "初始权重"),
    "deep_start.help": (
        "How the first weights are drawn. In a stack of equal layers Xavier and LeCun have the same variance, He twice that.",
        "最初的权重怎样抽取。各层一样宽时，Xavier 与 LeCun 的方差相同，He 是它们的两倍。",
    ),
    "deep_scale": ("Deviation of the weights", "权重的标准差"),
    "deep_scale.help": (
        "The standard deviation that the normal weights are drawn with, whatever the width.",
        "不管宽度是多少，都用这个标准差抽取正态分布的权重。",
    ),
    "deep_norm": ("Normalization", "归一化"),
    "deep_norm.help": (
        "Brings the sums to mean 0 and deviation 1 before the bend: over the batch for each unit, or over the layer for each example.",
        "在弯折之前，把加权和变成均值 0、标准差 1：或者每个单元在一批样本上做，或者每个样本在一层单元上做。",
    ),
    "deep_seed": ("Seed", "随机种子"),
    "deep_seed.help": (
        "The same seed gives exactly the same numbers; another one, another try.",
        "同一个种子得到完全相同的数；换一个就是另一次尝试。",
    ),
    "deep_batch": ("Signals", "信号个数"),
    "deep_batch.help": (
        "How many random signals go through the stack at once.",
        "同时有多少个随机信号通过这一叠层。",
    ),
    "deep_shortcut": ("Shortcuts", "残差连接"),
    "deep_shortcut.help": (
        "Each layer adds to what it was given, h + f(…), instead of replacing it: a residual connection.",
        "每一层在收到的信号上做加法 h + f(…)，而不是把它换掉。这就是残差连接。",
    ),
    "deep_data": ("Points", "数据点"),
    "deep_data.help": ("The 200 points of two classes that it learns.", "它要学习的 200 个点，分为两类。"),
    "deep_rate": ("Learning rate", "学习率"),
    "deep_rate.help": (
        "How far each update goes: w ← w − rate · gradient.",
        "每次更新走多远：w ← w − 学习率 · 梯度。",
    ),
    "deep_clip": ("Longest gradient", "梯度的最大长度"),
    "deep_clip.help": (
        "A longer gradient is shortened to this before the update, its direction kept. 0 lets any length pass.",
        "更长的梯度在更新前会缩短到这个长度，方向不变。0 表示不限制。",
    ),
    "deep_steps": ("Updates", "更新次数"),
    "deep_steps.help": (
        "How many updates it learns for, each on all 200 points.",
        "一共更新多少次，每次都用全部 200 个点。",
    ),
    "option.selu": ("SELU", "SELU"),
    "option.mish": ("Mish", "Mish"),
    "option.softplus": ("Softplus", "Softplus"),
    "option.softsign": ("Softsign", "Softsign"),
    "option.normal": ("Normal, own deviation", "正态，自选标准差"),
    "option.batch": ("Batch", "批"),
    "option.layer": ("Layer", "层"),
    "option.identity": ("None (linear)", "无（线性）"),
}
