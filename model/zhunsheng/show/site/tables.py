"""Decision tables as Markdown: rules down the side where few things are asked, conditions down the side where many are."""

from __future__ import annotations

from zhunsheng.ask.publishing.tables import Cell, DecisionTable, Row, decision_table
from zhunsheng.lang import expr as e
from zhunsheng.lang.pack import Definition, Pack
from zhunsheng.lang.types import Text
from zhunsheng.narrate import values
from zhunsheng.narrate.phrases import fill
from zhunsheng.narrate.prose import Prose
from zhunsheng.narrate.provisions import provision
from zhunsheng.narrate.rules import bare
from zhunsheng.show.media.width import width
from zhunsheng.show.site import markup
from zhunsheng.show.site.places import Places

FEW_COLUMNS = 3
MANY_ROWS = 8
LONGEST_ENTRY = 16
"""Columns of text that an entry may have where rules stand side by side."""
CONDITION = Text("条件", "Condition")
CONDITIONS = Text("条件（全部具备）", "Conditions (all of them)")
RESULT = Text("结果", "Result")
PROVISION = Text("条文", "Provision")
OVERRIDES = Text("优先于", "Prevails over")
NUMBER = Text("序号", "No.")
OTHERWISE = Text("其他情形", "Otherwise")
SILENT = Text("未作规定", "not said")
NONE_OF = Text("不是{values}中的任何一项", "none of {values}")
SO = {True: values.YES, False: values.NO}
OPERATORS = {
    "==": Text("{value}", "{value}"), "!=": Text("不是{value}", "not {value}"), "<": Text("小于{value}", "below {value}"),
    "<=": Text("不大于{value}", "at most {value}"), ">": Text("大于{value}", "above {value}"),
    ">=": Text("不小于{value}", "at least {value}"),
}  # fmt: skip
DAY_OPERATORS = {
    **OPERATORS, "<": Text("早于{value}", "before {value}"), "<=": Text("不晚于{value}", "not after {value}"),
    ">": Text("晚于{value}", "after {value}"), ">=": Text("不早于{value}", "not before {value}"),
}  # fmt: skip
DASH = "–"


def table_block(pack: Pack, definition: Definition, at: Places) -> str:
    """The definition's rules as a table; the last row, or column, is what holds otherwise."""
    return _Table(pack, definition, at).block()


