"""Where an answer's time went, for its `Server-Timing` header: browsers show it, `bench/hops.py` reads it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Spent = dict[str, float]  # s, by the name of what took them
_spent: ContextVar[Spent | None] = ContextVar("spent", default=None)


def begin() -> Spent:
    """What is measured from here on in this request, and nowhere else."""
    spent: Spent = {}
    _spent.set(spent)
    return spent


@contextmanager
def measured(name: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        if (spent := _spent.get()) is not None:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start


def header(spent: Spent) -> str:
    """`deployment;dur=2.31, total;dur=3.40`, in ms."""
    return ", ".join(f"{name};dur={seconds * 1000:.2f}" for name, seconds in spent.items())
