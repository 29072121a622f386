"""What Excalidraw's colours, kinds and heads are here: `shapes/excalidraw.json`, which the page reads too."""

import json
from pathlib import Path
from typing import Any

_DECLARED: dict[str, Any] = json.loads((Path(__file__).parents[3] / "shapes/excalidraw.json").read_text())

COLORS: dict[str, str] = _DECLARED["colors"]  # theirs, by ours: those named first are what we write
NAMES: dict[str, str] = _DECLARED["names"]
KINDS: dict[str, str] = _DECLARED["kinds"]
HEADS: dict[str, str] = _DECLARED["heads"]
INK: float = _DECLARED["ink"]  # their freehand ink is this much wider than its `strokeWidth`
RADIUS: float = _DECLARED["radius"]  # px, of their round corners

BOXES = ("rectangle", "ellipse", "diamond")  # with a line and a body
ENTRY = "easel"  # in an element's `customData`: what they have no word for
