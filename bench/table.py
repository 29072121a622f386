"""A measurement's results: printed, kept as JSON, drawn in docs/performance.md."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

Cell = float | int | str | None


@dataclass
class Table:
    """`rows` are one a line, with the cells in the order of `columns`."""

    name: str
    title: str
    columns: Sequence[str]
    rows: list[list[Cell]] = field(default_factory=list)
    note: str = ""

    def add(self, *cells: Cell) -> None:
        assert len(cells) == len(self.columns), cells
        self.rows.append(list(cells))

    def json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, table: Mapping[str, Any]) -> "Table":
        return cls(**table)

    def column(self, name: str) -> list[Any]:
        at = list(self.columns).index(name)
        return [row[at] for row in self.rows]

    def markdown(self) -> str:
        head = [f"| {' | '.join(self.columns)} |", f"|{'|'.join(['--:'] * len(self.columns))}|"]
        return "\n".join([*head, *(f"| {' | '.join(map(shown, row))} |" for row in self.rows)])

    def text(self) -> str:
        cells = [list(self.columns), *([shown(cell) for cell in row] for row in self.rows)]
        widths = [max(len(row[n]) for row in cells) for n in range(len(self.columns))]
        lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
        return "\n".join([self.title, *(f"  {line}" for line in lines)])


def shown(cell: Cell) -> str:
    """Three digits or so; an empty cell is a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) or abs(cell) >= 100:
        return f"{cell:,.0f}"
    return f"{cell:.1f}" if abs(cell) >= 10 else f"{cell:.2f}"


def percentile(ordered: Sequence[float], share: float) -> float:
    """Of an ascending sequence; nan of an empty one."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))] if ordered else float("nan")
