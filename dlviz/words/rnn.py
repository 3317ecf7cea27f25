"""The words of the page about recurrent networks."""

WORDS = {
    "title": ("Recurrent network", "循环神经网络"),
    "lead.names": (
        "A network reads one letter at a time and carries what it has read in a state of some dozens of numbers. "
        "Type a name and watch its belief move letter by letter, while the network still learns.",
        "网络一次读一个字母，把读过的内容记在由几十个数组成的状态里。输入一个姓氏，看它的判断怎样逐个字母地变化，而网络还在学习。",
    ),
    "lead.recall": (
        "A network sees one sign, then many blanks, and at the end must say which sign it was. "
        "Watch how long its state holds on to the sign, and how little of the gradient comes back so far.",
        "网络先看到一个符号，接着是许多空白，最后要说出那是哪个符号。看它的状态能把符号记多久，梯度往回走这么远又还剩多少。",
    ),
    "lead.sunspots": (
        "A network reads the sunspots of some years, one year at a time, and foretells the next. "
        "Then it goes on alone, reading its own forecasts: see how far that carries, beside a linear model and “as last year”.",
        "网络一年一年地读入太阳黑子数，预测下一年。然后它读入自己的预测，独自往下走：看它能走多远，旁边是线性模型和“和去年一样”。",
    ),
    "lead.writing": (
        "A network reads names letter by letter and learns how probable every letter is to come next. "
        "Letters drawn by these probabilities write new names: choose how they begin, and how daring they are.",
        "网络一个字母一个字母地读姓氏，学会每个字母接下来出现的概率。按这些概率抽取字母，就写出新的姓氏：怎样开头、有多大胆，由你来定。",
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
    "belief.sunspots": (
        "What was read (bars), and what is foretold after each year (dots); the last year is not read (frame)",
        "读入的数（柱），读完每一年后对下一年的预测（点）；最后一年没有读入（空框）",
    ),
    "belief.writing": (
        "What it expects to come next, the likeliest on top; framed: what does come",
        "它预计接下来出现的字母，最可能的在上；方框：实际出现的字母",
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
    "gradient.sunspots": (
        "‖∂loss/∂h‖ at each year (log scale), of the loss about the year that is foretold",
        "每一年处的 ‖∂损失/∂h‖（对数坐标），损失取对所预测年份的误差",
    ),
    "gradient.writing": (
        "‖∂loss/∂h‖ at each letter (log scale), of the surprise at the name's end",
        "每个字母处的 ‖∂损失/∂h‖（对数坐标），损失取对姓氏结束的意外程度",
    ),
    "said.names": ("“{read}” → {best}, {share}", "“{read}” → {best}，{share}"),
    "said.recall": (
        "Step {step}: it would say {best} ({share}) · ‖∂loss/∂h‖ = {gradient}",
        "第 {step} 步：它会说 {best}（{share}）· ‖∂损失/∂h‖ = {gradient}",
    ),
    "said.sunspots": (
        "After {symbol} ({value} spots) it foretells {foretold} for {year}; there were {truth}",
        "读完 {symbol} 年（{value} 个黑子），它预测 {year} 年 {foretold} 个；实际 {truth} 个",
    ),
    "said.writing": (
        "After “{read}” it expects {best} ({share}); there comes {next} ({next_share})",
        "读完“{read}”，它预计是 {best}（{share}）；实际是 {next}（{next_share}）",
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
        "Each seed draws other first weights, and another split where there is chance in it; the spread says how much one score means.",
        "每个种子抽出不同的初始权重，有随机划分的也重新划分；分数的散布说明一次结果有多可信。",
    ),
    "seeds.running": ("{count} networks are learning, one after the other …", "{count} 个网络正在逐个学习……"),
    "seeds.found.test_accuracy": (
        "{name}: **{mean} ± {deviation} %** of the test names told right (mean and standard deviation over the seeds).",
        "{name}：测试集姓氏判断正确 **{mean} ± {deviation} %**（各种子的均值与标准差）。",
    ),
    "seeds.found.validation_accuracy": (
        "{name}: **{mean} ± {deviation} %** of the signs remembered (mean and standard deviation over the seeds).",
        "{name}：记住的符号 **{mean} ± {deviation} %**（各种子的均值与标准差）。",
    ),
    "seeds.found.error": (
        "{name}: off by **{mean} ± {deviation}** sunspots on the test years, one year ahead (root mean square; mean and standard deviation over the seeds).",
        "{name}：提前一年，在测试年份偏差 **{mean} ± {deviation}** 个黑子（均方根；各种子的均值与标准差）。",
    ),
    "seeds.found.surprise": (
        "{name}: surprised by **{mean} ± {deviation}** nats a letter of the test names (mean and standard deviation over the seeds).",
        "{name}：对测试集姓氏每个字母的意外程度为 **{mean} ± {deviation}** 奈特（各种子的均值与标准差）。",
    ),
    "seeds.x": ("seed", "种子"),
    "seeds.y.test_accuracy": ("test names told right, higher is better", "测试集判断正确的比例，越高越好"),
    "seeds.y.validation_accuracy": ("signs remembered, higher is better", "记住的符号比例，越高越好"),
    "seeds.y.error": ("error on the test years, lower is better", "测试年份的误差，越低越好"),
    "seeds.y.surprise": ("surprise at the test names, lower is better", "对测试集姓氏的意外程度，越低越好"),
    "seeds.label": ("Score of every seed", "每个种子的分数"),
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
    # ------------------------------------------------------------------------------------- the years
    "evidence.sunspots": ("How far can it see?", "它能看多远？"),
    "loss.number": ("squared error in deviations, lower is better", "平方误差（标准差为单位），越低越好"),
    "r2.sunspots": ("R² of the numbers, higher is better", "黑子数的 R²，越高越好"),
    "years.said": (
        "One year ahead, the network on show is off by **{validation}** sunspots on the validation years (1901 on with the usual shares) and **{test}** on the test years, which chose nothing (root mean square).",
        "提前一年，当前的网络在验证年份（按默认比例从 1901 年起）平均偏差 **{validation}** 个黑子，在没有参与任何选择的测试年份偏差 **{test}**（均方根）。",
    ),
    "years.label": (
        "Sunspots of every year, and what the network foretold of it a year before",
        "每年的太阳黑子数，以及网络提前一年的预测",
    ),
    "years.x": ("year", "年份"),
    "years.y": ("sunspot number", "黑子相对数"),
    "years.truth": ("as it was", "实际"),
    "years.next": ("foretold a year before", "提前一年的预测"),
    "years.own": ("network, on its own", "网络独立预测"),
    "years.linear": ("linear, on its own", "线性模型独立预测"),
    "years.model.0": ("This network", "这个网络"),
    "years.model.1": ("Linear model", "线性模型"),
    "years.model.2": ("As last year", "和去年一样"),
    "years.sees.0": ("years in order", "按顺序的各年"),
    "years.sees.1": ("their weighted sum", "各年的加权和"),
    "years.sees.2": ("one year", "一年"),
    "years.best.0": ("this network", "这个网络"),
    "years.best.1": ("the linear autoregression", "线性自回归模型"),
    "years.best.2": ("“as last year”", "“和去年一样”"),
    "years.validation": ("validation years", "验证年份"),
    "years.test": ("test years", "测试年份"),
    "years.errors": (
        "Root mean squared error one year ahead, in sunspots; lower is better",
        "提前一年的均方根误差（黑子数），越低越好",
    ),
    "years.verdict": (
        "One year ahead, {near} is closest to the test years (off by {near_error}); eleven years ahead, {far} is (off by {far_error}). Root mean squared errors in sunspots, lower is better.",
        "提前一年，最接近测试年份的是{near}（偏差 {near_error}）；提前十一年，是{far}（偏差 {far_error}）。均方根误差，以黑子数计，越低越好。",
    ),
    "path.label": (
        "Sunspots of every year, and what two models foretell on their own from the chosen year on",
        "每年的太阳黑子数，以及两个模型从所选年份起的独立预测",
    ),
    "path.caption": (
        "On its own, a model reads what it foretold itself. Errors add up, cycle by cycle.",
        "独立预测时，模型读入的是自己的预测。误差一个周期一个周期地累积。",
    ),
    "ahead.x": ("years ahead", "提前的年数"),
    "ahead.y": ("error on the test years, lower is better", "测试年份的误差，越低越好"),
    "ahead.label": ("Error of three models over how many years ahead they foretell", "三个模型提前不同年数预测的误差"),
    "ahead.at": ("{x} years ahead", "提前 {x} 年"),
    # ------------------------------------------------------------------------------------- writing
    "evidence.writing": ("Does it write better than counting?", "它写得比数字母更好吗？"),
    "accuracy.writing": ("next letters told right, higher is better", "猜对下一个字母的比例，越高越好"),
    "beginning": ("Begins with", "开头"),
    "beginning.help": ("The network goes on from here, letter by letter.", "网络从这里一个字母一个字母往下写。"),
    "beginning.hint": ("nothing yet", "留空"),
    "again": ("Write others", "再写一批"),
    "again.help": ("Draws the letters anew.", "重新抽取字母。"),
    "writer.0": (
        "**This network** · surprise {surprise} nats a letter",
        "**这个网络** · 每个字母的意外程度 {surprise} 奈特",
    ),
    "writer.1": (
        "**Counting what follows {order} letters** · surprise {surprise} nats a letter",
        "**统计 {order} 个字母之后是什么** · 每个字母的意外程度 {surprise} 奈特",
    ),
    "written.legend": (
        "Blue names are in no list that the network learnt from or is judged by; grey ones are real names of the list. Surprise is measured on test names, lower is better.",
        "蓝色的姓氏不在任何学习或评判用的名单里；灰色的是名单里真实的姓氏。意外程度在测试集姓氏上测得，越低越好。",
    ),
    "written.counting": ("Both are being compared …", "正在比较……"),
    "written.network": (
        "On real names that neither has seen, the network is less surprised: **{network}** against **{counts}** nats a letter of the model that counts what follows {order} letters.",
        "在两者都没见过的真实姓氏上，网络的意外程度更低：每个字母 **{network}** 奈特，而统计 {order} 个字母之后是什么的模型是 **{counts}**。",
    ),
    "written.counts": (
        "On real names that neither has seen, counting what follows {order} letters is less surprised: **{counts}** against **{network}** nats a letter of the network.",
        "在两者都没见过的真实姓氏上，统计 {order} 个字母之后是什么的模型意外程度更低：每个字母 **{counts}** 奈特，网络是 **{network}**。",
    ),
    "written.even": (
        "On real names that neither has seen, both are about equally surprised: **{network}** nats a letter (counting what follows {order} letters: **{counts}**).",
        "在两者都没见过的真实姓氏上，两者的意外程度差不多：每个字母 **{network}** 奈特（统计 {order} 个字母之后是什么：**{counts}**）。",
    ),
    "written.new": (
        "Of {total} names each, {network} of the network's and {counts} of the other's are new.",
        "各写 {total} 个姓氏，网络有 {network} 个是新的，另一个有 {counts} 个。",
    ),
    "following.x": ("letter", "字母"),
    "following.y": (
        "P(next letter | “{beginning}”), as it is drawn from",
        "P(下一个字母 | “{beginning}”)，按抽取时的概率",
    ),
    "following.end": ("end", "完"),
    "following.label": ("How probable each letter is to come next", "每个字母接下来出现的概率"),
    "following.at": ("{x}: {value} %", "{x}：{value} %"),
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
    "preset.cut": ("Gradients of 5 steps", "梯度只回传 5 步"),
    "preset.cut.question": (
        "Truncated backpropagation: 30 blanks, a GRU, and no gradient goes back further than 5 steps. So none ever reaches the sign. Will it learn to remember it?",
        "截断反向传播：30 个空白，GRU，梯度最多往回传 5 步，永远到不了那个符号。它学得会记住吗？",
    ),
    "preset.cut.found": (
        "It remembers {validation} %. The weights are the same at every step: whatever helps to hold on through the last 5 blanks holds on through all 30. Cutting saves work, and here it costs nothing.",
        "它记住了 {validation} %。每一步用的是同样的权重：能撑过最后 5 个空白的，也能撑过全部 30 个。截断省了计算，这里并没有损失什么。",
    ),
    "preset.near": ("One year ahead", "提前一年"),
    "preset.near.question": (
        "Three models foretell the next year's sunspots. Who is closest on the test years, which nobody learnt from?",
        "三个模型预测下一年的太阳黑子。在谁都没学过的测试年份上，谁最接近？",
    ),
    "preset.near.found": (
        "Off by {network} sunspots (the network), {linear} (linear) and {last} (as last year), root mean square.",
        "均方根偏差：网络 {network} 个黑子，线性模型 {linear} 个，“和去年一样” {last} 个。",
    ),
    "preset.far": ("Eleven years ahead", "提前十一年"),
    "preset.far.question": (
        "Now eleven years ahead, each model reading what it foretold itself. Who is closest on the test years?",
        "现在提前十一年，每个模型读入自己的预测。在测试年份上，谁最接近？",
    ),
    "preset.far.found": (
        "Off by {network} sunspots (the network), {linear} (linear) and {last} (as last year). The sun's cycle takes about eleven years: saying that all stays as it is is hard to beat there.",
        "偏差：网络 {network} 个黑子，线性模型 {linear} 个，“和去年一样” {last} 个。太阳的周期约十一年：这时说“一切照旧”很难被超越。",
    ),
    "preset.rivals.0": ("The network", "网络"),
    "preset.rivals.1": ("A weighted sum of the years", "各年的加权和"),
    "preset.rivals.2": ("“As last year”", "“和去年一样”"),
    "preset.short": ("Two years to read", "只读两年"),
    "preset.short.question": (
        "The network reads only the last 2 years instead of 30. How much of the validation years' spread does it explain, one year ahead (R²)?",
        "网络只读最近 2 年，而不是 30 年。提前一年，它能解释验证年份离散程度的多少（R²）？",
    ),
    "preset.short.found": (
        "R² is {validation}. Two years say where the cycle is and whether it rises or falls; what twenty-eight more add, the table of the kept runs shows.",
        "R² 是 {validation}。两年已说明周期走到哪里、在升还是在降；再多二十八年能增加多少，看保留的运行对照表。",
    ),
    "preset.raw": ("Numbers, not roots", "读数本身"),
    "preset.raw.question": (
        "So far the network and the linear model read square roots of the sunspot numbers. Now both read the numbers themselves, and large cycles weigh more. Who is closest on the test years, one year ahead?",
        "之前网络和线性模型读的是黑子数的平方根。现在两者都读数本身，大的周期分量更重。提前一年，谁最接近测试年份？",
    ),
    "preset.raw.found": (
        "Off by {network} sunspots (the network), {linear} (linear) and {last} (as last year), root mean square. “One year ahead” says how far off they are with roots.",
        "均方根偏差：网络 {network} 个黑子，线性模型 {linear} 个，“和去年一样” {last} 个。读平方根时的偏差见“提前一年”。",
    ),
    "preset.explained.0": ("More than 0.85", "超过 0.85"),
    "preset.explained.1": ("0.7 to 0.85", "0.7 到 0.85"),
    "preset.explained.2": ("Less than 0.7", "不到 0.7"),
    "preset.versus": ("Network or counting", "网络还是计数"),
    "preset.versus.question": (
        "Real names that neither has seen are spelt out. Who is less surprised by the next letter: the network, or whoever counted which letter follows the few before?",
        "逐个字母拼出两者都没见过的真实姓氏。谁对下一个字母更不意外：网络，还是只统计前几个字母之后是什么的模型？",
    ),
    "preset.versus.found": (
        "{network} nats a letter (the network), {counts} (counting what follows {order} letters); lower is better.",
        "每个字母：网络 {network} 奈特，统计 {order} 个字母之后是什么的模型 {counts} 奈特；越低越好。",
    ),
    "preset.writers.0": ("The network", "网络"),
    "preset.writers.1": ("About even", "差不多"),
    "preset.writers.2": ("Whoever counts", "计数的模型"),
    "preset.cold": ("Temperature 0.3", "温度 0.3"),
    "preset.cold.question": (
        "At temperature 0.3 nearly always a likely letter is drawn. How many of 18 names that the network writes are real ones of its list?",
        "温度 0.3 时，几乎总是抽到可能的字母。网络写的 18 个姓氏里，有多少是名单中真实的？",
    ),
    "preset.cold.found": (
        "{listed} of {total} are in the list; {apart} are different from one another. It has learnt how such names sound, not the names.",
        "{total} 个里有 {listed} 个在名单中；互不相同的有 {apart} 个。它学到的是这类姓氏的样子，而不是姓氏本身。",
    ),
    "preset.listed.0": ("More than half", "超过一半"),
    "preset.listed.1": ("Some, at most half", "有一些，不超过一半"),
    "preset.listed.2": ("None", "一个也没有"),
    "preset.guesses": ("Reads its own guesses", "读自己的猜测"),
    "preset.guesses.question": (
        "While it learns, the network reads its own likeliest guess instead of the true letter (teacher forcing 0). Who is less surprised by real names then?",
        "学习时，网络读入的不是真实字母，而是自己最可能的猜测（教师强制 0）。这时谁对真实姓氏更不意外？",
    ),
    "preset.guesses.found": (
        "{network} nats a letter (the network), {counts} (counting). A wrong guess leads it off the name, and it learns little from what should have followed.",
        "每个字母：网络 {network} 奈特，计数 {counts} 奈特。猜错一次就偏离了姓氏，后面本该出现的字母教不了它多少。",
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
        "Twenty times the learning rate, and it does not fall; gradients are still clipped to length 1. How well does it read after 8 epochs?",
        "学习率提高到二十倍，而且不再下降；梯度长度仍裁剪到 1。八轮之后它读得怎么样？",
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
        "It reads all names 20 times instead of 8, at a rate that does not fall. How far apart will training and validation accuracy be?",
        "把所有姓氏读 20 遍而不是 8 遍，学习率不再下降。训练准确率和验证准确率会相差多少？",
    ),
    "preset.longer.found": (
        "{train} % against {validation} %: what it learns late are single names, not languages. Look how the validation loss climbs.",
        "{train} % 对 {validation} %：后来学到的是一个个姓氏，而不是语言。看验证损失怎样升上去。",
    ),
    "preset.gap.0": ("Over 10 points", "超过 10 个百分点"),
    "preset.gap.1": ("2 to 10 points", "2 到 10 个百分点"),
    "preset.gap.2": ("Less than 2", "不到 2 个百分点"),
    # -------------------------------------------------------------------------------------- behind
    "tab.meaning": ("What it means", "这说明什么"),
    "tab.formula": ("Formula", "公式"),
    "tab.code": ("Code", "代码"),
    "tab.sources": ("Sources", "来源"),
    "code.lead": (
        "The PyTorch of this very run: it prints the same losses and scores, to the sixth digit. Its training loss is the mean over the batches of an epoch, each before its update; that of the page is measured at the moment on show.",
        "这就是这次训练的 PyTorch 代码：打印出的损失和分数到第六位小数都相同。它的训练损失是一轮里各批次更新前损失的平均；页面上的训练损失是在当前时刻测得的。",
    ),
    "code.beside": ("Put the table beside it and start it with Python.", "把数据表放在它旁边，用 Python 运行即可。"),
    "code.download": ("Download the script", "下载脚本"),
    "code.table": ("Download the table", "下载数据表"),
    "formula.years.none": (
        "*Rₜ* is the sunspot number of year *t*; *μ* and *d* are the mean and the standard deviation of the training years’ numbers.",
        "*Rₜ* 是第 *t* 年的黑子数；*μ* 和 *d* 是训练年份各数的均值和标准差。",
    ),
    "formula.years.root": (
        "*Rₜ* is the sunspot number of year *t*; *μ* and *d* are the mean and the standard deviation of the square roots of the training years’ numbers.",
        "*Rₜ* 是第 *t* 年的黑子数；*μ* 和 *d* 是训练年份各数的平方根的均值和标准差。",
    ),
    "formula.shapes": (
        "Today *x* has length {inputs} and *h* length {state}; the matrices together are ({rows} × {inputs}) and ({rows} × {state}). "
        "The cell learns {cell} numbers, used again at every step; the whole network {whole}.",
        "当前：*x* 有 {inputs} 个数，*h* 有 {state} 个；矩阵合起来是 ({rows} × {inputs}) 和 ({rows} × {state})。"
        "循环单元学习 {cell} 个数，每一步重复使用；整个网络共 {whole} 个。",
    ),
}
