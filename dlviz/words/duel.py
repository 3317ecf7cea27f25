"""The words of the duel with the optimizer."""

WORDS = {
    "level": ("Network (how many weights)", "网络（权重个数）"),
    "level.line": ("Line ({count})", "直线 ({count})"),
    "level.moons": ("2 units ({count})", "2 单元 ({count})"),
    "level.ring": ("3 units ({count})", "3 单元 ({count})"),
    "rate": ("SGD's learning rate", "SGD 的学习率"),
    "rate.help": (
        "How far SGD goes down the slope in each of its moves. A move is one update on all the points. Your own moves stay as they are.",
        "SGD 每一步沿坡度走多远；一步就是用全部点更新一次。改它不影响你已经走的步。",
    ),
    "another": ("Another start", "换个开局"),
    "sgd": ("SGD, learning rate {rate}", "SGD，学习率 {rate}"),
    # ------------------------------------------------------------------------------- the picture
    "picture.you": ("You", "你"),
    "picture.loss": ("training loss ↓", "训练损失 ↓"),
    "picture.right": ("right ↑", "答对 ↑"),
    "picture.move": ("Move {move} of {length}", "第 {move} / {length} 步"),
    "picture.over": ("All {length} moves are made", "{length} 步已走完"),
    "picture.undo": ("Undo", "撤销"),
    "picture.undo_help": ("Take back your last move", "撤回你的上一步"),
    "picture.reset": ("Start over", "重新开始"),
    "picture.reset_help": (
        "Back to the first weights: your moves, looks and hints are forgotten",
        "回到最初的权重：步数、试看次数和提示都清零",
    ),
    "picture.hint": ("Which way is down?", "哪边是下坡？"),
    "picture.hint_help": (
        "Show SGD's next move from where you are. It costs no move, but it is counted.",
        "显示 SGD 从你现在的位置会怎么走。不占步数，但会记录。",
    ),
    "picture.hint_said": (
        "The arrows point down the slope; beside each weight stands where SGD would put it, all in one move. Hints used: {hints}.",
        "箭头指向下坡；每个权重旁写着 SGD 会把它改成多少，而且一步同时全改。已用提示：{hints} 次。",
    ),
    "picture.how": (
        "Drag a link up or down, or move a slider, and watch the map and the loss. What you let go of is your move.",
        "上下拖动一条连线，或移动滑块，看图和损失怎么变。松手就算走了一步。",
    ),
    "picture.how_narrow": (
        "Move a slider and watch the map and the loss. What you let go of is your move.",
        "移动滑块，看图和损失怎么变。松手就算走了一步。",
    ),
    "picture.done": (
        "Take back a move, start over, or give SGD another learning rate.",
        "可以撤销一步、重新开始，或给 SGD 换个学习率。",
    ),
    "picture.keys": (
        "Arrow keys try a value; Enter makes it your move, Escape takes it back.",
        "方向键试改；回车确认为一步，Esc 取消。",
    ),
    "picture.holding": ("{name}: {value}. Loss {before} → {after}", "{name}：{value}。损失 {before} → {after}"),
    "picture.unit": ("Unit {unit}", "单元 {unit}"),
    "picture.output": ("Output", "输出"),
    "picture.from_unit": ("unit {unit}", "单元 {unit}"),
    "picture.bias": ("bias", "偏置"),
    "picture.of": ("{unit}, {name}", "{unit}，{name}"),
    "picture.board_you": (
        "Your network and what it answers over the plane; every weight has a slider below.",
        "你的网络，以及它在平面上的回答；每个权重在下方都有滑块。",
    ),
    "picture.board_sgd": (
        "SGD's network after as many moves, and what it answers over the plane.",
        "SGD 走了同样多步之后的网络，以及它在平面上的回答。",
    ),
    "picture.race": (
        "Training loss after each move, on a logarithmic scale; lower is better",
        "每一步之后的训练损失（对数坐标），越低越好",
    ),
    "picture.race_x": ("move", "步"),
    "picture.spoken": (
        "After {move} moves: your loss {own}, SGD's loss {other}.",
        "{move} 步之后：你的损失 {own}，SGD 的损失 {other}。",
    ),
    # ------------------------------------------------------------------------------- the verdict
    "won.sgd": (
        "**SGD got lower.** After {moves} moves its loss is **{other}**, yours **{own}**: {apart} apart, which is {percent} % less for SGD.",
        "**SGD 更低**。{moves} 步之后，它的损失是 **{other}**，你的是 **{own}**：相差 {apart}，SGD 低了 {percent}%。",
    ),
    "won.you": (
        "**You got lower.** After {moves} moves your loss is **{own}**, SGD's **{other}**: {apart} apart, which is {percent} % less for you.",
        "**你更低**。{moves} 步之后，你的损失是 **{own}**，SGD 的是 **{other}**：相差 {apart}，你低了 {percent}%。",
    ),
    "won.even": (
        "**A draw.** After {moves} moves both losses are **{own}**.",
        "**平局**。{moves} 步之后，双方的损失都是 **{own}**。",
    ),
    "why.sgd": (
        "You looked at {looks} settings and moved one of {weights} numbers at a time.",
        "你试看了 {looks} 种设置，每步只能改 {weights} 个数中的一个。",
    ),
    "why.you": (
        "You looked at {looks} settings before you chose; SGD looked {moves} times. Give it another learning rate, and watch its line.",
        "你试看了 {looks} 种设置才做出选择；SGD 只看了 {moves} 次。给它换个学习率，看看它的曲线。",
    ),
    "why.even": (
        "You looked at {looks} settings, SGD looked {moves} times.",
        "你试看了 {looks} 种设置，SGD 只看了 {moves} 次。",
    ),
    "why": (
        "One gradient says for all {weights} numbers at once which way is down and how steep it is, so SGD moves all of them in every move. "
        "In a network with a million weights nobody can try them one by one; a gradient costs about three looks there too.",
        "一次梯度就同时给出全部 {weights} 个数各自哪边是下坡、有多陡，所以 SGD 每步把它们一起改。"
        "在有一百万个权重的网络里，没人能一个一个试；而一次梯度的代价仍然只约等于看三眼。",
    ),
    "hints": ("Hints used: {hints}.", "已用提示：{hints} 次。"),
}
