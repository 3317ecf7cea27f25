"""The words of many seeds at once."""

WORDS = {
    "many": ("Seeds", "种子数"),
    "many.help": (
        "How many networks learn side by side. Each has a seed of its own: 0, 1, 2 and so on.",
        "有多少个网络并排学习。每个网络有自己的种子：0、1、2……",
    ),
    "epochs": ("Epochs", "轮数"),
    "epochs.help": ("How long each of them learns.", "每个网络学多久。"),
    "solved_from": ("Solved from", "多少算学会"),
    "solved_from.help": (
        "A network has solved the task when it ends with at least this accuracy on validation points (for numbers: this R²).",
        "训练结束时，验证点上的准确率（数值任务看 R²）至少达到这个值，就算学会。",
    ),
    "ask": ("Train {count} networks", "训练 {count} 个网络"),
    "stop": ("Stop at epoch {epoch} of {total}", "停在第 {epoch} 轮（共 {total} 轮）"),
    "waiting": ("Starting …", "正在启动……"),
    "invitation": (
        "Is the run on the stage typical, or was it luck? Let the same setting begin from other seeds: "
        "each draws other points of the same kind, other first weights and another order.",
        "舞台上的这次训练是常态，还是运气？让同样的设置从别的种子开始：每个种子会抽取同一类的另一批点、另一组初始权重和另一种顺序。",
    ),
    "other": (
        "This is the setting as it was before. Train again to see the one on the stage now.",
        "这是之前的设置。要看舞台上现在的设置，请重新训练。",
    ),
    "too_large": (
        "Each of these networks has {parameters} weights; {count} of them are more than the {most} that learn side by side here. Choose fewer seeds or fewer units.",
        "每个网络有 {parameters} 个权重，{count} 个网络加起来超过了这里能并排学习的 {most} 个。请减少种子或单元。",
    ),
    # ------------------------------------------------------------------------------- what came out
    "solved": ("Solved by {solved} of {count}", "{count} 个里有 {solved} 个学会了"),
    "so_far": ("{solved} of {count} so far", "目前 {count} 个里有 {solved} 个"),
    "solved.accuracy": (
        "It takes a {split} accuracy of at least {score} after {epoch} epochs.",
        "标准是 {epoch} 轮后{split}准确率至少 {score}。",
    ),
    "solved.r2": (
        "It takes a {split} R² of at least {score} after {epoch} epochs.",
        "标准是 {epoch} 轮后{split} R² 至少 {score}。",
    ),
    "split.train": ("training", "训练"),
    "split.validation": ("validation", "验证"),
    "luck.all": (
        "Luck hardly matters here: even the worst seed ends at {low}, the best at {high}.",
        "这里几乎不靠运气：最差的种子也达到 {low}，最好的是 {high}。",
    ),
    "luck.most": (
        "From {low} to {high}, with nothing changed but the seed. It mostly works, and one unlucky run would have told you otherwise.",
        "只换了种子，结果就从 {low} 到 {high}。多数时候能成，但只看一次不走运的训练，你会得出相反的结论。",
    ),
    "luck.few": (
        "From {low} to {high}, with nothing changed but the seed. It mostly fails, and one lucky run would have told you otherwise.",
        "只换了种子，结果就从 {low} 到 {high}。多数时候不成，但只看一次走运的训练，你会得出相反的结论。",
    ),
    "luck.none": (
        "No seed gets there, the best ends at {high}: it is not luck that is missing, but time or another setting.",
        "没有一个种子学会，最好的是 {high}：缺的不是运气，而是时间或别的设置。",
    ),
    "lost": (
        "{lost} of {count} diverged: from there on they have no numbers, and they are not solved.",
        "{count} 个里有 {lost} 个发散了：从那以后没有数值，也不算学会。",
    ),
    "gone": ("All of them diverged.", "全部发散了。"),
    # ------------------------------------------------------------------------------- the picture
    "loss": ("Loss", "损失"),
    "accuracy": ("Accuracy", "准确率"),
    "r2": ("R²", "R²"),
    "train": ("training", "训练"),
    "validation": ("validation", "验证"),
    "epoch_at": ("epoch {epoch}: median, and 10 to 90 % of the seeds", "第 {epoch} 轮：中位数，以及 10% 到 90% 的种子"),
    "chart": (
        "{what} of {count} seeds over the epochs. Left and right arrow keys read it out.",
        "{count} 个种子各轮的{what}。用左右方向键朗读。",
    ),
    "read": ("{name} {middle}, from {low} to {high}", "{name} {middle}，从 {low} 到 {high}"),
    "strip": ("How every seed ended", "每个种子的结局"),
    "strip.label": (
        "The final score of {count} seeds. Arrow keys walk over them, Enter opens one on the stage.",
        "{count} 个种子的最终得分。用方向键选择，回车键在舞台上打开。",
    ),
    "strip.accuracy": ("{split} accuracy at the end, higher is better", "最终{split}准确率，越高越好"),
    "strip.r2": ("{split} R² at the end, higher is better", "最终{split} R²，越高越好"),
    "strip.seed": ("Seed {seed}: {score}, loss {loss}", "种子 {seed}：{score}，损失 {loss}"),
    "strip.lost": ("Seed {seed}: diverged", "种子 {seed}：发散"),
    "strip.stage": ("on the stage", "在舞台上"),
    "strip.open": ("click to put it on the stage", "点击放上舞台"),
    "strip.hint": ("Each dot is a seed. Point at one to see its lines.", "每个点是一个种子。指向它可以看它的曲线。"),
    "strip.mark": ("solved from {score}", "{score} 起算学会"),
    "strip.solved": ("solved", "学会"),
    "strip.unsolved": ("not solved", "没学会"),
    "strip.diverged": ("diverged", "发散"),
    # ------------------------------------------------------------------------------ what it leaves out
    "limits": (
        "Seeds 0 to {last}, on the processor. Knobs that you turned on the way are turned in every run at the same update. "
        "Opened on the stage, a seed learns again by itself; the last digits can differ there.",
        "种子 0 到 {last}，在处理器上计算。你途中转动的旋钮，在每次训练里都在同一步转动。在舞台上打开一个种子，它会单独重新学习，最后几位数字可能不同。",
    ),
    "limits.weights": (
        "Weights that you set by hand belong to one network alone and are left out.",
        "你手动设置的权重只属于那一个网络，这里不用。",
    ),
    "limits.edits": (
        "{later} of these turns come after epoch {total} and are not reached.",
        "其中 {later} 次转动在第 {total} 轮之后，这里没有到达。",
    ),
    "limits.norm": (
        "With batch norm the runs part a little further from those on the stage than by rounding alone.",
        "有批归一化时，与舞台上的训练的差别会比单纯的舍入稍大一些。",
    ),
    "limits.epochs": (
        "{total} epochs, not {wanted}: more than {most} updates would keep others waiting.",
        "{total} 轮，而不是 {wanted} 轮：超过 {most} 次更新会让别人等太久。",
    ),
    "limits.run": ("{total} epochs: the run on the stage has no more.", "{total} 轮：舞台上的训练只有这么长。"),
}
