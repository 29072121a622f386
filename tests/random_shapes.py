"""Shapes of any kind at random, in the API's form."""

from typing import Any

from hypothesis import strategies as st

from app.shapes import PALETTE
from app.shapes.declared import NUMBERS
from tests.drawn import DEFAULTS, HEADS, TEXTS, Json, shape

coordinates = st.integers(-3_000, 3_000).map(lambda value: value / 100) | st.integers(-(10**8), 10**8).map(
    lambda value: value / 100
)
steps = st.integers(-2_000, 2_000).map(lambda value: value / 10)
lengths = st.integers(0, 60_000).map(lambda value: value / 100)
fractions = st.integers(0, 100).map(lambda value: value / 100)
unusual = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
letters = unusual | st.sampled_from(" \n\taeiou世👩\u200d")
# What stays together, or may not stand at the beginning or the end of a line.
PIECES = (
    *(
        "🇩🇪",
        "🇫",
        "\u1112\u1161\u11ab",
        "\u1100",
        "한",
        "가\u11a8",
        "👩\u200d🚀",
        "👍🏽",
        "❤️",
        "1️⃣",
        "สวัสดี",
        "नमस्ते",
        "क्ष",
        "។",
    ),
    *(
        "。",
        "「",
        "」",
        "“",
        "”",
        "«",
        "»",
        "(",
        ")",
        "!",
        "?",
        ",",
        ".",
        "/",
        "-",
        "\u2010",
        "–",
        "…",
        "$",
        "€",
        "%",
        "12",
        "3",
    ),
    *(
        "e\u0301",
        "\u0301",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "\u2060",
        " ",
        "  ",
        "word",
        "שלום",
        "ア",
        "ー",
        "世",
        "https://a.b/c?d=e",
    ),
)
pieces = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)
words = st.text(letters, max_size=80) | st.sampled_from(TEXTS) | pieces
colors = st.sampled_from((*PALETTE, "#123abc", "#ffffff")) | st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@st.composite
def shapes(draw: st.DrawFn, ids: st.SearchStrategy[str] = st.uuids().map(str)) -> Json:  # noqa: B008
    """A shape of any kind, in the API's form."""
    kind = draw(st.sampled_from(sorted(DEFAULTS)))
    fields: Json = {
        **{"color": draw(colors), "x": draw(coordinates), "y": draw(coordinates)},
        "rotation": draw(st.just(0) | st.floats(-10, 10)),
        "opacity": draw(st.just(1) | fractions),
    }
    more: dict[str, st.SearchStrategy[Any]] = {
        "w": lengths,
        "h": lengths,
        "text": words,
        "size": st.integers(80, 900).map(lambda value: value / 10),
        "align": st.sampled_from(("left", "center", "right")),
        "width": st.integers(5, 640).map(lambda value: value / 10),
        "dash": st.sampled_from(("solid", "dashed", "dotted")),
        "fill": st.sampled_from(("none", "tint", "solid")),
        "fillColor": st.just("") | colors,
        "radius": lengths,
        "curved": st.booleans(),
        "start": st.sampled_from(HEADS),
        "end": st.sampled_from(HEADS),
        "alt": words,
        "flip": st.sampled_from(("", "x", "y", "xy")),
        "crop": st.none() | st.just([0.1, 0.25, 0.5, 0.99]),
    }
    for name, limits in NUMBERS.items():
        more.setdefault(name, st.integers(int(limits["least"]) + 1, min(int(limits["most"]), 100)).map(float))
    fields |= {name: draw(strategy) for name, strategy in more.items() if name in DEFAULTS[kind]}
    if "points" in DEFAULTS[kind]:
        least = 1 if kind == "stroke" else 2
        pairs = draw(st.lists(st.tuples(steps, steps), min_size=least, max_size=30))
        fields["points"] = [value for pair in pairs for value in pair]
        if kind == "stroke" and draw(st.booleans()):
            fields["pressures"] = draw(st.lists(fractions, min_size=len(pairs), max_size=len(pairs)))
    return shape(draw(ids), kind, **fields)


@st.composite
def boards(draw: st.DrawFn) -> list[Json]:
    """Shapes with arrows among them that are bound to each other's neighbours."""
    made = draw(st.lists(shapes(), min_size=1, max_size=8, unique_by=lambda one: one["id"]))
    ids = st.sampled_from([one["id"] for one in made])
    bindings = st.none() | st.fixed_dictionaries({"id": ids, "at": st.lists(fractions, min_size=2, max_size=2)})
    for one in made:
        if one["kind"] in ("line", "arrow"):
            one |= {"from": draw(bindings), "to": draw(bindings)}
    return made
