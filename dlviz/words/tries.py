"""What is said around the things to try, wherever they are."""

WORDS = {
    "try": ("Try this", "试一试"),
    "your_guess": ("Your guess: **{guess}**", "你猜：**{guess}**"),
    "answer": ("**{answer}.** {found} {verdict}", "**{answer}**。{found}{verdict}"),
    "right": ("You were right.", "你猜对了。"),
    "wrong": ("You said: {guess}.", "你猜的是：{guess}。"),
    "running": ("It is running; the answer comes from the run itself.", "正在运行；答案由这次运行给出。"),
    "computing": ("It is being computed; the answer comes from what is measured.", "正在计算；答案由测量结果给出。"),
}
