"""The words for a link that could not be read whole."""

WORDS = {
    "one": (
        "One setting in this link could not be used, so its usual value stands: {list}.",
        "这个链接里有一个设置无法使用，已改用默认值：{list}。",
    ),
    "many": (
        "{count} settings in this link could not be used, so their usual values stand: {list}.",
        "这个链接里有 {count} 个设置无法使用，已改用默认值：{list}。",
    ),
    "also": ("also {names}", "还有 {names}"),
    "comma": (", ", "、"),
    "more": ("and {count} more", "以及另外 {count} 个"),
    "between": ("; ", "；"),
    "unknown": ("{name} (no such setting)", "{name}（没有这个设置）"),
    "too long": ("{name} (too long a link)", "{name}（链接太长）"),
    "not a number": (
        "{name} = {given} (not a number; allowed {allowed})",
        "{name} = {given}（不是数字；允许 {allowed}）",
    ),
    "out of range": ("{name} = {given} (allowed {allowed})", "{name} = {given}（允许 {allowed}）"),
    "not a choice": ("{name} = {given} (allowed: {allowed})", "{name} = {given}（允许：{allowed}）"),
    "not a formula": (
        "{name} = {given} (no formula in x: it cannot be read from letter {allowed} on)",
        "{name} = {given}（不是 x 的公式：从第 {allowed} 个字符起读不懂）",
    ),
    "impossible": ("{name} = {given} (does not go with the rest)", "{name} = {given}（与其他设置不能同时成立）"),
    "no meaning": (
        "{name} = {given} (has no meaning with `{allowed}`)",
        "{name} = {given}（在 `{allowed}` 时没有意义）",
    ),
    "unreadable": ("{name} = {given} (cannot be read)", "{name} = {given}（无法读取）"),
    "nothing": ("nothing", "空"),
}
