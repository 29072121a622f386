"""Ours have no groups in groups: each shape is in the innermost of its groups that is not everything."""

from collections import Counter
from typing import Any


def grouped(shapes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    members = Counter(group for shape in shapes for group in shape["around"])
    found = []
    for shape in shapes:
        parts = [group for group in shape["around"] if members[group] < len(shapes)]
        plain = {name: value for name, value in shape.items() if name != "around"}
        found.append({**plain, "group": str(parts[-1]) if parts else ""})
    return found
