"""What stands beside a network that learns, on every page of the model zoo."""

WORDS = {
    "knobs": ("Learning", "学习"),
    "knobs.help": (
        "Turn these while it learns: nothing begins anew.",
        "学习过程中随时可以转动：不会重新开始。",
    ),
    "more": ("More knobs", "更多旋钮"),
    "network": ("The model", "模型"),
    "network.help": ("Another model begins anew.", "换一个模型会重新开始。"),
    "data": ("The data", "数据"),
    "run": ("Seed and length", "种子与长度"),
    "keep": ("Keep for comparison", "留作比较"),
    "keep.help": (
        "Keep this run on the charts and begin another beside it.",
        "把这次训练留在图上，再在旁边开始另一次。",
    ),
    "on": ("on", "开"),
    "off": ("off", "关"),
    "drop": ("Drop {name}", "移除 {name}"),
}
