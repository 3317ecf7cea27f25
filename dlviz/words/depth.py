"""What is said of signals and gradients in a deep stack of fresh layers."""

WORDS = {
    # ------------------------------------------------------------------------------ the picture
    "picture.label": (
        "Signals and gradients by layer. Arrow keys read one layer after the other.",
        "各层的信号与梯度。用方向键一层一层地读。",
    ),
    "picture.signals": ("Signals, on their way up", "信号，一路向上"),
    "picture.gradients": ("Gradients, on their way back", "梯度，一路返回"),
    "picture.signals.title": ("Signals: what each layer gives", "信号：每一层给出的数"),
    "picture.gradients.title": ("Gradients: what arrives at each layer", "梯度：传到每一层的数"),
    "picture.lines.title": (
        "Size by layer (root mean square, log scale)",
        "各层的大小（均方根，对数坐标）",
    ),
    "picture.units.title": (
        "At a flat end of f, where hardly any gradient passes",
        "落在 f 的平坦处：梯度几乎过不去",
    ),
    "picture.factor": ("× {factor}", "× {factor}"),
    "picture.a_layer": ("a layer, measured", "每层，实测"),
    "picture.theory": ("In theory × {theory} a layer", "理论值：每层 × {theory}"),
    "picture.theory.variance": (
        "variance × {variance}, from {formula} with n·Var(w) = {start}",
        "方差 × {variance}，由 {formula} 得出，其中 n·Var(w) = {start}",
    ),
    "picture.theory.normed": (
        "variance × {variance}, from {formula}, whatever the weights",
        "方差 × {variance}，由 {formula} 得出，与权重大小无关",
    ),
    "picture.shrinks": ("Shrinks: × {whole} after {layers} layers", "缩小：{layers} 层之后 × {whole}"),
    "picture.keeps": ("Keeps its size: × {whole} after {layers} layers", "大小保持：{layers} 层之后 × {whole}"),
    "picture.grows": ("Grows: × {whole} after {layers} layers", "放大：{layers} 层之后 × {whole}"),
    "picture.layer": ("layer", "层"),
    "picture.own": ("Each layer on its own scale", "每层用自己的刻度"),
    "picture.own.help": (
        "Shows the shape of each layer's numbers, whatever their size.",
        "不管大小，只看每层数字分布的形状。",
    ),
    "picture.in_theory": ("theory", "理论"),
    "picture.line.signals": ("signals", "信号"),
    "picture.line.gradients": ("gradients", "梯度"),
    "picture.line.apart": ("difference between two inputs", "两个输入之间的差别"),
    "picture.flat": ("flat: this share of all sums", "平坦：占全部加权和的比例"),
    "picture.dead": ("dead: units that are flat for every signal", "失活：对所有信号都平坦的单元"),
    "picture.hint": ("Point at a layer to read its numbers.", "指向某一层，读出它的数。"),
    "picture.said": (
        "Layer {layer}: signals {signals} (theory {signals_theory}), gradient {gradients} (theory {gradients_theory}), difference between inputs {apart}",
        "第 {layer} 层：信号 {signals}（理论 {signals_theory}），梯度 {gradients}（理论 {gradients_theory}），输入之间的差别 {apart}",
    ),
    "picture.said.units": (
        "; {flat} of its sums flat, {dead} of its units dead",
        "；{flat} 的加权和平坦，{dead} 的单元失活",
    ),
    "picture.said.input": ("; this is what goes in", "；这是输入"),
    # ---------------------------------------------------------------------------- things to try
    "preset.band.0": ("Less than half of it", "不到一半"),
    "preset.band.1": ("More than half, but it shrinks", "一半以上，但在缩小"),
    "preset.band.2": ("About all of it", "几乎全部"),
    "preset.band.3": ("More than there was", "比原来还多"),
    "preset.sigmoid": ("Ten sigmoids", "十层 Sigmoid"),
    "preset.sigmoid.question": (
        "Ten sigmoid layers with Xavier's weights. How much of a gradient's size does one layer leave on the way back?",
        "十层 Sigmoid，用 Xavier 的权重。梯度往回走时，一层会留下它大小的多少？",
    ),
    "preset.sigmoid.found": (
        "Each layer leaves × {gradients}: {shrink} % are lost, and of the whole way × {down} remains. The slope of a sigmoid is never above ¼, so the first layers hear almost nothing.",
        "每层只留下 × {gradients}：损失 {shrink}%，整条路走完只剩 × {down}。Sigmoid 的斜率从不超过 ¼，所以最前面的层几乎什么也听不到。",
    ),
    "preset.xavier": ("ReLU with Xavier", "ReLU 配 Xavier"),
    "preset.xavier.question": (
        "Twenty ReLU layers with Xavier's weights, which were made for tanh. How much of a signal's size does one layer leave?",
        "二十层 ReLU，用的是为 tanh 设计的 Xavier 权重。一层会留下信号大小的多少？",
    ),
    "preset.xavier.found": (
        "× {signals} a layer. A ReLU cuts half of the numbers off, so the variance is halved: × ½ for the variance is × 0.707 for the size, and × {up} after {layers} layers.",
        "每层 × {signals}。ReLU 切掉一半的数，方差减半：方差 × ½ 就是大小 × 0.707，{layers} 层之后是 × {up}。",
    ),
    "preset.he": ("ReLU with He", "ReLU 配 He"),
    "preset.he.question": (
        "The same ReLU layers, but He's weights: twice the variance. How much of a signal's size does one layer leave now?",
        "同样的 ReLU 层，换成 He 的权重：方差加倍。现在一层会留下信号大小的多少？",
    ),
    "preset.he.found": (
        "× {signals} a layer for signals and × {gradients} for gradients: twice the variance makes up exactly for the half that a ReLU cuts off.",
        "信号每层 × {signals}，梯度每层 × {gradients}：加倍的方差正好补上 ReLU 切掉的一半。",
    ),
    "preset.explode": ("Weights a little larger", "权重大一点点"),
    "preset.explode.question": (
        "ReLU again, with plain normal weights of deviation 0.2. That looks small. How much of a signal's size does one layer leave?",
        "还是 ReLU，权重是标准差 0.2 的正态分布，看上去很小。一层会留下信号大小的多少？",
    ),
    "preset.explode.found": (
        "× {signals} a layer, and × {up} after {layers} layers. What counts is n·Var(w)/2 = 128 · 0.2² / 2 = 2.56, which is above 1.",
        "每层 × {signals}，{layers} 层之后是 × {up}。要看的是 n·Var(w)/2 = 128 · 0.2² / 2 = 2.56，它大于 1。",
    ),
    "preset.cure": ("The same, normalized", "同样的，加归一化"),
    "preset.cure.question": (
        "The same weights that explode, but with batch normalization before every ReLU. How much of a signal's size does one layer leave?",
        "还是会爆炸的那些权重，但在每个 ReLU 之前做批归一化。一层会留下信号大小的多少？",
    ),
    "preset.cure.found": (
        "× {signals} a layer: whatever the weights are, their size is divided out. Look at the gradients, though: × {gradients} a layer. Batch normalization of a fresh ReLU stack still lets them grow, by √(π/(π−1)) = 1.21 in theory.",
        "每层 × {signals}：权重不管多大，都被除掉了。但看看梯度：每层 × {gradients}。在刚初始化的 ReLU 层里，批归一化仍会让梯度变大，理论上是 √(π/(π−1)) = 1.21。",
    ),
}
