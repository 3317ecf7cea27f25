"""The words of the home page."""

WORDS = {
    "title": ("See deep learning happen", "看见深度学习"),
    "lead": (
        "Every idea here is a small, real neural network that learns while you watch. "
        "Stop it, rewind it, turn its knobs, break it, and take it home as code.",
        "这里的每个概念都是一个真实的小型神经网络，就在你眼前学习。你可以让它停下、倒带、拧一拧旋钮、把它弄坏，再把代码带回家。",
    ),
    "start": ("Teach a network to read digits", "教一个网络认数字"),
    "map": ("Where to go", "去哪里看看"),
    "honest": (
        "Everything on screen is measured in this run: no stored curves, no staged animation.",
        "屏幕上的一切都是这次运行测出来的：没有存好的曲线，也没有摆拍的动画。",
    ),
}
