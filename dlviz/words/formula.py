"""What is wrong with a formula that somebody typed; the codes are those of `dlviz/formula.py`."""

WORDS = {
    "empty": ("Type a formula.", "请输入一个公式。"),
    "too_long": ("The formula is too long: at most {most} letters are allowed.", "公式太长，最多 {most} 个字符。"),
    "too_large": (
        "The formula is too large: at most {most} numbers, variables and operations are allowed.",
        "公式太大：数、变量和运算最多共 {most} 个。",
    ),
    "too_deep": ("Too many parentheses within each other; {most} are the most.", "括号嵌套太深，最多 {most} 层。"),
    "character": (
        "“{found}” (letter {place}) means nothing in a formula.",
        "公式里不能用“{found}”（第 {place} 个字符）。",
    ),
    "unexpected": ("“{found}” cannot stand there (letter {place}).", "“{found}”不能放在这里（第 {place} 个字符）。"),
    "unfinished": ("The formula breaks off: something is missing at the end.", "公式没有写完，末尾还缺点什么。"),
    "unknown": (
        "“{found}” is not known here. Use {variables}, numbers, pi, e and these functions: {functions}.",
        "这里不认识“{found}”。可以用 {variables}、数字、pi、e 和这些函数：{functions}。",
    ),
    "word": (
        "“{found}” is no function here, and no line above gives it a value. Only single letters such as x or w1 may do without; write {found} = 1 above, or use one of these functions: {functions}. A product is written a*b.",
        "“{found}”不是这里的函数，前面也没有哪一行给它赋值。只有 x、w1 这样的单个字母可以不赋值；请先写一行 {found} = 1，或者用这些函数：{functions}。乘法写成 a*b。",
    ),
    "nameless": (
        "Only the last line may be a formula alone; every line before it is written name = formula.",
        "只有最后一行可以只写式子；前面每一行都要写成“名字 = 式子”。",
    ),
    "arguments": (
        "After {found} there must be parentheses with {takes} inside, as in {example}.",
        "{found} 后面的括号里要有 {takes} 个数，例如 {example}。",
    ),
    "without": ("The formula must use {variables}.", "公式里必须用到 {variables}。"),
    "number": ("{found} is too large a number.", "{found} 这个数太大了。"),
    "reserved": (
        "“{found}” is a name that already means something; choose another.",
        "“{found}”已经有含义，请换一个名字。",
    ),
}
