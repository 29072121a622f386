"""The last results as JSON, and docs/performance.md with its plots, made from them."""

import json
import os
import platform
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot
from matplotlib.axes import Axes

from bench.table import Table

RESULTS = Path("bench/results.json")
PAGE = Path("docs/performance.md")
PLOTS = Path("docs/performance")
BLUE, GREY = "#2f6bd0", "#807c87"
Tables = dict[str, Table]


def keep(tables: list[Table]) -> None:
    """Into RESULTS, each in the place of its older one."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    kept |= {table.name: table.json() for table in tables}
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n")


def write() -> None:
    tables = {name: Table.from_json(table) for name, table in json.loads(RESULTS.read_text()).items()}
    PLOTS.mkdir(exist_ok=True)
    for name, plot in {"latency": latency, "saturation": saturation, "opening": opening}.items():
        if name in tables:
            draw(name, tables, plot)
    text = PAGE.read_text()
    for name, table in tables.items():
        text = replaced(text, name, f"{table.markdown()}\n\n{table.note}".strip())
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores shared with the load generator"
    PAGE.write_text(replaced(text, "machine", f"{date.today()}, {machine}"))


def replaced(text: str, name: str, body: str) -> str:
    """What stands between the two marks of this name; a page without the marks stays as it is."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if start not in text or end not in text:
        return text
    before, after = text.split(start)[0], text.split(end)[1]
    return f"{before}{start}\n{body}\n{end}{after}"


def draw(name: str, tables: Tables, plot: Callable[[Axes, Tables], None]) -> None:
    figure, axes = pyplot.subplots(figsize=(6.4, 3.6), layout="constrained")
    plot(axes, tables)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(PLOTS / f"{name}.png", dpi=110)
    pyplot.close(figure)


def latency(axes: Axes, tables: Tables) -> None:
    for name, table, color in (("Easel", "latency", BLUE), ("tldraw", "tldraw latency", GREY)):
        if table in tables:
            for share, style in (("p50", "o-"), ("p99", "o--")):
                viewers, times = tables[table].column("viewers"), tables[table].column(share)
                axes.plot(viewers, times, style, color=color, label=f"{name} {share}")
    axes.set(xscale="log", xlabel="viewers", ylabel="ms from stroke to viewer", ylim=(0, None))


def saturation(axes: Axes, tables: Tables) -> None:
    table = tables["saturation"]
    axes.plot(table.column("offered /s"), table.column("p99 ms"), "o-", color=BLUE, label="p99")
    axes.plot(table.column("offered /s"), table.column("p50 ms"), "o--", color=BLUE, label="p50")
    axes.axhline(250, color="#d0342c", linewidth=1, label="limit")
    axes.set(yscale="log", xlabel="strokes a second", ylabel="ms from stroke to viewer")


def opening(axes: Axes, tables: Tables) -> None:
    table = tables["opening"]
    for when, style in (("warm ms", "o-"), ("cold ms", "o--")):
        axes.plot(table.column("strokes"), table.column(when), style, color=BLUE, label=when.split()[0])
    axes.set(xscale="log", yscale="log", xlabel="strokes on the board", ylabel="ms to the page's last byte")
