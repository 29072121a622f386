"""`make bench` measures all, `python -m bench latency hops` a part; `--write` renews docs/performance.md."""

import argparse
import asyncio

from bench import embedded, report
from bench.measures import MEASURES, measure
from bench.table import Table


async def main(names: list[str]) -> None:
    tables: list[Table] = []
    if not names:
        await embedded.main()
    for name in names or MEASURES:
        tables.append(await measure(name))
        print(f"\n{tables[-1].text()}", flush=True)
    report.keep(tables)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(MEASURES)}")
    parser.add_argument("--write", action="store_true", help="renew docs/performance.md")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - MEASURES.keys():
        parser.error(f"There is no measurement {', '.join(sorted(unknown))}: choose from {', '.join(MEASURES)}.")
    return chosen


if __name__ == "__main__":
    chosen = options()
    asyncio.run(main(chosen.names))
    if chosen.write:
        report.write()
