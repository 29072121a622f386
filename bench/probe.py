"""Asks an event loop every 5 ms for a page, in a process of its own: `python -m bench.probe URL PID`.

It says "ready" once it asks, and when its input ends, what it found, as JSON. While the loop pauses, no answer comes.
"""

import json
import sys
import threading
import time
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

EVERY = 0.005  # s
NS = 1_000_000  # in a ms


@dataclass(frozen=True)
class Answer:
    """How long it took, and what the loop's thread did meanwhile. `start` is in seconds of `time.time`."""

    start: float
    ms: float
    ran: float = 0.0
    """ms on a core"""
    waited: float = 0.0
    """ms in which it could run, but no core was free"""


@dataclass(frozen=True)
class Thread:
    """A thread's two clocks, as the kernel keeps them."""

    file: Path

    def clocks(self) -> tuple[float, float]:
        """ms on a core, and ms of waiting for one."""
        ran, waited, _ = self.file.read_text().split()
        return int(ran) / NS, int(waited) / NS


def busiest(pid: int) -> Thread:
    """The thread that has run most: the loop's, once it has served."""
    threads = [Thread(file) for file in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    return max(threads, key=lambda thread: thread.clocks()[0])


class Probe:
    def __init__(self, url: str, pid: int) -> None:
        address = urlsplit(url)
        self._path = address.path
        self._http = HTTPConnection(address.netloc)
        self._thread = busiest(pid)
        self._own = Thread(Path("/proc/self/schedstat"))

    def ask(self) -> Answer:
        before, own = self._thread.clocks(), self._own.clocks()
        start, begun = time.time(), time.perf_counter()
        self._http.request("GET", self._path)
        self._http.getresponse().read()
        spent = (time.perf_counter() - begun) * 1000
        after, own_after = self._thread.clocks(), self._own.clocks()
        # What this process itself waited for a core is no pause of the loop.
        ms = spent - min(spent, own_after[1] - own[1])
        return Answer(start, ms, after[0] - before[0], after[1] - before[1])


def until_input_ends(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def main(url: str, pid: int) -> None:
    probe, answers = Probe(url, pid), list[Answer]()
    probe.ask()
    ended = threading.Event()
    threading.Thread(target=until_input_ends, args=(ended,), daemon=True).start()
    print("ready", flush=True)
    while not ended.is_set():
        due = time.perf_counter() + EVERY
        answers.append(probe.ask())
        time.sleep(max(0.0, due - time.perf_counter()))
    print(json.dumps([asdict(answer) for answer in answers]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
