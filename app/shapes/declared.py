"""What `shapes/kinds.json` declares: kinds, fields, limits and colours, for the server, the deployment and the page."""

import json
from pathlib import Path
from typing import Any

DECLARED: dict[str, Any] = json.loads((Path(__file__).parents[2] / "shapes/kinds.json").read_text())

PALETTE: dict[str, list[str]] = DECLARED["palette"]  # each colour by day and by night
LIMITS: dict[str, int] = DECLARED["limits"]
NUMBERS: dict[str, dict[str, float]] = DECLARED["numbers"]
CHOICES: dict[str, dict[str, str]] = DECLARED["choices"]
TEXTS: dict[str, int] = DECLARED["texts"]
COMMON: dict[str, Any] = DECLARED["common"]
FIGURES: dict[str, dict[str, Any]] = DECLARED["figures"]  # closed figures: all have the same fields


def _figure(own: dict[str, Any]) -> dict[str, Any]:
    shared = DECLARED["figure"]
    return {**shared, **own, "fields": {**shared["fields"], "radius": own.get("radius", 0)}, "binds": True}


KINDS: dict[str, dict[str, Any]] = {
    **DECLARED["kinds"],
    **{kind: _figure(own) for kind, own in FIGURES.items()},
}


def fields_of(kind: str) -> dict[str, Any]:
    """The fields of a kind with their defaults, as the API has them."""
    return {**COMMON, **KINDS[kind]["fields"]}


def absent() -> dict[str, Any]:
    """What shapes lack that were stored before some fields existed."""
    return {name: fields_of(kind)[name] for kind, own in KINDS.items() for name in own.get("later", ())}


def _tool(name: str, own: dict[str, Any]) -> dict[str, Any]:
    """For its button: `cap` is the one key on it, `at` where it is."""
    keys = own["keys"]
    cap = next((key for key in keys if key.isdigit()), keys[0].replace("Shift+", "⇧"))
    return {"name": name, "title": own.get("title") or FIGURES[name]["title"], "cap": cap, **own, "keys": keys[:2]}


TOOLS = [_tool(name, own) for name, own in DECLARED["tools"].items()]
MORE_FIGURES = {kind: own["title"] for kind, own in FIGURES.items() if kind not in DECLARED["tools"]}
