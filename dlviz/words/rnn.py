"""The words of the page about recurrent networks."""

WORDS = {
    "title": ("Recurrent network", "循环神经网络"),
    "lead": (
        "A network reads one letter at a time and carries what it has read in a state of a few numbers. "
        "Type a name and watch its belief move letter by letter, while the network still learns.",
        "网络一次读一个字母，把读过的内容记在由几十个数组成的状态里。输入一个姓氏，看它的判断怎样逐个字母地变化，而网络还在学习。",
    ),
    "part": ("What is read", "读什么"),
    "part.names": ("Names to language", "姓氏 → 语言"),
    "part.recall": ("Remember a sign", "记住符号"),
    "part.sunspots": ("Sunspots", "太阳黑子"),
    "part.writing": ("Write names", "写姓氏"),
    # ------------------------------------------------------------------------------- one reading
    "typed": ("A surname", "姓氏"),
    "typed.hint": ("type any surname", "输入任意姓氏"),
    "unreadable": (
        "“{typed}” holds a sign that is none of the letters a to z, space, apostrophe or hyphen. Accents are taken off; other scripts this network has not learnt.",
        "“{typed}”里有网络不认识的符号。它只认识字母 a 到 z、空格、撇号和连字符；变音符号会自动去掉，其他文字它没有学过。",
    ),
    "sign": ("The sign to remember", "要记住的符号"),
    "reading.label": (
        "The network unrolled in time: a column for every step that it reads. Arrow keys move from step to step.",
        "按时间展开的网络：读入的每一步是一列。用方向键逐步移动。",
    ),
    "belief.names": (
        "Belief after each letter: P(language | letters so far)",
        "读完每个字母后的判断：P(语言 | 已读字母)",
    ),
    "belief.recall": (
        "Answer if the row ended there: P(sign | read so far)",
        "如果到此为止，它的回答：P(符号 | 已读内容)",
    ),
    "state": ("State h, {count} numbers at each step", "状态 h，每一步 {count} 个数"),
    "gate.gru.keep": ("Gate z: how much of each number is kept", "门 z：每个数保留多少"),
    "gate.gru.reset": ("Gate r: how much of the state the new value listens to", "门 r：新值参考多少旧状态"),
    "gate.lstm.keep": ("Gate f (forget): how much of the memory is kept", "门 f（遗忘门）：记忆保留多少"),
    "gate.lstm.write": ("Gate i (input): how much of the new is written", "门 i（输入门）：写入多少新内容"),
    "gate.lstm.show": (
        "Gate o (output): how much of the memory shows in the state",
        "门 o（输出门）：记忆有多少显露在状态里",
    ),
    "gradient.names": (
        "‖∂loss/∂h‖ at each letter (log scale), of the surprise at the answer it gives",
        "每个字母处的 ‖∂损失/∂h‖（对数坐标），损失取它所给答案的意外程度",
    ),
    "gradient.recall": (
        "‖∂loss/∂h‖ at each step (log scale), of the surprise at the true sign",
        "每一步的 ‖∂损失/∂h‖（对数坐标），损失取真实符号的意外程度",
    ),
    "said.names": ("“{read}” → {best}, {share}", "“{read}” → {best}，{share}"),
    "said.recall": (
        "Step {step}: it would say {best} ({share}) · ‖∂loss/∂h‖ = {gradient}",
        "第 {step} 步：它会说 {best}（{share}）· ‖∂损失/∂h‖ = {gradient}",
    ),
    "accuracy.names": ("names told right, higher is better", "判断正确的姓氏比例，越高越好"),
    "accuracy.recall": ("signs remembered, higher is better", "记住的符号比例，越高越好"),
    # --------------------------------------------------------------------------------- who wins
    "evidence.names": ("Does it beat counting letters?", "它比数字母更好吗？"),
    "evidence.recall": ("How long does it remember?", "它能记多久？"),
    "matrix.label": ("Confusion matrix of the validation names", "验证集姓氏的混淆矩阵"),
    "matrix.truth": ("the name's language", "姓氏的语言"),
    "matrix.answer": ("the network's answer", "网络的回答"),
    "matrix.cell": (
        "{count} of {total} {truth} names were taken for {answer} ({share})",
        "{total} 个{truth}姓氏中有 {count} 个被当成{answer}（{share}）",
    ),
    "matrix.right": (
        "{count} of {total} {truth} names were told right ({share})",
        "{total} 个{truth}姓氏中有 {count} 个判断正确（{share}）",
    ),
    "matrix.none": ("No {truth} name was shown", "没有出现{truth}姓氏"),
    "matrix.scale": ("share of the row", "占该行的比例"),
    "scores.label": ("Names told right", "判断正确的姓氏"),
    "scores.who": ("who", "谁"),
    "scores.how": ("sees", "看到的内容"),
    "scores.validation": ("validation names", "验证集姓氏"),
    "scores.test": ("test names", "测试集姓氏"),
    "scores.network": ("This network", "这个网络"),
    "scores.letters": ("letters in their order", "按顺序的字母"),
    "scores.groups": ("Groups of 1 to 4 letters", "1 到 4 个字母的组合"),
    "scores.features": ("which of {count} occur", "{count} 种组合中出现了哪些"),
    "scores.guessing": ("Guessing", "瞎猜"),
    "verdict.network": (
        "The network is ahead by **{points} points** {part}.",
        "网络在{part}领先 **{points} 个百分点**。",
    ),
    "verdict.groups": (
        "Counting groups of letters wins here, by **{points} points** {part}: a logistic regression, fitted in about a second. With so few names, order beyond four letters tells little more.",
        "这里数字母组合更好，{part}领先 **{points} 个百分点**：只是一个约一秒就拟合好的逻辑回归。姓氏这么少，四个字母以外的顺序带来不了多少信息。",
    ),
    "verdict.even": ("Both are about equal {part}.", "两者在{part}不相上下。"),
    "on.validation": ("on the validation names so far", "目前的验证集上"),
    "on.test": ("on the test names", "测试集上"),
    "seeds": ("Train with {count} seeds", "用 {count} 个种子训练"),
    "seeds.help": (
        "Each seed draws another split and other first weights; the spread says how much one score means.",
        "每个种子抽出不同的划分和初始权重；分数的散布说明一次结果有多可信。",
    ),
    "seeds.running": ("{count} networks are learning, one after the other …", "{count} 个网络正在逐个学习……"),
    "seeds.found": (
        "{name}: **{mean} ± {deviation} %** of the test names (mean and standard deviation over the seeds).",
        "{name}：测试集姓氏 **{mean} ± {deviation} %**（各种子的均值与标准差）。",
    ),
    "seeds.x": ("seed", "种子"),
    "seeds.y": ("test names told right, higher is better", "测试集判断正确的比例，越高越好"),
    "seeds.label": ("Test score of every seed", "每个种子的测试分数"),
    "seeds.at": ("Seed {x}: {value}", "种子 {x}：{value}"),
    # --------------------------------------------------------------------------- what it remembers
    "delays.lead": (
        "Each network learnt **one** delay. Here it is asked after others.",
        "每个网络只学过**一种**延迟。这里改用其他延迟来考它。",
    ),
    "delays.x": ("blanks before the question", "提问前的空白数"),
    "delays.y": ("signs remembered", "记住的符号"),
    "delays.label": ("Signs remembered over the delay, for every network", "各个网络在不同延迟下记住的符号"),
    "delays.at": ("After {x} blanks", "{x} 个空白之后"),
    "reach.lead": (
        "Only what the gradient reaches can be learnt: ‖∂loss/∂h‖, measured at every step back.",
        "梯度到得了的地方才学得到：逐步往回测得的 ‖∂损失/∂h‖。",
    ),
    "reach.x": ("steps before the question", "提问之前的步数"),
    "reach.y": ("‖∂loss/∂h‖, log scale", "‖∂损失/∂h‖，对数坐标"),
    "reach.label": ("Length of the gradient at every step back, for every network", "各个网络往回每一步的梯度长度"),
    "reach.at": ("{x} steps before the question", "提问前 {x} 步"),
    # -------------------------------------------------------------------------------- things to try
    "preset.forget": ("30 blanks, plain network", "30 个空白，普通 RNN"),
    "preset.forget.question": (
        "A plain network sees one of four signs, then 30 blanks, then must say which it was. Will it learn that?",
        "普通网络先看到四个符号之一，再看 30 个空白，然后要说出是哪一个。它学得会吗？",
    ),
    "preset.forget.found": (
        "It remembers {validation} % of the signs, and guessing gives 25 %. The last chart below shows why: a gradient that has come so far back is next to nothing.",
        "它记住了 {validation} % 的符号，而瞎猜是 25 %。下面最后一张图说明原因：梯度往回走这么远，几乎为零。",
    ),
    "preset.gated": ("40 blanks, GRU", "40 个空白，GRU"),
    "preset.gated.question": (
        "The same task with a gated network (GRU) and even more blanks, 40. Will it learn that?",
        "同样的任务，换成带门的网络（GRU），空白更多，40 个。它学得会吗？",
    ),
    "preset.gated.found": (
        "It remembers {validation} %. Its gate z can stay open: the state is handed on unchanged, and the gradient with it.",
        "它记住了 {validation} %。它的门 z 可以一直开着：状态原样往下传，梯度也跟着传回来。",
    ),
    "preset.memory.0": ("Nearly always right", "几乎全对"),
    "preset.memory.1": ("Some signs, not others", "只对一部分"),
    "preset.memory.2": ("No better than guessing", "和瞎猜一样"),
    "preset.few": ("50 names a language", "每种语言 50 个姓氏"),
    "preset.few.question": (
        "Instead of 400 names of each language the network gets 50. How many of the validation names does it tell right?",
        "每种语言不给 400 个姓氏，只给 50 个。验证集上它能判断对多少？",
    ),
    "preset.few.found": (
        "{validation} % of the validation names, {train} % of those it learnt from: it knows its few names by heart.",
        "验证集 {validation} %，训练集 {train} %：它把那点姓氏背了下来。",
    ),
    "preset.wild": ("Learning rate 0.1", "学习率 0.1"),
    "preset.wild.question": (
        "Thirty times the learning rate, with gradients still clipped to length 1. How well does it read after 8 epochs?",
        "学习率提高约三十倍，梯度长度仍裁剪到 1。八轮之后它读得怎么样？",
    ),
    "preset.wild.found": (
        "{validation} % of the validation names. Clipping keeps the numbers finite, but Adam's steps are as long as the learning rate says, clipped or not.",
        "验证集 {validation} %。裁剪让数值不至于爆掉，但 Adam 的步长由学习率决定，裁不裁剪都一样。",
    ),
    "preset.band.0": ("More than 70 %", "超过 70 %"),
    "preset.band.1": ("50 to 70 %", "50 到 70 %"),
    "preset.band.2": ("Less than 50 %", "不到 50 %"),
    "preset.longer": ("20 epochs", "20 轮"),
    "preset.longer.question": (
        "It reads all names 20 times instead of 8. How far apart will training and validation accuracy be?",
        "把所有姓氏读 20 遍而不是 8 遍。训练准确率和验证准确率会相差多少？",
    ),
    "preset.longer.found": (
        "{train} % against {validation} %: what it learns late are single names, not languages. Look how the validation loss climbs.",
        "{train} % 对 {validation} %：后来学到的是一个个姓氏，而不是语言。看验证损失怎样升上去。",
    ),
    "preset.gap.0": ("Over 10 points", "超过 10 个百分点"),
    "preset.gap.1": ("2 to 10 points", "2 到 10 个百分点"),
    "preset.gap.2": ("Less than 2", "不到 2 个百分点"),
    # -------------------------------------------------------------------------------------- behind
    "tab.meaning": ("What it means", "这意味着什么"),
    "tab.formula": ("Formula", "公式"),
    "tab.code": ("The code", "代码"),
    "tab.sources": ("Sources", "来源"),
    "formula.shapes": (
        "Today: *x* has {inputs} numbers, *h* has {state}; the matrices together are ({rows} × {inputs}) and ({rows} × {state}). "
        "The cell learns {cell} numbers, used again at every step; the whole network {whole}.",
        "当前：*x* 有 {inputs} 个数，*h* 有 {state} 个；矩阵合起来是 ({rows} × {inputs}) 和 ({rows} × {state})。"
        "循环单元学习 {cell} 个数，每一步重复使用；整个网络共 {whole} 个。",
    ),
}
