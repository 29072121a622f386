"""The strokes that the bench draws, as a hand makes them."""

import itertools
import math
import random
from typing import Any

POINTS = 60
NOISE = 0.5  # px that each point is off, with two decimals: what a real hand and a real pointer add
_numbers = itertools.count()


def stroke(chance: random.Random, count: int = POINTS) -> dict[str, Any]:
    """A wobbling curve of `count` points about 4 px apart, somewhere on a 4,000 x 3,000 px board."""
    heading = chance.uniform(0, 2 * math.pi)
    x = y = 0.0
    points: list[float] = []
    for _ in range(count):
        points += [round(x + chance.gauss(0, NOISE), 2), round(y + chance.gauss(0, NOISE), 2)]
        heading += chance.gauss(0, 0.25)
        x += 4 * math.cos(heading)
        y += 4 * math.sin(heading)
    place = {"x": round(chance.uniform(0, 4000), 2), "y": round(chance.uniform(0, 3000), 2)}
    return {
        "id": f"b{next(_numbers):08x}",
        "kind": "stroke",
        "points": points,
        "color": "blue",
        "width": 4,
        **place,
    }
