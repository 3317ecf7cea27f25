"""Why something could not be computed."""

WORDS = {
    "no_full_mnist": (
        "The full MNIST is not on this server. Fetch it under “Data, seed, device”, or put its four files into MNIST/raw below the folder that DLVIZ_DATA names.",
        "这台服务器上没有完整的 MNIST。可以在“数据、种子、设备”里获取，或者把它的四个文件放进 DLVIZ_DATA 所指文件夹下的 MNIST/raw。",
    ),
    "no_mirror": (
        "The full MNIST could not be fetched: no server that has it can be reached. Put its four files into MNIST/raw below the folder that DLVIZ_DATA names, or stay with the 5,000 digits.",
        "无法获取完整的 MNIST：连不上任何提供它的服务器。请把它的四个文件放进 DLVIZ_DATA 所指文件夹下的 MNIST/raw，或者继续使用 5,000 个数字。",
    ),
    "no_split": (
        "This run keeps no digits aside ({split}). Raise the validation share under “Data, seed, device”.",
        "这次训练没有留出数字（{split}）。请在“数据、种子、设备”里调高验证集比例。",
    ),
    "too_many_turns": (
        "The knobs of one run can be turned {most} times, and that was done. Go back to an earlier moment and turn "
        "them there, or keep this run and begin another.",
        "一次训练最多转动旋钮 {most} 次，已经用完。请回到更早的时刻再调，或保留这次训练、另开一次。",
    ),
    "no_cuda": ("This server has no GPU; choose CPU as the device.", "这台服务器没有 GPU，请选择 CPU。"),
    "diverged": (
        "The network's numbers have run away, so there is nothing to show here. Go back to an earlier moment.",
        "网络的数值已经失控，这里没有可显示的内容。请回到更早的时刻。",
    ),
    "other": ("This could not be computed: {reason}", "无法计算：{reason}"),
}
