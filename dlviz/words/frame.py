"""The words around every page: language, device, sharing, and what is said when something goes wrong."""

WORDS = {
    "language": ("Language / 语言", "语言 / Language"),
    "menu": ("Pages", "页面"),
    "cpu": ("CPU", "CPU"),
    "starting": ("starting", "启动中"),
    "starting.help": (
        "The engine that trains the networks is warming up; pages can be read meanwhile.",
        "训练网络的引擎正在启动，这期间页面可以照常阅读。",
    ),
    "device.help": (
        "Networks are trained on: {device}. Worker processes: {workers}. Runs waiting for their turn: {waiting}.",
        "训练网络的设备：{device}。工作进程：{workers} 个。排队等待的训练：{waiting} 个。",
    ),
    "waiting": ("{waiting} waiting", "{waiting} 个排队"),
    "share": ("Share", "分享"),
    "share.help": ("Copy a link to exactly this state of the page.", "复制链接：打开它就是页面现在的样子。"),
    "share.copied": ("Link copied. It opens exactly what you see.", "链接已复制，打开就是你现在看到的样子。"),
    "share.by_hand": ("Copy this link; it opens exactly what you see.", "请复制这个链接，打开就是你现在看到的样子。"),
    "controls": ("Controls", "调节"),
    "descent": ("Its loss as a landscape", "它的损失地形"),
    "descent.help": (
        "Let two optimizers train this network from the same first weights, and see both paths on the map of its loss.",
        "让两个优化器从同样的初始权重训练这个网络，在它的损失地图上看两条路。",
    ),
    "size": ("Text size", "字号"),
    "size.help": ("Larger text for a projector or tired eyes.", "放大文字，适合投影或疲劳的眼睛。"),
    "error": (
        "Something went wrong on this page, and it is our fault. "
        "Reload it; if that does not help, open it without the part of the address after the question mark.",
        "这个页面出错了，是我们的问题。请重新加载；如果还不行，请去掉网址中问号以后的部分再打开。",
    ),
}
