"""Easel and a peer in turn, in the same run on the same machine, and the ratios of what both have."""

import statistics
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bench import measures
from bench.peers.tldraw import measures as tldraw
from bench.table import Table

Measure = Callable[[str], Awaitable[Table]]
Figures = dict[str, float]
PEERS: dict[str, Measure] = {"tldraw": tldraw.measure}


def each_row(*columns: str) -> Callable[[Table], Figures]:
    """These columns of each row, each called by the row's first cell."""

    def figures(table: Table) -> Figures:
        heads = [f"{head:,} {table.columns[0]}" for head in table.column(table.columns[0])]
        cells = [zip(heads, table.column(column), strict=True) for column in columns]
        return {f"{head}, {column}": cell for column, pairs in zip(columns, cells, strict=True) for head, cell in pairs}

    return figures


def most_held(table: Table) -> Figures:
    rows = zip(table.column("reached /s"), table.column("held"), strict=True)
    return {"most strokes/s held": max((reached for reached, held in rows if held == "yes"), default=0.0)}


def longest(table: Table) -> Figures:
    """Of all its loops."""
    found: Figures = {}
    for column in ("longest", "longest with a core"):
        for viewers, rate, ms in zip(*map(table.column, ("viewers", "strokes/s", column)), strict=True):
            name = f"{viewers} viewers, {rate} strokes/s, worst pause{column.removeprefix('longest')}"
            found[name] = max(ms, found.get(name, 0.0))
    return found


COMPARED: dict[str, Callable[[Table], Figures]] = {
    "latency": each_row("p50", "p99", "worst", "MB"),
    "saturation": most_held,
    "pauses": longest,
    "opening": each_row("warm ms", "cold ms", "MB", "server MB"),
}


async def beside(name: str, peer: str, rounds: int) -> list[Table]:
    """The last round's two tables, and the ratios of all rounds."""
    ours: list[Table] = []
    theirs: list[Table] = []
    for _ in range(rounds):
        for tables, measure in ((ours, measures.measure), (theirs, PEERS[peer])):
            tables.append(await measure(name))
            print(f"\n{tables[-1].text()}", flush=True)
    figures = COMPARED[name]
    compared = ratios(name, peer, [figures(table) for table in ours], [figures(table) for table in theirs])
    print(f"\n{compared.text()}", flush=True)
    return [ours[-1], replace(theirs[-1], name=f"{peer} {name}"), compared]


def ratios(name: str, peer: str, ours: Sequence[Figures], theirs: Sequence[Figures]) -> Table:
    """Medians of the rounds, and of what is called worst the worst."""
    rounds = len(ours)
    table = Table(
        f"{name} beside {peer}",
        f"{name}: Easel beside {peer}",
        ["", "Easel", peer, "ratio", "each round"],
        note=f"{'One round' if rounds == 1 else f'{rounds} rounds, in turn'}. Ratio: Easel / {peer}.",
    )
    for figure in ours[0]:
        pairs = [(one[figure], other[figure]) for one, other in zip(ours, theirs, strict=True) if figure in other]
        if not pairs:
            continue
        typical = max if "worst" in figure else statistics.median
        mine, their = (typical(values) for values in zip(*pairs, strict=True))
        table.add(figure, mine, their, ratio(mine, their), " ".join(f"{ratio(*pair):.2f}" for pair in pairs))
    return table


def ratio(mine: float, their: float) -> float:
    return mine / their if their else float("nan")
