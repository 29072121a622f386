"""What a file holds: shapes of ours, the pictures in it, and what could not be kept."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from app.shapes.declared import LIMITS

# What people are told: of one, and of several.
LOSSES = {
    "link": ("1 embed became a link", "{} embeds became links"),
    "video": ("1 video was left out", "{} videos were left out"),
    "picture": ("1 picture is not in the file", "{} pictures are not in the file"),
    "refused": ("1 picture cannot be opened", "{} pictures cannot be opened"),
    "kind": ("1 shape of an unknown kind was left out", "{} shapes of unknown kinds were left out"),
    "bad": ("1 shape that cannot be drawn was left out", "{} shapes that cannot be drawn were left out"),
    "text": ("1 text was cut at 5,000 characters", "{} texts were cut at 5,000 characters"),
    "filled": ("1 filled line lost its fill", "{} filled lines lost their fill"),
    "page": ("1 page became a frame", "{} pages became frames"),
    "more": ("1 page was left out", "{} pages were left out"),
    "block": ("1 block arrow became its outline", "{} block arrows became their outlines"),
    "sign": ("1 ticked box became a rectangle with a sign", "{} ticked boxes became rectangles with a sign"),
    "vertical": ("1 label is in the middle now", "{} labels are in the middle now"),
    "dashed": ("1 stroke is no longer dashed", "{} strokes are no longer dashed"),
    "outside": ("1 shape outside of its page was left out", "{} shapes outside of their page were left out"),
    "gradient": ("1 gradient became one colour", "{} gradients became one colour each"),
    "pattern": ("1 pattern was left out", "{} patterns were left out"),
    "effect": ("1 effect was left out", "{} effects were left out"),
    "masked": ("1 masked part is shown whole", "{} masked parts are shown whole"),
    "missing": ("1 symbol is not in the file", "{} symbols are not in the file"),
    "inner": ("1 drawing in the drawing was left out", "{} drawings in the drawing were left out"),
    "bound": ("1 line is no longer bound", "{} lines are no longer bound"),
}


class Refused(Exception):
    """A sentence for the person whose file it is."""


def require_room(count: int) -> None:
    """Raises Refused for more shapes than a board holds, before anything is made of them."""
    if count > LIMITS["shapes"]:
        raise Refused(f"This file has {count:,} shapes: a board holds {LIMITS['shapes']:,}.")


@dataclass
class Drawing:
    """`shapes` from the bottom up, in the API's form; ids and groups are the file's own, and a picture's `file` is its
    key in `pictures`. A `strict` file is ours: a shape in it that is not right is a damaged file. `alike` is whether it
    looks as in the program that it comes from.
    """

    title: str = ""
    shapes: list[dict[str, Any]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    strict: bool = False
    alike: bool = True


def told(lost: Counter[str]) -> list[str]:
    """What could not be kept, in words."""
    return [line for what, count in lost.items() for line in counted(what, count)]


def counted(what: str, count: int) -> list[str]:
    return [LOSSES[what][count > 1].format(f"{count:,}")] if count else []
