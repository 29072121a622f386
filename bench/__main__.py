"""`make bench` measures all, `python -m bench latency hops` a part; `--write` renews docs/performance.md.

`python -m bench latency --beside tldraw` measures a peer too, in turn, and prints the ratios.
"""

import argparse
import asyncio

from bench import embedded, report
from bench.beside import COMPARED, PEERS, beside
from bench.measures import MEASURES, measure
from bench.table import Table


async def main(names: list[str], peer: str | None, rounds: int) -> None:
    tables: list[Table] = []
    if peer:
        for name in names or COMPARED:
            tables += await beside(name, peer, rounds)
    else:
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
    parser.add_argument("--beside", choices=PEERS, help=f"measure this one too: {', '.join(COMPARED)}")
    parser.add_argument("--rounds", type=int, default=1, help="how often both are measured, in turn")
    chosen = parser.parse_args()
    known = COMPARED if chosen.beside else MEASURES
    if unknown := set(chosen.names) - known.keys():
        parser.error(f"There is no measurement {', '.join(sorted(unknown))}: choose from {', '.join(known)}.")
    return chosen


if __name__ == "__main__":
    chosen = options()
    asyncio.run(main(chosen.names, chosen.beside, chosen.rounds))
    if chosen.write:
        report.write()
