"""The pages of dlviz: where each stands, what it is called, and what you will see there.

The slugs are fixed, since links in the world depend on them. The same table feeds the menu, the
map on the home page and the command line; a page whose file does not exist yet is in none of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "pages"

Words = tuple[str, str]  # English, Chinese

SECTIONS: dict[str, Words] = {
    "start": ("Start", "开始"),
    "foundations": ("Foundations", "基础"),
    "zoo": ("Model zoo", "模型园"),
    "applications": ("Applications", "应用"),
    "questions": ("Big questions", "大问题"),
    "classroom": ("Classroom", "课堂"),
}


class Page(NamedTuple):
    """One page: its section, its slug, a Material icon, its title and one sentence of what is seen there."""

    section: str
    slug: str
    icon: str
    title: Words
    summary: Words

    @property
    def file(self) -> Path:
        """The page's script."""
        return FOLDER / f"{self.slug}.py"


PAGES = (
    Page(
        "start",
        "home",
        "home",
        ("Home", "首页"),
        ("A network that is learning, and the map of all pages.", "一个正在学习的网络，和所有页面的地图。"),
    ),
    Page(
        "foundations",
        "playground",
        "hub",
        ("Playground", "游乐场"),
        ("Build a neural network, train it, rewind it, break it.", "搭一个神经网络：训练它、倒带、再把它弄坏。"),
    ),
    Page(
        "foundations",
        "activations",
        "show_chart",
        ("Activation functions", "激活函数"),
        (
            "What a bend in one function does to signals and gradients in a deep network.",
            "一条曲线的弯折，怎样改变深层网络里的信号和梯度。",
        ),
    ),
    Page(
        "foundations",
        "forward_loss",
        "arrow_forward",
        ("Forward pass and loss", "前向传播与损失"),
        ("Follow one example through the network, number by number.", "跟着一个样本，一个数一个数地走完整个网络。"),
    ),
    Page(
        "foundations",
        "backprop",
        "arrow_back",
        ("Backpropagation", "反向传播"),
        ("The chain rule, one operation at a time.", "链式法则，一步一步地走。"),
    ),
    Page(
        "foundations",
        "gradient_descent",
        "landscape",
        ("Gradient descent", "梯度下降"),
        (
            "Optimizers race down surfaces, one of them the loss of a real network.",
            "各种优化器在曲面上赛跑，其中一个曲面来自真实网络的损失。",
        ),
    ),
    Page(
        "zoo",
        "model_zoo",
        "grid_view",
        ("The five models", "五种模型"),
        ("Five models side by side, measured here and now.", "五种模型并排比较，数字都是此时此地测出来的。"),
    ),
    Page(
        "zoo",
        "linear_regression",
        "linear_scale",
        ("Linear regression", "线性回归"),
        ("A straight line finds its place among points.", "一条直线在数据点之间找到自己的位置。"),
    ),
    Page(
        "zoo",
        "logistic_regression",
        "call_split",
        ("Logistic regression", "逻辑回归"),
        ("A line becomes a probability.", "一条直线变成了概率。"),
    ),
    Page(
        "zoo",
        "mlp",
        "account_tree",
        ("Multilayer perceptron", "多层感知机"),
        ("Layers of simple units draw any border.", "一层层简单的单元，能画出任意的边界。"),
    ),
    Page(
        "zoo",
        "cnn",
        "draw",
        ("Digit lab", "数字实验室"),
        (
            "A convolutional network learns to read real handwritten digits; then it reads yours.",
            "卷积网络学着认真实的手写数字，然后来认你写的数字。",
        ),
    ),
    Page(
        "zoo",
        "rnn",
        "repeat",
        ("Recurrent network", "循环神经网络"),
        ("A network with a memory reads one step at a time.", "带记忆的网络，一步一步地读。"),
    ),
    Page(
        "applications",
        "vision",
        "visibility",
        ("Seeing", "视觉"),
        ("Networks that look at pictures.", "看图的网络。"),
    ),
    Page(
        "applications",
        "language",
        "translate",
        ("Language", "语言"),
        ("Networks that read words.", "读文字的网络。"),
    ),
    Page(
        "applications",
        "speech",
        "mic",
        ("Speech", "语音"),
        ("Networks that listen.", "会听的网络。"),
    ),
    Page(
        "applications",
        "recommender",
        "recommend",
        ("Recommendation", "推荐"),
        ("Networks that guess what you will like.", "猜你喜欢什么的网络。"),
    ),
    Page(
        "applications",
        "credit_risk",
        "account_balance",
        ("Credit risk", "信用风险"),
        ("Networks that decide about people, and what that costs.", "替人做决定的网络，以及这样做的代价。"),
    ),
    Page(
        "questions",
        "deep_vs_classical",
        "balance",
        ("Deep or classical?", "深度学习还是传统方法？"),
        ("When does a deep network beat a simple model?", "深度网络什么时候胜过简单的模型？"),
    ),
    Page(
        "questions",
        "how_much_data",
        "stacked_line_chart",
        ("How much data?", "需要多少数据？"),
        ("How much better a model becomes with more examples.", "样本越多，模型能好多少。"),
    ),
    Page(
        "questions",
        "scarce_data",
        "opacity",
        ("Little data", "数据太少"),
        ("What helps when there are only a few examples.", "只有少量样本时，什么办法有用。"),
    ),
    Page(
        "questions",
        "overfitting",
        "trending_up",
        ("Overfitting", "过拟合"),
        ("A network learns by heart, and how to stop it.", "网络死记硬背了，怎样阻止它。"),
    ),
    Page(
        "questions",
        "bias",
        "diversity_3",
        ("Bias", "偏见"),
        ("Where unfair answers come from.", "不公平的答案从哪里来。"),
    ),
    Page(
        "questions",
        "compute",
        "memory",
        ("Compute", "算力"),
        ("What learning costs in time and arithmetic.", "学习要花多少时间和计算。"),
    ),
    Page(
        "classroom",
        "lessons",
        "school",
        ("Lessons", "课程"),
        ("Guided lessons: predict first, then run.", "有引导的课程：先预测，再运行。"),
    ),
    Page(
        "classroom",
        "worksheet",
        "table_chart",
        ("Worksheet", "练习单"),
        ("Many runs at once, in one grid.", "一张表里，同时跑许多实验。"),
    ),
    Page(
        "classroom",
        "class_board",
        "co_present",
        ("Class board", "班级看板"),
        ("The results of the whole class on one board.", "全班的结果，都在一块板上。"),
    ),
)


def existing() -> list[Page]:
    """Return the pages whose file exists, in the order of the menu."""
    return [page for page in PAGES if page.file.is_file()]


def sections() -> dict[str, list[Page]]:
    """Return the existing pages by section; a section without pages is left out."""
    rows: dict[str, list[Page]] = {}
    for page in existing():
        rows.setdefault(page.section, []).append(page)
    return rows
