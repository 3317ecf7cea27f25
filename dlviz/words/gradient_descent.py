"""The words of the page about gradient descent."""

WORDS = {
    "title": ("Gradient descent", "梯度下降"),
    "lead": (
        "Optimizers race down a surface that you choose, each by its own rule, every step computed by PyTorch. "
        "Move the start, turn a knob, and see who arrives, who zigzags and who flies off.",
        "在你选的曲面上，各种优化器按自己的规则往下走，每一步都由 PyTorch 算出。移动起点、拨动旋钮，看看谁先到，谁来回摆动，谁飞了出去。",
    ),
    # ------------------------------------------------------------------------------- the picture
    "picture.racers": ("Racers; choose one to see its arrows and numbers", "参赛者；选一个看它的箭头和数字"),
    "picture.map_label": (
        "Map of the surface with everybody's path. Click or drag to move the start; arrow keys move it too, space plays.",
        "曲面的地图和每个优化器走过的路。点击或拖动来移动起点；也可以用方向键，空格键播放。",
    ),
    "picture.relief_label": (
        "The surface from the side. Click to move the start, or drag its ring; drag elsewhere or use arrow keys to turn it.",
        "从侧面看曲面。点击移动起点，也可以拖动起点的圆环；拖动别处或用方向键来转动。",
    ),
    "picture.relief_how": (
        "The same race from the side: drag to turn it, click or drag the ring to move the start. Heights and colours share "
        "one scale, logarithmic far above the valley.",
        "从侧面看同一场比赛：拖动可以转动，点击或拖动圆环可以移动起点。高度和颜色用同一个刻度，离谷底远的地方按对数压缩。",
    ),
    "picture.how": (
        "Click or drag anywhere to move the start. Crosses mark minima, large ones the deepest.",
        "在图上点击或拖动，起点就移过去。叉号是极小值，大的叉号最低。",
    ),
    "picture.read": ("At ({x}, {y}) the height is about {value}.", "在 ({x}, {y})，高度约为 {value}。"),
    "picture.read_curve": ("At x = {x} the height is about {value}.", "在 x = {x}，高度约为 {value}。"),
    "picture.height": ("f(x)", "f(x)"),
    "picture.lost": ("gone at step {step}", "第 {step} 步飞走"),
    "picture.first": ("Back to the start", "回到起点"),
    "picture.back": ("One step back", "后退一步"),
    "picture.next": ("One step on", "前进一步"),
    "picture.play": ("Play", "播放"),
    "picture.pause": ("Pause", "暂停"),
    "picture.scrub": ("Step on show", "显示的步数"),
    "picture.where": ("step {step} of {steps}", "第 {step} 步，共 {steps} 步"),
    "picture.pace": ("Speed", "速度"),
    "picture.across": ("Curves over", "曲线横轴"),
    "picture.steps": ("steps", "步数"),
    "picture.seconds": ("seconds", "秒"),
    "picture.evaluations": ("gradients computed", "计算梯度的次数"),
    "picture.losses": ("height f", "高度 f"),
    "picture.norms": ("size of the slope ‖∇f‖", "梯度的大小 ‖∇f‖"),
    "picture.distances": ("distance to the nearest minimum", "到最近极小值的距离"),
    "picture.rates": ("learning rate η", "学习率 η"),
    "picture.views": ("Picture on show", "显示的图"),
    "picture.view.relief": ("from the side", "侧面"),
    "picture.view.losses": ("height", "高度"),
    "picture.view.norms": ("slope", "梯度"),
    "picture.view.distances": ("distance", "距离"),
    "picture.view.rates": ("learning rate", "学习率"),
    "picture.no_minimum": ("There is no minimum here.", "这里没有极小值。"),
    "picture.step_title": ("{name}, step {from} → {to}, in numbers", "{name}，第 {from} → {to} 步的数字"),
    # ---------------------------------------------------------------------------- lines of a step
    "line.before": ("place", "位置"),
    "line.slope": ("slope", "梯度"),
    "line.moment": ("mean slope", "平均梯度"),
    "line.velocity": ("velocity", "速度"),
    "line.square": ("mean square", "平方的平均"),
    "line.largest": ("largest slope", "最大梯度"),
    "line.own_rate": ("own step size", "各自的步长"),
    "line.steps_square": ("square of steps", "步子的平方"),
    "line.rate": ("rate", "学习率"),
    "line.step": ("step", "这一步"),
    "line.after": ("new place", "新位置"),
    # --------------------------------------------------------------------------------- the surface
    "surface": ("Surface", "曲面"),
    "surface.help": (
        "The ground that everybody walks down; the height is the loss.",
        "大家往下走的地面；高度就是损失。",
    ),
    "surface.ravine": ("Ravine (stretched bowl)", "峡谷（拉长的碗）"),
    "surface.ravine.said": (
        "steep across, gentle along: the usual trouble of real networks",
        "横向陡、纵向缓，真实网络常见的难处",
    ),
    "surface.bowl": ("Bowl", "碗"),
    "surface.bowl.said": ("equally steep in all directions", "各个方向一样陡"),
    "surface.rosenbrock": ("Rosenbrock's banana", "Rosenbrock 香蕉谷"),
    "surface.rosenbrock.said": ("easy to get into the valley, hard to follow it", "进谷容易，沿着谷走难"),
    "surface.beale": ("Beale", "Beale 函数"),
    "surface.beale.said": ("flat plains between steep corners", "陡峭的角落之间是平原"),
    "surface.himmelblau": ("Himmelblau, four minima", "Himmelblau，四个极小值"),
    "surface.himmelblau.said": (
        "four equally deep minima: which one depends on the start",
        "四个一样深的极小值，到哪个看起点",
    ),
    "surface.rastrigin": ("Rastrigin, an egg box", "Rastrigin 蛋盒"),
    "surface.rastrigin.said": ("a valley every 1 unit, one of them the deepest", "每隔 1 就有一个谷，只有一个最深"),
    "surface.ackley": ("Ackley", "Ackley 函数"),
    "surface.ackley.said": ("small dents all the way to one deep funnel", "一路小坑，中间一个深漏斗"),
    "surface.saddle": ("Saddle", "鞍面"),
    "surface.saddle.said": (
        "a minimum in x, a maximum in y; valleys on both sides",
        "沿 x 是极小，沿 y 是极大，两侧各有一个谷",
    ),
    "surface.monkey": ("Monkey saddle", "猴鞍面"),
    "surface.monkey.said": ("three ways down, and no bottom", "三条下坡路，没有底"),
    "surface.plateau": ("Plateau", "高原"),
    "surface.plateau.said": ("almost flat outside: the slope hardly tells where to go", "外面几乎是平的，梯度很难指路"),
    "surface.cliff": ("Cliff", "悬崖"),
    "surface.cliff.said": ("a sudden wall: one step on it throws you far", "一堵突然的墙，踩上去一步就被抛远"),
    "surface.noisy": ("Noisy valley", "有噪声的谷"),
    "surface.noisy.said": (
        "every slope is read with an error, as from a small batch",
        "每次读到的梯度都有误差，就像只看一小批样本",
    ),
    "surface.two_valleys": ("A sharp and a flat valley", "一个尖谷和一个平谷"),
    "surface.two_valleys.said": ("the sharp one is a little deeper", "尖的那个稍深一点"),
    "surface.parabola": ("Parabola, one number", "抛物线（一个参数）"),
    "surface.parabola.said": ("the simplest loss there is", "最简单的损失"),
    "surface.double_well": ("Two wells, one number", "双井（一个参数）"),
    "surface.double_well.said": ("the nearer well is not the deeper one", "近的那口井不是更深的"),
    "surface.waves": ("Waves, one number", "波浪（一个参数）"),
    "surface.waves.said": ("a valley behind every hill", "每座山后都有一个谷"),
    "surface.reddi": ("Reddi's trap for Adam", "Reddi 给 Adam 设的陷阱"),
    "surface.reddi.said": (
        "the slope is 3 once, then −1 twice; on average it goes down to the left",
        "梯度先是 3，再两次是 −1；平均来说向左是下坡",
    ),
    "surface.own": ("Your own f(x, y)", "自己的 f(x, y)"),
    "surface.own.said": ("differentiated by autograd", "由自动求导得出梯度"),
    "condition": ("Condition number", "条件数"),
    "condition.help": (
        "How many times steeper the ravine bends across than along. Large numbers make plain gradient descent slow.",
        "峡谷横向的弯曲是纵向的多少倍。数越大，普通梯度下降越慢。",
    ),
    "formula": ("f(x, y) =", "f(x, y) ="),
    "formula.help": (
        "Use x, y, numbers, + − * / ^ and functions such as sin, exp, sqrt, abs, max. With x alone it is a curve.",
        "可以用 x、y、数字、+ − * / ^ 和 sin、exp、sqrt、abs、max 等函数。只用 x 就是一条曲线。",
    ),
    "reach": ("Shown from zero to", "显示范围"),
    "reach.help": ("How far from zero the surface is looked at.", "离零多远以内的曲面会显示出来。"),
    # ---------------------------------------------------------------------------------- who races
    "racers": ("Who races", "谁来比赛"),
    "racers.help": (
        "Up to eight optimizers run from the same start. The same one can run twice with other knobs: see “All knobs”.",
        "最多八个优化器从同一起点出发。同一个也可以用不同的旋钮跑两次，见“所有旋钮”。",
    ),
    "picked": ("Look at", "细看"),
    "picked.help": ("Whose arrows, numbers and knobs are shown.", "显示谁的箭头、数字和旋钮。"),
    "optimizer.sgd": ("SGD", "SGD"),
    "optimizer.sgd.said": ("a step straight downhill, as long as it is steep", "直接往下坡走，坡越陡步越大"),
    "optimizer.momentum": ("Momentum", "动量"),
    "optimizer.momentum.said": (
        "a ball that keeps rolling: past slopes add up to a velocity",
        "像一个会继续滚的球，过去的梯度累成速度",
    ),
    "optimizer.nesterov": ("Nesterov", "Nesterov"),
    "optimizer.nesterov.said": (
        "momentum that looks at where it is about to be, and brakes earlier",
        "先看看将到哪里的动量，刹车更早",
    ),
    "optimizer.adam": ("Adam", "Adam"),
    "optimizer.adam.said": (
        "the mean slope over its usual size: each number has a step size of its own",
        "平均梯度除以它平时的大小，每个参数有自己的步长",
    ),
    "optimizer.adamw": ("AdamW", "AdamW"),
    "optimizer.adamw.said": ("Adam, with weight decay beside it instead of inside", "Adam，但权重衰减不混进梯度里"),
    "optimizer.rmsprop": ("RMSprop", "RMSprop"),
    "optimizer.rmsprop.said": ("the slope over its usual size, without a velocity", "梯度除以它平时的大小，没有速度"),
    "optimizer.adagrad": ("Adagrad", "Adagrad"),
    "optimizer.adagrad.said": (
        "the slope over the size of all slopes so far, so steps only get shorter",
        "梯度除以至今所有梯度的大小，步子只会越来越短",
    ),
    "optimizer.adadelta": ("Adadelta", "Adadelta"),
    "optimizer.adadelta.said": (
        "steps as long as past steps were; its learning rate is a mere factor",
        "步长取自过去的步长，学习率只是一个倍数",
    ),
    "optimizer.adamax": ("Adamax", "Adamax"),
    "optimizer.adamax.said": (
        "Adam with the largest slope in place of the mean square",
        "用最大梯度代替平方平均的 Adam",
    ),
    "optimizer.nadam": ("NAdam", "NAdam"),
    "optimizer.nadam.said": ("Adam that looks ahead as Nesterov does", "像 Nesterov 那样向前看的 Adam"),
    "optimizer.radam": ("RAdam", "RAdam"),
    "optimizer.radam.said": (
        "Adam that first goes by the mean slope alone, until it knows how large slopes are",
        "先只用平均梯度，等知道梯度多大以后再变成 Adam",
    ),
    "optimizer.rprop": ("Rprop", "Rprop"),
    "optimizer.rprop.said": (
        "only the sign counts: longer steps while it stays, shorter ones when it flips",
        "只看正负号：不变就加大步子，翻转就缩小",
    ),
    "optimizer.asgd": ("ASGD", "ASGD"),
    "optimizer.asgd.said": (
        "SGD with a slowly falling rate; the average of its places, which it also keeps, is not shown",
        "学习率慢慢下降的 SGD；它还记着走过位置的平均，这里不显示",
    ),
    "optimizer.adafactor": ("Adafactor", "Adafactor"),
    "optimizer.adafactor.said": (
        "made for huge matrices, whose squares it keeps by rows and columns; for two numbers only its step rule is left",
        "为巨大的矩阵设计，按行和列记平方；只有两个参数时，只剩它的步长规则",
    ),
    "optimizer.muon": ("Muon", "Muon"),
    "optimizer.muon.said": (
        "made for weight matrices, whose step it makes orthogonal; for a 1×2 matrix that is a step of length about one",
        "为权重矩阵设计，把更新变成正交；对 1×2 的矩阵，就是长度约为一的步子",
    ),
    "optimizer.lbfgs": ("L-BFGS", "L-BFGS"),
    "optimizer.lbfgs.said": (
        "guesses the bend from the last steps; with line search it looks several times before each step",
        "从最近几步猜出弯曲程度；带线搜索时，每步之前先看几个地方",
    ),
    "optimizer.newton": ("Newton", "牛顿法"),
    "optimizer.newton.said": (
        "knows slope and bend: one step is enough in a bowl, but it likes saddles as well as valleys",
        "知道梯度和弯曲：在碗里一步就到，但它也会停在鞍点",
    ),
    # --------------------------------------------------------------------------------------- knobs
    "lr": ("Learning rate", "学习率"),
    "lr.help": (
        "What the step is multiplied by. Until you move it, it suits the surface.",
        "步子要乘的数。不动它时，会取适合这个曲面的值。",
    ),
    "stable": (
        "Plain SGD is stable up to **{rate}** = 2/λmax here: the sharpest bend at the start is λmax = {sharpest}.",
        "在起点，普通 SGD 稳定的上限是 **{rate}** = 2/λmax，最陡的弯曲 λmax = {sharpest}。",
    ),
    "stable.none": (
        "At the start the surface bends upwards nowhere, so 2/λmax sets no limit there.",
        "起点处曲面没有向上弯的方向，2/λmax 在那里不设上限。",
    ),
    "stable.unknown": ("The largest stable rate is being computed …", "正在计算最大的稳定学习率……"),
    "knobs": ("All knobs", "所有旋钮"),
    "copy": ("Race it twice", "再加一个"),
    "copy.help": (
        "Let the same optimizer run a second time, so that you can turn its knobs differently.",
        "让同一个优化器再跑一次，就可以给它不同的旋钮。",
    ),
    "usual": ("Usual knobs", "恢复默认"),
    "usual.help": ("Put all knobs of this one back.", "把它的所有旋钮放回原处。"),
    "knob.weight_decay": ("Weight decay", "权重衰减"),
    "knob.weight_decay.help": (
        "Pulls the place towards (0, 0) a little in every step.",
        "每一步都把位置往 (0, 0) 拉一点。",
    ),
    "knob.momentum": ("Momentum μ", "动量 μ"),
    "knob.momentum.help": ("How much of the velocity is left after a step.", "每一步之后，速度还剩多少。"),
    "knob.dampening": ("Dampening", "阻尼"),
    "knob.dampening.help": ("How much of each new slope the velocity ignores.", "速度对新梯度忽略多少。"),
    "knob.beta1": ("β₁, memory of slopes", "β₁，梯度的记忆"),
    "knob.beta1.help": (
        "How long past slopes count: about 1/(1 − β₁) steps.",
        "过去的梯度算多久：大约 1/(1 − β₁) 步。",
    ),
    "knob.beta2": ("β₂, memory of squares", "β₂，平方的记忆"),
    "knob.beta2.help": (
        "How long past squares count: about 1/(1 − β₂) steps.",
        "过去的平方算多久：大约 1/(1 − β₂) 步。",
    ),
    "knob.eps": ("ε", "ε"),
    "knob.eps.help": (
        "Keeps the division from blowing up where the slope is almost zero.",
        "梯度几乎为零时，防止除法爆掉。",
    ),
    "knob.amsgrad": ("AMSGrad", "AMSGrad"),
    "knob.amsgrad.help": (
        "Divides by the largest mean square so far: the cure that Reddi and others proposed.",
        "除以至今最大的平方平均：Reddi 等人提出的补救办法。",
    ),
    "knob.bias_correction": ("Bias correction", "偏差修正"),
    "knob.bias_correction.help": (
        "Means start from zero and are too small at first; this makes up for it. Switch it off and see the first steps leap.",
        "平均值从零开始，起初偏小；修正把它补回来。关掉它，看看最初几步有多大。",
    ),
    "knob.alpha": ("α, memory", "α，记忆"),
    "knob.alpha.help": (
        "For RMSprop: how long past squares count. For ASGD: how fast its rate falls.",
        "对 RMSprop：过去的平方算多久。对 ASGD：学习率下降多快。",
    ),
    "knob.centered": ("Centred", "去均值"),
    "knob.centered.help": (
        "Divides by how much slopes vary instead of how large they are.",
        "除以梯度的变化大小，而不是梯度本身的大小。",
    ),
    "knob.lr_decay": ("Learning rate decay", "学习率衰减"),
    "knob.lr_decay.help": ("How much the learning rate falls with every step.", "学习率每步下降多少。"),
    "knob.rho": ("ρ, memory", "ρ，记忆"),
    "knob.rho.help": ("How long past squares count: about 1/(1 − ρ) steps.", "过去的平方算多久：大约 1/(1 − ρ) 步。"),
    "knob.momentum_decay": ("Momentum decay", "动量衰减"),
    "knob.momentum_decay.help": ("How slowly the momentum grows to β₁.", "动量多慢地升到 β₁。"),
    "knob.eta_minus": ("η⁻, shrink", "η⁻，缩小"),
    "knob.eta_minus.help": ("By what a step size shrinks when the slope's sign flips.", "梯度变号时，步长乘以多少。"),
    "knob.eta_plus": ("η⁺, grow", "η⁺，放大"),
    "knob.eta_plus.help": ("By what a step size grows while the slope keeps its sign.", "梯度不变号时，步长乘以多少。"),
    "knob.least": ("Shortest step", "最短步长"),
    "knob.least.help": ("No step size becomes shorter than this.", "步长不会比它更短。"),
    "knob.most": ("Longest step", "最长步长"),
    "knob.most.help": ("No step size becomes longer than this.", "步长不会比它更长。"),
    "knob.lambd": ("λ", "λ"),
    "knob.lambd.help": (
        "How fast the rate falls, and how strongly the place is pulled to zero.",
        "学习率下降的快慢，以及位置被拉向零的力度。",
    ),
    "knob.t0": ("t₀", "t₀"),
    "knob.t0.help": ("From which step on places are averaged.", "从第几步开始对位置取平均。"),
    "knob.beta2_decay": ("Decay of β₂", "β₂ 的衰减"),
    "knob.beta2_decay.help": (
        "The memory of squares after t steps is 1 − t to this power.",
        "t 步之后，平方的记忆是 1 减 t 的这个次幂。",
    ),
    "knob.d": ("d, clipping", "d，裁剪"),
    "knob.d.help": (
        "Steps that are longer than this, in root mean square, are shortened.",
        "均方根超过它的步子会被缩短。",
    ),
    "knob.least_scale": ("Least scale", "最小尺度"),
    "knob.least_scale.help": (
        "Steps are in proportion to the size of the place, but not below this.",
        "步子与位置的大小成比例，但不小于它。",
    ),
    "knob.history": ("History", "历史步数"),
    "knob.history.help": ("From how many past steps the bend is guessed.", "用过去多少步来猜弯曲程度。"),
    "knob.line_search": ("Line search", "线搜索"),
    "knob.line_search.help": (
        "Looks for a good step length before each step, which costs gradients.",
        "每步之前先找合适的步长，要多算几次梯度。",
    ),
    "knob.positive": ("Saddle-free", "避开鞍点"),
    "knob.positive.help": (
        "Counts every bend by its size, so that a saddle repels instead of attracting.",
        "弯曲只看大小不看正负，鞍点就会推开它，而不是吸引它。",
    ),
    # -------------------------------------------------------------------------------------- the race
    "steps": ("Steps", "步数"),
    "steps.help": ("How many steps everybody takes.", "每个优化器走多少步。"),
    "crowd": ("Starts", "起点"),
    "crowd.help": (
        "Let everybody also start from a grid of places, and see where each of them ends.",
        "让每一位也从一格一格的起点出发，看它们各到哪里。",
    ),
    "crowd.none": ("one", "一个"),
    "crowd.few": ("+ 3 × 3", "+ 3 × 3"),
    "crowd.many": ("+ 5 × 5", "+ 5 × 5"),
    "crowd.deepest": ("{count} of {total} end lowest", "{total} 个中 {count} 个到最低处"),
    "schedule": ("Schedule of the learning rate", "学习率的安排"),
    "schedule.help": (
        "How everybody's learning rate changes over the race; it is drawn beside the other curves.",
        "比赛中大家的学习率怎样变化；会和其他曲线画在一起。",
    ),
    "schedule.constant": ("Constant", "不变"),
    "schedule.step": ("Stairs: × 0.3 four times", "阶梯：四次，每次 × 0.3"),
    "schedule.exponential": ("Exponential, down to 1 %", "指数下降到 1%"),
    "schedule.cosine": ("Cosine, down to 0", "余弦下降到 0"),
    "schedule.restarts": ("Cosine with four restarts", "余弦，重启四次"),
    "schedule.one_cycle": ("One cycle: up, then down", "单周期：先升后降"),
    "schedule.warm_up": ("Warm-up, then constant", "预热，然后不变"),
    "schedule.plateau": ("Halved on a plateau", "停滞时减半"),
    "more": ("Start and noise", "起点和噪声"),
    "start": ("Start {name}", "起点 {name}"),
    "start.help": ("Where everybody starts; clicking the map sets it too.", "大家从哪里出发；点击地图也可以设定。"),
    "noise": ("Noise on every slope", "梯度的噪声"),
    "noise.help": (
        "Standard deviation of the error with which slopes are read; all racers get the same errors.",
        "读梯度时误差的标准差；所有参赛者遇到同样的误差。",
    ),
    "seed": ("Seed of the noise", "噪声的种子"),
    "seed.help": ("Another number gives other errors.", "换一个数，误差就不同。"),
    # -------------------------------------------------------------------------------------- a closer look
    "section": ("Look closer", "再看仔细些"),
    "section.help": (
        "Each of these is computed when you open it, for the race above.",
        "打开时才计算，针对上面的比赛。",
    ),
    "section.basins": ("From every start", "从每个起点出发"),
    "section.rates": ("At every learning rate", "每种学习率"),
    "section.noise": ("A few examples at a time", "每次只看几个样本"),
    "section.network": ("A real network", "真实的网络"),
    # --------------------------------------------------------------------------------- a real network
    "real.lead": (
        "Now the surface is no formula: it is the loss of a network with many weights. "
        "Two optimizers train it on the same data, from the same first weights or from two seeds.",
        "现在的曲面不再是公式，而是一个有许多权重的网络的损失。两个优化器用同样的数据训练它，从同样的初始权重出发，或者从两个种子出发。",
    ),
    "real.trainer.a": ("First optimizer", "第一个优化器"),
    "real.trainer.b": ("Second optimizer", "第二个优化器"),
    "real.trainer.help": (
        "The rule by which this one changes the weights. Both begin with the same weights, unless the second has a seed "
        "of its own.",
        "它按什么规则改变权重。两者从同样的权重开始，除非第二个有自己的种子。",
    ),
    "real.own_seed": ("Another seed for the second", "第二个用另一个种子"),
    "real.own_seed.help": (
        "The second then begins with other weights and sees the examples in another order. The data stay the same.",
        "这样第二个从别的权重开始，看样本的顺序也不同。数据不变。",
    ),
    "real.seed_b": ("Seed of the second", "第二个的种子"),
    "real.seed_b.help": (
        "It draws the first weights of the second, and the order of its examples; not the data.",
        "它决定第二个的初始权重和看样本的顺序，不影响数据。",
    ),
    "real.seed": ("seed {seed}", "种子 {seed}"),
    "real.all": ("all", "全部"),
    "real.network": ("Data and network", "数据和网络"),
    "real.hidden": ("Hidden layers", "隐藏层"),
    "real.hidden.help": (
        "How many units each hidden layer has. With none at all it is the logistic regression of the model zoo.",
        "每个隐藏层有几个单元。一层也没有，就是模型园里的逻辑回归。",
    ),
    "real.hidden.none": ("none: logistic regression", "没有：逻辑回归"),
    "real.home": ("From", "来自"),
    "real.home.help": (
        "The page whose network is looked at: one on points of the plane from the playground, or one of the model zoo. "
        "Another choice begins with SGD beside Adam.",
        "看哪个页面的网络：游乐场里学平面上的点的，或者模型园里的。换一个就从 SGD 和 Adam 重新开始。",
    ),
    "real.digits": (
        "Handwritten digits are left out: their networks have tens of thousands of weights, too many to write all of "
        "them down at every moment.",
        "这里没有手写数字：读数字的网络有几万个权重，没法每个时刻都全部记下来。",
    ),
    "real.data": ("Data", "数据"),
    "real.data.help": ("What the network learns from.", "网络从什么数据里学。"),
    "real.activation": ("Activation", "激活函数"),
    "real.activation.help": (
        "The function that every hidden unit applies to its sum.",
        "每个隐藏单元对求和值用的函数。",
    ),
    "real.large": (
        "This network has too many weights to keep them at every moment; choose a smaller one.",
        "这个网络的权重太多，没法每个时刻都保存；请选一个小一点的网络。",
    ),
    "real.mapping": ("Computing the map …", "正在计算地图……"),
    "real.cut": ("Plane", "平面"),
    "real.cut.help": (
        "A network has one axis per weight; a map has room for two. Choose along which directions to cut.",
        "网络的每个权重都是一个坐标轴，地图上只放得下两个方向。选择沿哪两个方向切开。",
    ),
    "real.cut.main": ("where both moved most", "两者走得最远的方向"),
    "real.cut.chance": ("random directions", "随机方向"),
    "real.cut.ends": ("start and both ends", "起点和两个终点"),
    "real.ground": ("Loss over", "损失取自"),
    "real.ground.help": (
        "Heights are the loss on these examples. A step of training only ever feels the surface of its own mini-batch.",
        "高度是网络在这些样本上的损失。训练的每一步，感受到的只是自己那个小批的曲面。",
    ),
    "real.ground.train": ("training set", "训练集"),
    "real.ground.batch": ("one mini-batch", "一个小批"),
    "real.ground.validation": ("validation set", "验证集"),
    "real.ground_size": ("Examples in it", "小批里的样本数"),
    "real.ground_size.help": (
        "The fewer examples a mini-batch has, the more its surface differs from the whole one.",
        "小批里的样本越少，它的曲面和整体的曲面差得越多。",
    ),
    "real.x.main": ("first main direction, {share} % of all movement", "第一主方向，占全部移动的 {share} %"),
    "real.y.main": ("second main direction, {share} % of all movement", "第二主方向，占全部移动的 {share} %"),
    "real.x.chance": ("first random direction", "第一个随机方向"),
    "real.y.chance": ("second random direction", "第二个随机方向"),
    "real.x.ends": ("from the start towards {name}", "从起点朝 {name} 的方向"),
    "real.y.ends": ("at a right angle, towards the other", "与之垂直，朝另一个的方向"),
    "real.said.main": (
        "Loss at {count} networks on the plane along which both paths spread most (principal components). "
        "It holds {share} % of their movement; what is left leads off the map.",
        "平面上 {count} 个网络的损失；这个平面沿两条路径散得最开的方向（主成分），包含它们移动的 {share} %，其余的离开了这张地图。",
    ),
    "real.said.chance": (
        "Loss at {count} networks along two random directions, each unit scaled by its own weights (Li et al. 2018). "
        "Only {share} % of the movement lies in this plane: chance seldom points the way that training went.",
        "沿两个随机方向的 {count} 个网络的损失，每个单元按自己权重的大小缩放（Li 等，2018）。这个平面只包含移动的 {share} %：随机方向很少指向训练走的方向。",
    ),
    "real.said.ends": (
        "Loss at {count} networks on the plane through the first weights and both networks on show, which lie on it exactly. "
        "It holds {share} % of the movement.",
        "平面上 {count} 个网络的损失；平面正好通过初始权重和现在显示的两个网络，包含移动的 {share} %。",
    ),
    # ------------------------------------------------------------------- the map of the real network
    "walks.label": (
        "Map of the network's loss with the paths of both optimizers. Point at it, or move with the arrow keys, to read the loss.",
        "网络损失的地图，画着两个优化器走过的路。指向地图，或用方向键移动，就能读出损失。",
    ),
    "walks.height.train": ("training loss", "训练损失"),
    "walks.height.batch": ("loss on this mini-batch", "这个小批上的损失"),
    "walks.height.validation": ("validation loss", "验证损失"),
    "walks.clipped": ("{name}; below {low} all has one colour", "{name}；低于 {low} 的都是同一种颜色"),
    "walks.train_loss": ("training loss", "训练损失"),
    "walks.validation_loss": ("validation loss", "验证损失"),
    "walks.here": ("on this mini-batch", "这个小批上"),
    "walks.step": ("updates made", "更新次数"),
    "walks.travelled": ("distance from the start", "离起点的距离"),
    "walks.away": ("distance off this map", "离地图的距离"),
    "walks.inside": ("0, on it", "0，就在图上"),
    "walks.between": ("The two networks are {distance} apart.", "两个网络相距 {distance}。"),
    "walks.pointed": ("{x}: {across}; {y}: {along}", "{x}：{across}；{y}：{along}"),
    "walks.none": ("Point at the map to read the loss anywhere.", "指向图上任意一处，就能读出那里的损失。"),
    "walks.batch": ("mini-batch {number} of {count}", "第 {number} 个小批，共 {count} 个"),
    "walks.before": ("Mini-batch before", "上一个小批"),
    "walks.after": ("Next mini-batch", "下一个小批"),
    "walks.play": ("Flip through the mini-batches", "逐个翻看小批"),
    "walks.pause": ("Stop", "停下"),
    "real.back": ("{name} on its own page", "在它自己的页面看 {name}"),
    "real.all_points": ("all examples", "全部样本"),
    "real.aspect": ("What to look at", "看什么"),
    "real.aspect.help": (
        "The loss as a landscape with both ways on it; how sharply it bends while they learn; or the straight line "
        "between two solutions.",
        "把损失看成地形，上面有两条走过的路；学习时损失弯得有多厉害；或者两个解之间的直线。",
    ),
    "real.aspect.plane": ("Surface", "曲面"),
    "real.aspect.edge": ("Sharpness", "锐度"),
    "real.aspect.line": ("Line", "直线"),
    # --------------------------------------------------------------- what to try with a real network
    "real.preset.edge": ("The edge of stability", "稳定的边缘"),
    "real.preset.edge.question": (
        "SGD learns hills and valleys from **all points at once** with learning rate 0.1. A parabola sharper than "
        "2/η = 20 would throw it out. What does the sharpness of the network's loss do in 1,000 steps?",
        "SGD 每步看**全部的点**，用学习率 0.1 学“山丘”。如果是一条比 2/η = 20 更尖的抛物线，它会被甩出去。"
        "走 1,000 步，网络损失的锐度会怎样？",
    ),
    "real.preset.edge.found": (
        "It began at {first}; in the second half it was {mean} on average, between {low} and {high}. The limit is {limit}. "
        "The other run, with η = 0.2, ended near {other}, its own limit being {other_limit}.",
        "开始是 {first}；后一半平均 {mean}，在 {low} 和 {high} 之间。界限是 {limit}。另一个用 η = 0.2，最后在 {other} 附近，它自己的界限是 {other_limit}。",
    ),
    "real.preset.rises.0": ("It stays well below the limit", "一直远低于界限"),
    "real.preset.rises.1": ("It comes to the limit and hovers there", "来到界限，就在那里徘徊"),
    "real.preset.rises.2": ("It goes far above the limit", "远远超过界限"),
    "real.preset.hill": ("A hill between two solutions?", "两个解之间有山吗？"),
    "real.preset.hill.question": (
        "SGD and Adam begin with the same weights, and both learn the circle well. What is the training loss of the "
        "networks on the **straight line** between the two?",
        "SGD 和 Adam 从同样的权重出发，都把圆学得很好。站在两者之间**直线**上的那些网络，训练损失怎样？",
    ),
    "real.preset.hill.found": (
        "The two ends have losses of {first} and {second}; the highest place between them has {top}, at {share} % of the "
        "way.",
        "两端的损失是 {first} 和 {second}；中间最高处是 {top}，在 {share} % 的地方。",
    ),
    "real.preset.seeds": ("Two seeds", "两个种子"),
    "real.preset.seeds.question": (
        "Adam learns the same circle twice, with the same knobs, **from two seeds**: other first weights, another order. "
        "Both learn it well. What is the training loss of the networks on the straight line between the two?",
        "Adam 把同一个圆学两遍，旋钮都一样，只是**种子不同**：初始权重不同，看样本的顺序也不同。两遍都学得很好。站在两者之间直线上的那些网络，训练损失怎样？",
    ),
    "real.preset.seeds.found": (
        "The two ends have losses of {first} and {second}; the highest place between them has {top}, at {share} % of the "
        "way. The same units do other jobs in the two networks, and a mixture of two jobs does neither.",
        "两端的损失是 {first} 和 {second}；中间最高处是 {top}，在 {share} % 的地方。在两个网络里，同一个单元干的是不同的活；两种活混在一起，哪一种都干不成。",
    ),
    "real.preset.between.0": ("Low all the way", "一路都低"),
    "real.preset.between.1": ("It climbs over a hill", "要翻过一座山"),
    "real.preset.flat": ("Flat against sharp", "平坦与尖锐"),
    "real.preset.flat.question": (
        "SGD twice, the same learning rate 0.05 and 400 epochs: once with **5 points** at a time, once with **all**. "
        "Which of the two ends in the sharper place?",
        "两次 SGD，学习率都是 0.05，都学 400 轮：一次每步看 **5 个点**，一次看**全部**。哪一个最后站在更尖锐的地方？",
    ),
    "real.preset.flat.found": (
        "With 5 points at a time λ₁ is {few} in the end, with all of them {all}. Their training losses are {few_loss} and "
        "{all_loss}.",
        "每步 5 个点，最后 λ₁ 是 {few}；每步全部，是 {all}。训练损失分别是 {few_loss} 和 {all_loss}。",
    ),
    "real.preset.sharper.0": ("With 5 points at a time", "每步 5 个点的"),
    "real.preset.sharper.1": ("With all points at once", "每步看全部的"),
    "real.preset.sharper.2": ("About equally sharp", "差不多一样"),
    # ------------------------------------------------------------------- the edge of stability
    "edge.lead": (
        "**How sharply does the loss bend where the network stands?** λ₁, λ₂ and λ₃ are the largest eigenvalues of the "
        "Hessian of the training loss; λ₁ is called the **sharpness**. Above the dashed line, steps of this size swing "
        "ever wider.",
        "**网络所在的地方，损失弯得有多厉害？** λ₁、λ₂、λ₃ 是训练损失的黑塞矩阵最大的几个特征值，λ₁ 叫做**锐度**。"
        "高过虚线的地方，这么大的步子会越摆越宽。",
    ),
    "edge.large": (
        "This network has more than {count} weights; its Hessian would take too long here. Choose a smaller one.",
        "这个网络的权重超过 {count} 个，在这里算它的黑塞矩阵太慢。请选小一点的网络。",
    ),
    "edge.measuring": ("Measuring the sharpness …", "正在测量锐度……"),
    "edge.how": (
        "Eigenvalues by block Lanczos iteration on Hessian-vector products, each within {error} of a true one. "
        "Click in the picture to go to a moment.",
        "特征值由黑塞矩阵与向量的乘积、按分块 Lanczos 迭代算出，每个与真值相差不超过 {error}。点击图可以跳到那一刻。",
    ),
    "edge.said.hovers": (
        "**{name}**: in the second half of its steps the sharpness was {mean} on average, between {low} and {high}. "
        "It hovers at its limit, {limit}.",
        "**{name}**：后一半步子里，锐度平均 {mean}，在 {low} 和 {high} 之间，就在它的界限 {limit} 附近徘徊。",
    ),
    "edge.said.below": (
        "**{name}**: in the second half of its steps the sharpness was {mean} on average, at most {high}. "
        "That is below its limit, {limit}.",
        "**{name}**：后一半步子里，锐度平均 {mean}，最高 {high}，低于它的界限 {limit}。",
    ),
    "edge.said.above": (
        "**{name}**: in the second half of its steps the sharpness was {mean} on average, between {low} and {high}. "
        "That is above its limit, {limit}.",
        "**{name}**：后一半步子里，锐度平均 {mean}，在 {low} 和 {high} 之间，高过它的界限 {limit}。",
    ),
    "edge.said.none": (
        "**{name}**: in the second half of its steps the sharpness was {mean} on average, between {low} and {high}. "
        "There is no line for it: {optimizer} with these knobs changes more than a plain step along the gradient of this "
        "loss, so 2/η is not its limit. Adam and its relatives have theirs in the Hessian divided by their own scale, which is not "
        "measured here.",
        "**{name}**：后一半步子里，锐度平均 {mean}，在 {low} 和 {high} 之间。它没有虚线：在这些设置下，{optimizer} 不只是沿梯度走一步，"
        "2/η 不是它的界限。Adam 这一类的界限，要看除以它们自己尺度之后的黑塞矩阵，这里没有测量。",
    ),
    "edge.said.level": (
        "The line is level: with squared errors the loss of a linear model is a paraboloid, which bends alike everywhere.",
        "这条线是水平的：用平方误差时，线性模型的损失是抛物面，处处弯得一样。",
    ),
    "edge.said.some": (
        "It sees {count} examples at a time. The limit is about steps that see all of them; with fewer, noise usually keeps "
        "the sharpness lower.",
        "它每步只看 {count} 个样本。这个界限说的是每步看全部样本；看得少时，噪声通常让锐度更低。",
    ),
    "edges.label": (
        "Largest eigenvalues of the Hessian over the steps of training, with the limit of stability",
        "训练过程中黑塞矩阵的最大特征值，以及稳定的界限",
    ),
    "edges.x.step": ("step", "步"),
    "edges.x.epoch": ("epoch", "轮"),
    "edges.y": ("eigenvalue of the Hessian (higher is sharper)", "黑塞矩阵的特征值（越高越尖锐）"),
    "edges.run": ("Optimizer", "优化器"),
    "edges.first": ("sharpness λ₁", "锐度 λ₁"),
    "edges.second": ("λ₂", "λ₂"),
    "edges.third": ("λ₃", "λ₃"),
    "edges.limit": ("limit", "界限"),
    "edges.none": ("none", "无"),
    "edges.limit_at": ("limit {limit}", "界限 {limit}"),
    "edges.loss": ("Training loss of both over the same time", "同一段时间里两者的训练损失"),
    "edges.y_loss": ("training loss (lower is better)", "训练损失（越低越好）"),
    "edges.above": ("the limit, {limit}, is far above", "界限 {limit} 远在上方"),
    # -------------------------------------------------------------------------------- the line
    "straight.lead": (
        "**Walk straight from one network to another.** At every place of the line stands a network whose weights are a "
        "mixture of the two. Nobody trained it. How good is it?",
        "**从一个网络笔直走到另一个。** 线上每个地方都站着一个网络，它的权重是两者的混合，没有人训练过它。它有多好？",
    ),
    "straight.between": ("From … to …", "从……到……"),
    "straight.between.help": (
        "The line may join what both optimizers have reached, or the first weights with what one of them has reached.",
        "这条线可以连接两个优化器到达的地方，也可以连接初始权重和其中一个到达的地方。",
    ),
    "straight.start": ("start", "起点"),
    "straight.measuring": ("Walking along the line …", "正在沿着线走……"),
    "straight.said.hill": (
        "There is a **hill** between them: at {share} % of the way the training loss is {top}, which is {height} above "
        "the higher end ({high}).",
        "两者之间有一座**山**：走到 {share} % 的地方，训练损失是 {top}，比较高的一端（{high}）还高 {height}。",
    ),
    "straight.said.small": (
        "There is **no hill** to speak of: on the straight way the training loss rises at most {height} above its higher "
        "end ({high}).",
        "两者之间**没有像样的山**：在直线上，训练损失最多只比较高的一端（{high}）高 {height}。",
    ),
    "straight.said.none": (
        "There is **no hill**: on the straight way the training loss nowhere rises above its higher end ({high}).",
        "两者之间**没有山**：在直线上，训练损失没有一处高过较高的一端（{high}）。",
    ),
    "straight.said.apart": (
        "The two lie {distance} apart in all their weights together.",
        "把所有权重合在一起看，两者相距 {distance}。",
    ),
    "straight.said.sharper": (
        "“{sharper}” stands in the sharper place: λ₁ is {most} there, and {least} at “{flatter}”.",
        "“{sharper}”站在更尖锐的地方：那里 λ₁ 是 {most}，而“{flatter}”那里是 {least}。",
    ),
    "straight.said.even": (
        "Both stand in equally sharp places: λ₁ is {both} there.",
        "两者所在的地方一样尖锐：λ₁ 都是 {both}。",
    ),
    "betweens.label": ("Loss along the straight line between two networks", "两个网络之间直线上的损失"),
    "betweens.y": ("loss (lower is better)", "损失（越低越好）"),
    "betweens.middle": ("halfway", "一半"),
    "betweens.train": ("training loss", "训练损失"),
    "betweens.validation": ("validation loss", "验证损失"),
    "betweens.validation_class": ("validation accuracy", "验证准确率"),
    "betweens.validation_number": ("validation R²", "验证 R²"),
    "betweens.train_class": ("training accuracy", "训练准确率"),
    "betweens.train_number": ("training R²", "训练 R²"),
    "betweens.share": ("Place on the line", "线上的位置"),
    "betweens.way": ("At {share} of the way", "走到 {share} 处"),
    "betweens.and": (", ", "，"),
    "betweens.hill": ("hill {height}", "山高 {height}"),
    "betweens.sharpness": ("sharpness λ₁", "锐度 λ₁"),
    "betweens.end": ("End of the line", "线的一端"),
    "betweens.map": (
        "What the network at {share} of the way answers over the plane, with the training points",
        "走到 {share} 处的网络在平面上的回答，以及训练点",
    ),
    "noise.lead": (
        "A real regression: from two measurements of 442 people with diabetes, how far will the disease have gone in a year? "
        "Its slope can be computed from all of them, from a few, or from one at a time.",
        "一个真实的回归：用 442 位糖尿病人的两项测量，预测一年后病情的进展。梯度可以用所有人来算，也可以只用几个人，甚至一个人。",
    ),
    "noise.who.all": ("all {count} people", "全部 {count} 人"),
    "noise.who.some": ("{count} at a time", "每次 {count} 人"),
    "noise.who.one": ("one at a time", "每次 1 人"),
    "noise.said": (
        "In the second half the loss hovers this far above the lowest one: all {all}; {count} at a time {some}; one at a time {one}.",
        "后半程，损失比最低值平均高出：全部 {all}；每次 {count} 人 {some}；每次 1 人 {one}。",
    ),
    "batch": ("People in a step", "每步看几人"),
    "batch.help": ("How many people each step looks at.", "每一步看多少人。"),
    "batch_rate": ("Learning rate", "学习率"),
    "batch_rate.help": ("Small rates average the noise out, but take longer.", "学习率小，噪声会被平均掉，但走得慢。"),
    "batch_momentum": ("Momentum", "动量"),
    "batch_momentum.help": (
        "Remembers past slopes: it gets there sooner, and carries the noise along as well.",
        "记住过去的梯度：到得更快，也把噪声带着走。",
    ),
    "batch_seed": ("Other people", "换一批人"),
    "cloud.map": ("The way down", "往下走的路"),
    "cloud.map_said": (
        "The loss over all people, for every pair of weights; the ring is the start, the cross the lowest place.",
        "所有人的损失，横纵坐标是两个权重；圆环是起点，叉号是最低点。",
    ),
    "cloud.cloud": ("Slopes at the start", "起点处的梯度"),
    "cloud.cloud_said": (
        "A dot for each person, and for 400 draws of a few; the large dot is the true slope, their mean.",
        "每个人一个点，每次抽几个人（抽 400 次）也各一个点；大点是真正的梯度，也就是平均。",
    ),
    "cloud.spread": ("How far off a slope is", "梯度差多远"),
    "cloud.spread_said": (
        "Markers are measured from 400 draws each, the line is σ/√B·√((N − B)/(N − 1)): four times as many people, half as far off.",
        "标记由各抽 400 次测出，线是 σ/√B·√((N − B)/(N − 1))：人数变成四倍，误差减半。",
    ),
    "cloud.weight_x": ("weight of body mass", "体重指数的权重"),
    "cloud.weight_y": ("weight of triglycerides", "甘油三酯的权重"),
    "cloud.slope_x": ("slope in the first", "第一个权重的梯度"),
    "cloud.slope_y": ("slope in the second", "第二个权重的梯度"),
    "cloud.people": ("people", "人数"),
    "cloud.off": ("distance from the true slope", "与真正梯度的距离"),
    "rates.lead": (
        "The same race of **{name}** with {count} learning rates, {steps} steps each: how high it ends. "
        "The thin line is a range test: one race in which the rate grows with every step. Click to take a rate.",
        "**{name}** 用 {count} 种学习率各跑 {steps} 步，看最后停在多高。细线是学习率范围测试：一场学习率逐步变大的比赛。点击即可采用那个学习率。",
    ),
    "rates.computing": ("Computing …", "正在计算……"),
    "rates.best": (
        "Lowest of all: {height} above the deepest minimum, with a learning rate of {rate}.",
        "最低的一次：学习率 {rate}，比最深的极小值高 {height}。",
    ),
    "rate.label": (
        "Height in the end for each learning rate. Arrow keys move, Enter takes the rate.",
        "每种学习率最后的高度。方向键移动，回车键采用。",
    ),
    "rate.ends": ("at the end of the race", "比赛结束时"),
    "rate.tested": ("while the rate grows", "学习率逐步变大时"),
    "rate.off": ("flies off", "飞走"),
    "rate.x": ("learning rate", "学习率"),
    "rate.y": ("height above the minimum", "比极小值高多少"),
    "rate.start": ("at the start", "起点"),
    "rate.now": ("now", "现在"),
    "rate.limit_start": ("2/λmax at the start", "起点的 2/λmax"),
    "rate.limit_minimum": ("2/λmax at the minimum", "极小值处的 2/λmax"),
    "rate.at": ("Learning rate {rate}: ends {height} above the minimum", "学习率 {rate}：最后比极小值高 {height}"),
    "rate.lost": ("Learning rate {rate}: flies off", "学习率 {rate}：飞走了"),
    "rate.how": (
        "Point at a place to read it, click to take its learning rate.",
        "指向一点可以读数，点击采用它的学习率。",
    ),
    "basins.lead": (
        "40,000 starts for each racer, all walking at once: a place has the colour of the minimum that is reached from it. "
        "Click a map to start the race there.",
        "每个优化器同时从 40,000 个起点出发：一个位置的颜色，就是从那里到达的极小值的颜色。点击地图，比赛就从那里开始。",
    ),
    "basins.curve": ("A curve over one number has no map of starts.", "只有一个参数的曲线没有起点地图。"),
    "basins.computing": ("{count} more to compute …", "还有 {count} 张正在计算……"),
    "basins.said": ("The slowest map took {seconds} s to compute.", "最慢的一张用了 {seconds} 秒。"),
    "basins.alone": (
        "Left out: {names}. They look at all numbers of a parameter at once, so 40,000 starts cannot share one.",
        "没有 {names}：它们一次要看一个参数里的所有数，40,000 个起点不能合在一起算。",
    ),
    "basin.label": ("Which minimum {name} reaches from where", "{name} 从哪里到达哪个极小值"),
    "basin.share": (
        "{share} of all starts reach a minimum in {steps} steps",
        "{steps} 步内，{share} 的起点到达了极小值",
    ),
    "basin.minimum": ("the minimum at ({x}, {y})", "极小值 ({x}, {y})"),
    "basin.many": ("and {count} more minima", "还有 {count} 个极小值"),
    "basin.nowhere": ("no minimum yet", "还没到极小值"),
    "basin.lost": ("flew off", "飞走了"),
    "basin.from": ("From ({x}, {y}):", "从 ({x}, {y})："),
    # ---------------------------------------------------------------------------------------- presets
    "preset.small": ("Too small", "太小"),
    "preset.small.question": (
        "In the ravine, plain SGD takes 80 steps with learning rate **0.001**. Where does it end?",
        "在峡谷里，普通 SGD 用学习率 **0.001** 走 80 步，最后在哪里？",
    ),
    "preset.small.found": (
        "It began {before} from the minimum and ends {after} away: every step is downhill, but tiny.",
        "起点离极小值 {before}，走完还差 {after}：每步都在下坡，只是太小。",
    ),
    "preset.right": ("Just right", "刚刚好"),
    "preset.right.question": (
        "The same ravine, learning rate **0.095**, a little below the limit of 2/λmax = 0.1. What happens in 80 steps?",
        "同一个峡谷，学习率 **0.095**，略低于上限 2/λmax = 0.1。80 步后会怎样？",
    ),
    "preset.right.found": (
        "It zigzags across the ravine, yet ends {after} from the minimum, having begun {before} away.",
        "它在峡谷两侧来回摆，但还是从 {before} 走到了离极小值 {after} 的地方。",
    ),
    "preset.large": ("Too large", "太大"),
    "preset.large.question": (
        "Now learning rate **0.102**, a hair above the limit of 0.1. What happens in 80 steps?",
        "现在学习率 **0.102**，比上限 0.1 只大一点点。80 步后会怎样？",
    ),
    "preset.large.found": (
        "Across the ravine each step overshoots by a little more: from {before} to {after} away. The limit was {limit}.",
        "在横向上，每一步都冲过头一点，越来越远：从 {before} 变成 {after}。上限是 {limit}。",
    ),
    "preset.end.0": ("It arrives at the minimum", "到达极小值"),
    "preset.end.1": ("It gets closer but is not there", "近了一些，还没到"),
    "preset.end.2": ("It ends farther away", "反而更远"),
    "preset.ravine": ("Ravine and momentum", "峡谷与动量"),
    "preset.ravine.question": (
        "A ravine 200 times steeper across than along. SGD and momentum, the same learning rate, 150 steps. Who is closer in the end?",
        "一个横向比纵向陡 200 倍的峡谷。SGD 和动量，学习率相同，走 150 步。最后谁更近？",
    ),
    "preset.ravine.found": (
        "Plain SGD ends {first} away, momentum {second}: along the ravine small slopes of the same sign add up.",
        "普通 SGD 还差 {first}，动量还差 {second}：沿着峡谷，方向一致的小梯度会累加起来。",
    ),
    "preset.closer.0": ("Plain SGD", "普通 SGD"),
    "preset.closer.1": ("Momentum", "动量"),
    "preset.closer.2": ("About equal", "差不多"),
    "preset.reddi": ("Adam goes wrong", "Adam 走错了"),
    "preset.reddi.question": (
        "The slope is 3 at every third step and −1 at the others, so on average the ground falls to the left, to x = −1. "
        "Where does Adam (β₁ = 0, β₂ = 0.1) end after 300 steps?",
        "每三步里有一步梯度是 3，其余两步是 −1，所以平均来说左边是下坡，最低点是 x = −1。Adam（β₁ = 0，β₂ = 0.1）走 300 步后在哪里？",
    ),
    "preset.reddi.found": (
        "Adam ends at x = {first}. It divides the rare large slope by its own size, so that one step left weighs less than two right. "
        "With AMSGrad it ends at {second}.",
        "Adam 停在 x = {first}。少见的大梯度被除以它自己的大小，一步向左抵不过两步向右。用 AMSGrad 则停在 {second}。",
    ),
    "preset.wall.0": ("At −1, the lowest point", "在 −1，最低点"),
    "preset.wall.1": ("At +1, the highest point", "在 +1，最高点"),
    "preset.wall.2": ("Somewhere between", "在中间某处"),
    "preset.saddle": ("Escape from a saddle", "逃离鞍点"),
    "preset.saddle.question": (
        "All four start almost on the ridge of a saddle. Who is still sitting on the saddle after 80 steps?",
        "四个优化器几乎都从鞍面的脊线上出发。80 步后，谁还停在鞍点上？",
    ),
    "preset.saddle.found": (
        "It ends {away} from the saddle point; everybody else is at least {others} away. "
        "Newton's method looks for a vanishing slope, and a saddle has one.",
        "它离鞍点只有 {away}，其他的至少 {others}。牛顿法找的是梯度为零的地方，而鞍点的梯度正好是零。",
    ),
    "preset.stays.0": ("SGD", "SGD"),
    "preset.stays.1": ("Momentum", "动量"),
    "preset.stays.2": ("Adam", "Adam"),
    "preset.stays.3": ("Newton", "牛顿法"),
    "preset.valleys": ("Flat or sharp", "平还是尖"),
    "preset.valleys.question": (
        "SGD starts inside the sharp valley, which is the deeper one, with a large learning rate of **0.5**. Where does it settle?",
        "SGD 从尖的那个谷里出发，那里更深，学习率是较大的 **0.5**。它最后停在哪里？",
    ),
    "preset.valleys.found": (
        "It ends at ({x}, {y}). In the sharp valley 2/λmax is below 0.5, so it cannot stay; in the flat one it can.",
        "它停在 ({x}, {y})。在尖谷里 2/λmax 小于 0.5，它待不住；在平谷里可以。",
    ),
    "preset.valley.0": ("In the sharp valley", "在尖谷里"),
    "preset.valley.1": ("In the flat valley", "在平谷里"),
    "preset.valley.2": ("In neither", "都不在"),
    # ------------------------------------------------------------------------------------------ tabs
    "tab.meaning": ("What it means", "这说明什么"),
    "tab.formula": ("Formula", "公式"),
    "tab.code": ("Code", "代码"),
    "tab.sources": ("Sources", "来源"),
    "code.lead": (
        "The PyTorch of this very race. Run alone, it prints everybody's losses as they are on the page.",
        "这就是这场比赛的 PyTorch 代码。单独运行，会打印出和页面上一样的损失。",
    ),
    "code.network": (
        "The PyTorch of this very network: both runs, how sharply its loss bends while they learn, and the line between two "
        "solutions. Run alone, it prints the numbers of the page. Close the real network above for the code of the race.",
        "这就是这个网络的 PyTorch 代码：两次训练、学习时损失弯得有多厉害，以及两个解之间的直线。单独运行，会打印出和页面上一样的数字。"
        "关掉上面的“真实的网络”，就能看比赛的代码。",
    ),
    "code.download": ("Download the script", "下载脚本"),
    "code.table": ("Download the table of cars", "下载汽车表格"),
}
