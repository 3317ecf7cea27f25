"""Formulas: what somebody typed, as a tree of numbers, variables and calls.

Nothing typed is ever run as code. A formula is read letter by letter, and only what stands in the
tables below has a meaning: a few operators, a few functions, two constants, and the variables that
the asker names. Whoever computes with a tree (`models/formulas.py` with torch) knows just these names.

    formula  = term (("+" | "-") term)*
    term     = sign (("*" | "/") sign | factor)*       2x and 2(x+1) are products as well
    sign     = ("+" | "-") sign | power
    power    = method (("^" | "**") sign)?             from the right, and before a sign: -x^2 is -(x^2)
    method   = factor ("." function "(" … ")")*        x.relu() is relu(x), as Python writes it
    factor   = number | name | function "(" formula ("," formula)* ")" | "(" formula ")"

A program is one or more lines `name = formula` (also `+=`, `-=`, `*=`, `/=`), of which the last may be a bare formula.
A variable that no line gives a value is one letter, with figures behind it or not: x, w1, h_2. A longer name without a
value is a word, or a function misspelt, and is refused: `import os` is not the product of import and os.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

MOST_LETTERS = 1000
MOST_PARTS = 200  # numbers, variables and calls together
DEEPEST = 40  # calls and parentheses within each other

CONSTANTS = {"pi": math.pi, "e": math.e}
OPERATORS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "^": "power"}
FUNCTIONS = {
    **dict.fromkeys(("exp", "log", "sqrt", "abs", "sign", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh"), 1),
    **dict.fromkeys(("sigmoid", "relu", "softplus", "erf"), 1),
    **dict.fromkeys(("max", "min"), 2),
}
"""How many arguments each function takes. `log` is the natural logarithm, and may be written `ln`."""

ALSO = {"ln": "log", "π": "pi"}
UNGIVEN = re.compile(r"[A-Za-z_][0-9_]*")  # what a variable may be called that no line of a program gives a value
# Signs as other texts write them, and letters, digits and signs as wide as Chinese ones.
TYPED = str.maketrans("×·÷−　", "**/- ") | {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_π][A-Za-z_0-9]*)"
    r"|(?P<mark>\*\*|[-+*/]=|[-+*/^(),=²³]|\.(?=[A-Za-z]))"
    r"|(?P<space>\s+)",
    re.ASCII,
)


class FormulaError(ValueError):
    """What was typed cannot be read.

    code: "empty", "too_long", "too_large", "too_deep", "character", "unexpected", "unfinished", "unknown", "arguments",
    "number", "reserved", "word", "nameless" or "without"; values: what the sentence about it needs; place: index of the
    letter.
    """

    def __init__(self, code: str, place: int = 0, **values: object) -> None:
        self.code, self.place, self.values = code, place, values
        told = "".join(f", {name} {value!r}" for name, value in values.items())
        super().__init__(f"formula: {code.replace('_', ' ')} at letter {place + 1}{told}")


@dataclass(frozen=True)
class Number:
    """A number, never negative: a sign is a call."""

    value: float


@dataclass(frozen=True)
class Variable:
    """A variable, by its name."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function or operator ("add", "subtract", "multiply", "divide", "power", "negative") and its arguments."""

    function: str
    arguments: tuple[Formula, ...]


Formula = Number | Variable | Call


@dataclass(frozen=True)
class Line:
    """One line of a program: the name that its value gets ("" for a bare last formula), and the formula."""

    name: str
    formula: Formula


def read_formula(text: str, variables: Collection[str] | None = ("x",)) -> Formula:
    """Return the formula that the text says, in these variables (None: in any).

    Raises: FormulaError where the text says none, uses another name, or is longer or deeper than the limits above.
    """
    reader = _Reader(text, variables)
    formula = reader.formula()
    reader.end()
    return formula


