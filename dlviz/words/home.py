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
    "plane.label": (
        "A small network and what each of its units answers over the plane.",
        "一个小网络，以及每个单元在平面上的输出。",
    ),
    "plane.starting": ("Starting …", "正在启动……"),
    "plane.output": (
        "Background: what the network says at every point. Dots: the examples it learns from. Point at a unit to see its own map.",
        "背景：网络对每一点的判断；圆点：它学习的样本。指向一个单元可以看它自己的图。",
    ),
    "plane.input": ("The input {name}.", "输入 {name}。"),
    "plane.unit": (
        "Unit {unit} of hidden layer {layer}: what it answers at every point.",
        "隐藏层 {layer} 的单元 {unit}：它在每一点的输出。",
    ),
    "plane.unit_short": ("unit {layer}.{unit}", "单元 {layer}.{unit}"),
    "plane.output_unit": ("the answer", "输出"),
    "plane.link": ("From {from} to {to}: weight {weight}.", "从 {from} 到 {to}：权重 {weight}。"),
    "plane.epoch": ("epoch", "轮次"),
    "plane.class0": ("orange", "橙色"),
    "plane.class1": ("blue", "蓝色"),
}
