"""README's table of kinds, from their declaration. `python -m tests.readme` writes it."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from app.shapes.declared import CHOICES, KINDS

README = Path(__file__).parents[1] / "README.md"
TABLE = re.compile(r"(?<=<!-- kinds -->\n).*?(?=<!-- /kinds -->)", re.DOTALL)
# What a default does not say.
NOTES = {
    "points": "[x0, y0, x1, y1, ...] relative to x, y",
    "pressures": "one a point, 0-1, at most 600",
    "from": "`{id, at: [u, v]}`: bound to that shape, at a place in fractions of its box",
    "to": "the same",
    "fillColor": 'a palette name, `#rrggbb` or "": the colour of the line',
    "file": "one of this board",
    "crop": "[left, top, right, bottom], 0-1",
    "text.w": "0: as wide as it is",
    "frame.text": "its title",
}


def table() -> str:
    groups: dict[tuple[str, ...], list[str]] = {}
    for kind, own in KINDS.items():
        groups.setdefault(tuple(own["fields"]), []).append(kind)
    lines = ["| kind | fields |", "|---|---|"]
    for fields, kinds in groups.items():
        told = [f"`{field}`{_told(field, kinds)}" for field in fields]
        lines.append(f"| {', '.join(f'`{kind}`' for kind in kinds)} | {', '.join(told)} |")
    return "\n".join(lines) + "\n"


def _told(field: str, kinds: list[str]) -> str:
    note = NOTES.get(f"{kinds[0]}.{field}") or NOTES.get(field)
    if note:
        return f" ({note})"
    defaults = {kind: KINDS[kind]["fields"][field] for kind in kinds}
    usual = Counter(defaults.values()).most_common(1)[0][0]
    odd = [f"{kind}: {value}" for kind, value in defaults.items() if value != usual]
    choices = [_choice(choice, usual) for choice in CHOICES.get(field, ())]
    said = [*(choices or ([str(usual)] if _says(usual) else [])), *odd]
    return f" ({', '.join(said)})" if said else ""


def _choice(choice: str, usual: str) -> str:
    return f'"{choice}"' if choice in ("", usual) else choice


def _says(value: Any) -> bool:
    """Whether it is no value that everything has that is not said."""
    return value not in ("", 0, False, None)


if __name__ == "__main__":
    README.write_text(TABLE.sub(lambda _: table(), README.read_text()))