def read_program(text: str, most_lines: int = 40) -> tuple[Line, ...]:
    """Return the lines of a program; they are separated by new lines or semicolons, and may end in a `#` remark.

    A letter that no line before has given a value is a free variable. `a += 1` is read as `a = a + 1`.
    Raises: FormulaError where a line cannot be read (`place` counts in the whole text), or there are too many.
    """
    lines: list[Line] = []
    known: set[str] = set()
    parts = list(_lines(text))
    for number, (start, part) in enumerate(parts, 1):
        try:
            lines.append(_line(part, known, last=number == len(parts)))
        except FormulaError as error:
            raise FormulaError(error.code, start + error.place, **error.values) from None
        known.add(lines[-1].name)
    if not lines:
        raise FormulaError("empty")
    if len(lines) > most_lines or sum(parts_of(line.formula) for line in lines) > MOST_PARTS:
        raise FormulaError("too_large", most=MOST_PARTS)
    return tuple(lines)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each line that says something begins, and the line."""
    if len(text) > MOST_LETTERS:
        raise FormulaError("too_long", most=MOST_LETTERS)
    for found in re.finditer(r"[^\n;；]+", text):
        line = found[0].partition("#")[0]
        if line.strip():
            yield found.start(), line


def _line(text: str, known: Collection[str], last: bool) -> Line:
    reader = _Reader(text, None, known)
    name = reader.assigned()
    formula = reader.formula()
    reader.end()
    if name is None and not last:
        raise FormulaError("nameless")
    if name is None:
        return Line("", formula)
    return Line(name, Call(OPERATORS[reader.how], (Variable(name), formula)) if reader.how else formula)


def parts_of(formula: Formula) -> int:
    """Return of how many numbers, variables and calls the formula is made."""
    return 1 + sum(map(parts_of, formula.arguments)) if isinstance(formula, Call) else 1


def number_of(formula: Formula) -> float | None:
    """Return the number that a formula is, a sign included; None where it is more than that."""
    if isinstance(formula, Number):
        return formula.value
    if isinstance(formula, Call) and formula.function == "negative":
        inside = number_of(formula.arguments[0])
        return None if inside is None else -inside
    return None


def names_in(formula: Formula) -> tuple[str, ...]:
    """Return the names of the formula's variables, each once, in the order in which they appear."""
    if isinstance(formula, Variable):
        return (formula.name,)
    parts = formula.arguments if isinstance(formula, Call) else ()
    return tuple(dict.fromkeys(name for part in parts for name in names_in(part)))


# ------------------------------------------------------------------------------------- writing it

_BINDING = {"add": 1, "subtract": 1, "multiply": 2, "divide": 2, "negative": 3, "power": 4}
_WRITTEN = {"add": " + ", "subtract": " - ", "multiply": " * ", "divide": " / ", "power": "^"}


def formula_text(formula: Formula) -> str:
    """Return the formula as text that reads back as the same formula, with no more parentheses than it needs."""
    if isinstance(formula, Number):
        return _number_text(formula.value)
    if isinstance(formula, Variable):
        return formula.name
    binding = _BINDING.get(formula.function)
    if binding is None:
        return f"{formula.function}({', '.join(map(formula_text, formula.arguments))})"
    if formula.function == "negative":
        return f"-{_within(formula.arguments[0], binding)}"
    left, right = formula.arguments
    power = formula.function == "power"
    first = _within(left, binding + power)  # 2^3^4 is 2^(3^4), 2-3-4 is (2-3)-4
    return f"{first}{_WRITTEN[formula.function]}{_within(right, 3 if power else binding + 1)}"


def _within(formula: Formula, binding: int) -> str:
    """Return the text of a part, in parentheses where it binds less than its place asks for."""
    text = formula_text(formula)
    own = _BINDING.get(formula.function, 9) if isinstance(formula, Call) else 9
    return text if own >= binding else f"({text})"


def _number_text(value: float) -> str:
    named = next((name for name, constant in CONSTANTS.items() if constant == value), None)
    return named or (f"{value:g}" if float(f"{value:g}") == value else repr(value))


# ------------------------------------------------------------------------------------- reading it


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    place: int


