"""What is said of gradients that vanish or explode while a deep network learns."""

WORDS = {
    "title": ("Vanishing and exploding gradients", "梯度消失与梯度爆炸"),
    "lead": (
        "A deep network learns 200 points, and at every update the length of each layer's gradient is measured. Where it vanishes, the first layers learn nothing; where it explodes, everything is lost.",
        "一个深层网络学习 200 个点，每次更新都测量每一层梯度的长度。梯度消失，最前面的层就什么也学不到；梯度爆炸，一切都会丢失。",
    ),
    "learning": ("Learning with the new settings …", "正在用新的设置学习……"),
    "layers": ("{layers} layers", "{layers} 层"),
    "rate": ("rate {rate}", "学习率 {rate}"),
    "helps.norm": ("normalized ({norm})", "归一化（{norm}）"),
    "helps.shortcut": ("shortcuts", "残差连接"),
    "helps.clip": ("clipped at {clip}", "裁剪到 {clip}"),
    "code": ("The PyTorch you just ran", "你刚刚运行的 PyTorch"),
    "code.lead": (
        "Run alone, it prints the same losses and gradients.",
        "单独运行，它会打印同样的损失和梯度。",
    ),
    "code.download": ("Download the script", "下载脚本"),
    # ------------------------------------------------------------------- what theory says of fresh layers
    "theory.beside": (
        "That is the gradient by a layer's signals before any update; the lengths above are by its weights, so the size of its signals counts too, and the first layer, of two inputs, has no shortcut.",
        "这说的是更新之前对各层信号的梯度；上面的长度是对权重的梯度，所以信号的大小也算在内，而且只有两个输入的第一层没有残差连接。",
    ),
    "theory.plain": (
        "In theory, a wide layer with fresh weights multiplies the mean square of a gradient by χ = n·Var(w)·E[f′²] (Schoenholz et al. 2017): below 1 it vanishes, above 1 it explodes. “In depth” on the page of activations measures it.",
        "理论上，一层足够宽、刚初始化的网络把梯度的均方乘上 χ = n·Var(w)·E[f′²]（Schoenholz 等，2017）：小于 1 就消失，大于 1 就爆炸。激活函数页的“层层叠加”里可以量到它。",
    ),
    "theory.shortcut": (
        "In theory, with a shortcut a wide layer with fresh weights multiplies the mean square of a gradient by 1 + χ instead of χ = n·Var(w)·E[f′²] (Yang & Schoenholz 2017): never below 1, so nothing vanishes, but much can explode.",
        "理论上，有残差连接时，一层足够宽、刚初始化的网络把梯度的均方乘上 1 + χ，而不是 χ = n·Var(w)·E[f′²]（Yang 和 Schoenholz，2017）：不会小于 1，所以梯度不会消失，却可能爆炸。",
    ),
    "theory.batch": (
        "In theory, with batch normalization a wide layer with fresh weights multiplies the mean square of a gradient by E[f′²] / Var f, however large the weights are (Yang et al. 2019).",
        "理论上，用批归一化时，一层足够宽、刚初始化的网络把梯度的均方乘上 E[f′²] / Var f，与权重大小无关（Yang 等，2019）。",
    ),
    "theory.layer": (
        "In theory, with layer normalization a wide layer with fresh weights multiplies the mean square of a gradient by E[f′²] / E[f²], however large the weights are (Ba et al. 2016).",
        "理论上，用层归一化时，一层足够宽、刚初始化的网络把梯度的均方乘上 E[f′²] / E[f²]，与权重大小无关（Ba 等，2016）。",
    ),
    "theory.normed_shortcut": (
        "In theory, a shortcut around a normalized layer multiplies the mean square of a gradient by 1 + χ, and χ falls about as 1/l with the layer l, since signals add up: almost no layer changes it (De & Smith 2020).",
        "理论上，绕过归一化层的残差连接把梯度的均方乘上 1 + χ；信号逐层相加，所以 χ 大约随层数 l 按 1/l 变小：几乎没有哪一层会改变梯度（De 和 Smith，2020）。",
    ),
    # ------------------------------------------------------------------------------ the picture
    "picture.label": (
        "Length of every layer's gradient over the updates. Arrow keys go from update to update, with shift by ten.",
        "各层梯度的长度随更新的变化。方向键逐次移动，按住 Shift 每次移动十步。",
    ),
    "picture.heat.title": ("Gradient of each layer, update by update", "每一层的梯度，逐次更新"),
    "picture.profile.title": ("By layer, at update {step}", "各层，第 {step} 次更新"),
    "picture.loss.title": ("Loss (cross-entropy, lower is better)", "损失（交叉熵，越低越好）"),
    "picture.total.title": ("Length of the whole gradient", "整个梯度的长度"),
    "picture.map.title": ("What it says of the plane", "它对平面的回答"),
    "picture.scores": ("scores", "得分"),
    "picture.layer": ("layer", "层"),
    "picture.step": ("update", "更新"),
    "picture.now": ("this lesson", "这一次"),
    "picture.before": ("the one before: {name}", "上一次：{name}"),
    "picture.as_is": ("as computed", "算出来的"),
    "picture.clipped": ("as used, after clipping", "裁剪后实际使用的"),
    "picture.limit": ("longest allowed: {clip}", "允许的最大长度：{clip}"),
    "picture.play": ("Play", "播放"),
    "picture.pause": ("Pause", "暂停"),
    "picture.slider": ("Update on show", "正在显示的更新"),
    "picture.at": ("Update {step} of {steps}", "第 {step} 次更新，共 {steps} 次"),
    "picture.numbers": (
        "Loss {loss} · {share} of the points right · gradient of the first layer {first}, of the last hidden one {last}",
        "损失 {loss} · {share} 的点答对 · 第一层的梯度 {first}，最后一个隐藏层 {last}",
    ),
    "picture.passed": (
        "From layer {layers} back to layer 1 the gradient is multiplied by {passed}, × {factor} a layer; before the first update it was {start}.",
        "从第 {layers} 层传回第 1 层，梯度被乘上 {passed}，即每层 × {factor}；第一次更新之前是 {start}。",
    ),
    "picture.nothing": (
        "No gradient arrives anywhere: every layer stands still.",
        "哪里都没有梯度：每一层都停住了。",
    ),
    "picture.shortened": (
        "The whole gradient, {total} long, was shortened to {clip} for this update.",
        "整个梯度长 {total}，这次更新把它缩短到 {clip}。",
    ),
    "picture.diverged": (
        "After update {step} a number was no longer finite: the gradients had exploded. The picture stops there.",
        "第 {step} 次更新之后出现了不再有限的数：梯度爆炸了。图就停在这里。",
    ),
    "picture.zero": ("exactly 0", "恰好为 0"),
    "picture.cell": ("{layer}, update {step}: {value}", "{layer}，第 {step} 次更新：{value}"),
    "picture.class": ("orange: class 0, blue: class 1", "橙色：类别 0，蓝色：类别 1"),
    # ---------------------------------------------------------------------------- things to try
    "preset.passed.0": ("More than a tenth", "十分之一以上"),
    "preset.passed.1": ("More than a thousandth", "千分之一以上"),
    "preset.passed.2": ("Less than a thousandth", "不到千分之一"),
    "preset.learnt.0": ("Learns it (over 90 % right)", "学会了（答对 90% 以上）"),
    "preset.learnt.1": ("Learns part of it", "学会一部分"),
    "preset.learnt.2": ("Learns nothing (60 % or less)", "什么也没学到（60% 以下）"),
    "preset.learnt.3": ("Runs away: no finite numbers left", "失控：数值不再有限"),
    "preset.sigmoid": ("Ten sigmoids", "十层 Sigmoid"),
    "preset.sigmoid.question": (
        "Ten sigmoid layers with Xavier's weights. Of the gradient of the last hidden layer, how much arrives at the first one before any update?",
        "十层 Sigmoid，用 Xavier 的权重。更新之前，最后一个隐藏层的梯度有多少能传到第一层？",
    ),
    "preset.sigmoid.found": (
        "It is multiplied by {passed}, and after {steps} updates {share} % of the points are right: the network has only found which answer is safest. The layers near the points never moved.",
        "它被乘上 {passed}；更新 {steps} 次之后，{share}% 的点答对：网络只找到了最稳妥的答案。靠近输入的那些层从来没有动过。",
    ),
    "preset.he": ("ReLU and He", "ReLU 配 He"),
    "preset.he.question": (
        "The same ten layers, but ReLU with He's weights. What will it do with its updates?",
        "同样十层，换成 ReLU 和 He 的权重。它会学成什么样？",
    ),
    "preset.he.found": (
        "{share} % right, loss {loss}. Half of the units pass the gradient on whole, and He's weights make up for the other half.",
        "答对 {share}%，损失 {loss}。一半的单元把梯度原样传下去，He 的权重补上了另一半。",
    ),
    "preset.norm": ("Sigmoids, normalized", "Sigmoid 加归一化"),
    "preset.norm.question": (
        "The sigmoids again, with batch normalization before each. What will it do now?",
        "还是 Sigmoid，每层之前加上批归一化。现在呢？",
    ),
    "preset.norm.found": (
        "{share} % right, loss {loss}. Normalized sums stay where a sigmoid is steepest, and what was lost in size is given back at every layer.",
        "答对 {share}%，损失 {loss}。归一化后的加权和停在 Sigmoid 最陡的地方，每一层丢掉的大小又补了回来。",
    ),
    "preset.explode": ("Large weights", "大权重"),
    "preset.explode.question": (
        "ReLU with normal weights of deviation 0.6, and a learning rate of 0.1. What will it do?",
        "ReLU，权重是标准差 0.6 的正态分布，学习率 0.1。会怎样？",
    ),
    "preset.explode.found": (
        "The first gradient is {length} long: one update throws the weights so far that the next one is longer still, and after {steps} updates nothing is finite any more.",
        "第一个梯度长 {length}：一次更新就把权重甩得很远，下一个梯度更长；更新 {steps} 次之后，没有一个数还是有限的。",
    ),
    "preset.clip": ("Large weights, clipped", "大权重加裁剪"),
    "preset.clip.question": (
        "The same weights and the same rate, but no gradient may be longer than 1. And now?",
        "同样的权重、同样的学习率，但梯度不许超过 1。现在呢？",
    ),
    "preset.clip.found": (
        "{share} % right, loss {loss}. The first gradient was {length} long; clipped to 1 it keeps its direction, and the updates stay small enough to find the way down.",
        "答对 {share}%，损失 {loss}。第一个梯度长 {length}；裁剪到 1 之后方向不变，更新小到足以找到下坡的路。",
    ),
    "preset.shortcut": ("Faint weights, shortcuts", "小权重加残差"),
    "preset.shortcut.question": (
        "Twenty tanh layers with faint weights (deviation 0.1) would pass hardly anything on. With a shortcut around every layer, what will they do?",
        "二十层 tanh，权重很小（标准差 0.1），几乎传不了任何东西。给每层加上残差连接，会怎样？",
    ),
    "preset.shortcut.found": (
        "{share} % right, loss {loss}. Around every layer there is a way on which nothing is lost, so the first layer's gradient is {first} long. Switch the shortcuts off to see what it is without them.",
        "答对 {share}%，损失 {loss}。每层旁边都有一条什么也不会丢失的路，所以第一层的梯度长 {first}。关掉残差连接，看看没有它会怎样。",
    ),
}