class _Table:
    """`plain`: cells are text without links, for forms that know none."""

    def __init__(self, pack: Pack, definition: Definition, at: Places, *, plain: bool = False) -> None:
        self.pack, self.definition, self.at, self.plain, self.lang = pack, definition, at, plain, at.lang
        self.found: DecisionTable = decision_table(definition)
        self.say = Prose(pack, at.lang).within(definition)
        self.columns = [self._column(number) for number in range(len(self.found.columns))]

    def block(self) -> str:
        head, rows = self.grid()
        return markup.table([markup.text(cell) for cell in head], rows)

    def grid(self) -> tuple[list[str], list[list[str]]]:
        """The head as text, the rows as Markdown."""
        if len(self.columns) <= FEW_COLUMNS:
            return self._rules_down()
        return self._conditions_down() if self._is_narrow() else self._rules_in_words()

    def _is_narrow(self) -> bool:
        """Whether the rules fit side by side: few of them, each entry a word or two."""
        entries = [entry for row in self.found.rows for entry in (*self._cells(row), self._result(row.rule.value))]
        return len(self.found.rows) < MANY_ROWS and all(width(entry) <= LONGEST_ENTRY for entry in entries)

    # -- the three forms

    def _rules_down(self) -> tuple[list[str], list[list[str]]]:
        head = [NUMBER[self.lang], *self.columns, RESULT[self.lang], PROVISION[self.lang], *self._more_head()]
        rows = [
            [
                str(number),
                *(self._text(cell) for cell in self._cells(row)),
                self._result(row.rule.value),
                self._where(row),
                *self._more(row),
            ]
            for number, row in enumerate(self.found.rows, 1)
        ]
        return head, [*rows, *self._last(len(self.columns))]

    def _conditions_down(self) -> tuple[list[str], list[list[str]]]:
        head = [CONDITION[self.lang], *(str(number) for number, _ in enumerate(self.found.rows, 1)), OTHERWISE[self.lang]]
        cells = [self._cells(row) for row in self.found.rows]
        rows = [[self._text(said), *(self._text(row[number]) for row in cells), DASH] for number, said in enumerate(self.columns)]
        rows.append(
            [self._strong(RESULT[self.lang]), *(self._result(row.rule.value) for row in self.found.rows), self._otherwise()]
        )
        rows.append([self._strong(PROVISION[self.lang]), *map(self._where, self.found.rows), ""])
        if self._more_head():
            rows.append([self._strong(OVERRIDES[self.lang]), *(self._more(row)[0] for row in self.found.rows), ""])
        return head, rows

    def _rules_in_words(self) -> tuple[list[str], list[list[str]]]:
        head = [NUMBER[self.lang], CONDITIONS[self.lang], RESULT[self.lang], PROVISION[self.lang], *self._more_head()]
        rows = []
        for number, row in enumerate(self.found.rows, 1):
            said = ("\n" if self.plain else "<br>").join(
                self._text(self._in_words(about, cell)) for about, cell in sorted(row.cells.items())
            )
            rows.append([str(number), said or DASH, self._result(row.rule.value), self._where(row), *self._more(row)])
        return head, [*rows, *self._last(1)]

    def _last(self, dashes: int) -> list[list[str]]:
        """What holds otherwise; no row where a rule always applies."""
        if any(not row.cells for row in self.found.rows):
            return []
        return [[OTHERWISE[self.lang], *[DASH] * dashes, self._otherwise(), "", *[""] * len(self._more_head())]]

    # -- cells

    def _column(self, number: int) -> str:
        about = self.found.columns[number]
        compared = any(row.cells[number].op for row in self.found.rows if number in row.cells)
        return self.say.value(about) if compared else self._capital(self.say.condition(about))

    def _capital(self, said: str) -> str:
        return said[:1].upper() + said[1:]

    def _cells(self, row: Row) -> list[str]:
        return [self._cell(row.cells.get(number)) for number in range(len(self.columns))]

    def _cell(self, cell: Cell | None) -> str:
        if cell is None:
            return DASH
        if not cell.op:
            return SO[cell.holds][self.lang]
        said = [self._value(value) for value in cell.values]
        if cell.op == "!=" and len(said) > 1:
            return fill(NONE_OF, self.lang, values=self.at.comma.join(said))
        joined = values.either(said, self.lang)
        operators = DAY_OPERATORS if cell.values[0].type.base == "day" else OPERATORS
        return fill(operators[cell.op], self.lang, value=joined)

    def _value(self, expr: e.Expr) -> str:
        """A constant without quotation marks; a reading's option in them, since it is a sentence."""
        if not isinstance(expr, e.Literal):
            return self.say.value(expr)
        said = values.spoken(self.pack, expr.value, expr.type, self.lang)
        return f"“{bare(said)}”" if expr.type.base.startswith("reading ") else said

    def _in_words(self, number: int, cell: Cell) -> str:
        if not cell.op:
            return self._capital(self.say.condition(self.found.columns[number], cell.holds))
        colon = "：" if self.lang == "zh" else ": "
        return self._capital(self.columns[number]) + colon + self._cell(cell)

    def _result(self, value: e.Expr) -> str:
        if isinstance(value, e.Literal):
            return self._strong(self._value(value))
        return self._text(self.say.condition(value) if self.definition.type.base == "yes/no" else self.say.value(value))

    def _otherwise(self) -> str:
        return self._text(SILENT[self.lang]) if self.definition.otherwise is None else self._result(self.definition.otherwise)

    def _where(self, row: Row) -> str:
        ref = row.rule.provision or self.definition.provision
        return provision(ref, self.lang) if self.plain else self.at.provision(ref)

    def _text(self, said: str) -> str:
        return said if self.plain else markup.text(said)

    def _strong(self, said: str) -> str:
        return said if self.plain else markup.strong(said)

    def _more_head(self) -> list[str]:
        return [OVERRIDES[self.lang]] if any(row.rule.overrides for row in self.found.rows) else []

    def _more(self, row: Row) -> list[str]:
        """The numbers of the rows that this one prevails over."""
        if not self._more_head():
            return []
        numbers = [str(number) for number, other in enumerate(self.found.rows, 1) if other.rule.name in row.rule.overrides]
        return [self.at.comma.join(numbers)]


def plain_grid(pack: Pack, definition: Definition, lang: str) -> tuple[list[str], list[list[str]]]:
    """The same table as text: the head, and the rows."""
    return _Table(pack, definition, Places(pack, lang, ""), plain=True).grid()