class _Reader:
    """Reads a text token by token; `how` is the operator of an assignment such as `+=`.

    known: in a program, the names that lines before have given a value.
    """

    def __init__(self, text: str, variables: Collection[str] | None, known: Collection[str] | None = None) -> None:
        if len(text) > MOST_LETTERS:
            raise FormulaError("too_long", most=MOST_LETTERS)
        self.length, self.variables, self.known, self.how = len(text), variables, known, ""
        self.tokens = list(_tokens(text.translate(TYPED)))
        self.next, self.parts, self.depth = 0, 0, 0
        if not self.tokens:
            raise FormulaError("empty")

    # -------------------------------------------------------------------------------- tokens

    def _peek(self) -> str:
        return self.tokens[self.next].text if self.next < len(self.tokens) else ""

    def _take(self) -> _Token:
        if self.next == len(self.tokens):
            raise FormulaError("unfinished", self.length)
        self.next += 1
        return self.tokens[self.next - 1]

    def _took(self, *texts: str) -> str:
        """Return which of the texts comes next, and go past it; "" where none does."""
        text = self._peek()
        if not text or text not in texts:
            return ""
        self.next += 1
        return text

    def _expect(self, text: str) -> None:
        token = self._take()
        if token.text != text:
            raise FormulaError("unexpected", token.place, found=token.text)

    def end(self) -> None:
        """Raise FormulaError where anything is left."""
        if self.next < len(self.tokens):
            token = self.tokens[self.next]
            raise FormulaError("unexpected", token.place, found=token.text)

    def assigned(self) -> str | None:
        """Return the name at the start of `name = …`, and go past the sign; None where the line has none."""
        marks = [token.text for token in self.tokens[:2]]
        if len(marks) < 2 or self.tokens[0].kind != "name" or marks[1] not in ("=", "+=", "-=", "*=", "/="):
            return None
        name = ALSO.get(marks[0], marks[0])
        if name in FUNCTIONS or (name in CONSTANTS and name != "e"):  # a program may call its own value e
            raise FormulaError("reserved", self.tokens[0].place, found=marks[0])
        self.next, self.how = 2, marks[1].removesuffix("=")
        return self._free(name, self.tokens[0]) if self.how else name

    def _free(self, name: str, token: _Token) -> str:
        """Return the name of a variable; in a program, one that has no value yet must be a letter."""
        if self.known is not None and name not in self.known and not UNGIVEN.fullmatch(name):
            raise FormulaError("word", token.place, found=token.text)
        return name

    def _made(self, part: Formula, place: int) -> Formula:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise FormulaError("too_large", place, most=MOST_PARTS)
        return part

    # ------------------------------------------------------------------------------- grammar

    def formula(self) -> Formula:
        """Return the sum that comes next."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("too_deep", self._place(), most=DEEPEST)
        found = self._term()
        while mark := self._took("+", "-"):
            found = self._made(Call(OPERATORS[mark], (found, self._term())), self._place())
        self.depth -= 1
        return found

    def _place(self) -> int:
        return self.tokens[min(self.next, len(self.tokens) - 1)].place

    def _term(self) -> Formula:
        found = self._sign()
        while True:
            if mark := self._took("*", "/"):
                found = self._made(Call(OPERATORS[mark], (found, self._sign())), self._place())
            elif self._begins_factor():
                found = self._made(Call("multiply", (found, self._power())), self._place())
            else:
                return found

    def _begins_factor(self) -> bool:
        if self.next == len(self.tokens):
            return False
        token = self.tokens[self.next]
        return token.text == "(" or token.kind == "name"

    def _sign(self) -> Formula:
        signs = []
        while mark := self._took("+", "-"):
            signs.append(mark)
        if len(signs) > DEEPEST:
            raise FormulaError("too_deep", self._place(), most=DEEPEST)
        found = self._power()
        for _ in range(signs.count("-")):
            found = self._made(Call("negative", (found,)), self._place())
        return found

    def _power(self) -> Formula:
        found = self._method()
        while mark := self._took("²", "³"):
            found = self._made(Call("power", (found, Number(2.0 if mark == "²" else 3.0))), self._place())
        if not self._took("^", "**"):
            return found
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("too_deep", self._place(), most=DEEPEST)
        found = self._made(Call("power", (found, self._sign())), self._place())
        self.depth -= 1
        return found

    def _method(self) -> Formula:
        found = self._factor()
        while self._took("."):
            token = self._take()
            name = ALSO.get(token.text, token.text)
            if name not in FUNCTIONS:
                raise FormulaError("unexpected", token.place, found=token.text)
            found = self._made(Call(name, self._arguments(name, token, found)), token.place)
        return found

    def _factor(self) -> Formula:
        token = self._take()
        if token.kind == "number":
            return self._made(Number(_finite(token)), token.place)
        if token.text == "(":
            found = self.formula()
            self._expect(")")
            return found
        if token.kind != "name":
            raise FormulaError("unexpected", token.place, found=token.text)
        return self._made(self._named(token), token.place)

    def _named(self, token: _Token) -> Formula:
        name = ALSO.get(token.text, token.text)
        if name in FUNCTIONS:
            return Call(name, self._arguments(name, token))
        if self.variables is not None and name in self.variables:
            return Variable(name)
        if name in CONSTANTS and (self.variables is not None or name == "pi"):
            return Number(CONSTANTS[name])
        if self.variables is None:
            return Variable(self._free(name, token))
        raise FormulaError("unknown", token.place, found=token.text, variables=tuple(self.variables))

    def _arguments(self, name: str, token: _Token, *found: Formula) -> tuple[Formula, ...]:
        """Return what stands in the parentheses after a function's name, behind those already found before it."""
        if not self._took("("):
            raise FormulaError("arguments", token.place, found=name, takes=FUNCTIONS[name])
        if not found or self._peek() != ")":
            found = (*found, self.formula())
            while self._took(","):
                found = (*found, self.formula())
        self._expect(")")
        if len(found) != FUNCTIONS[name]:
            raise FormulaError("arguments", token.place, found=name, takes=FUNCTIONS[name])
        return found


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None:
            raise FormulaError("character", place, found=text[place])
        if found.lastgroup != "space":
            yield _Token(found.lastgroup, found[0], place)
        place = found.end()


def _finite(token: _Token) -> float:
    value = float(token.text)
    if not math.isfinite(value):
        raise FormulaError("number", token.place, found=token.text)
    return value
