"""The fields of shapes as the API takes them, with every limit. A field means the same in each kind that has it."""

import re
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, FiniteFloat, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

MAX_POINTS = 5_000  # of a stroke
MAX_PRESSED = 600  # points of a stroke with pressures
MAX_CORNERS = 100  # points of a line or an arrow
MAX_COORDINATE = 1e6  # px either way, before and after adding the shape's own x, y
MIN_WIDTH, MAX_WIDTH = 0.5, 64.0  # px
MIN_SIZE, MAX_SIZE = 8.0, 400.0  # px, of text
MAX_RADIUS = 1_000.0  # px
MAX_Z = 1e12
MAX_ROTATION = 1e6  # radians
MAX_TEXT, MAX_HEADING, MAX_ALT = 5_000, 200, 1_000  # characters
PALETTE = ("black", "grey", "red", "orange", "yellow", "green", "teal", "blue", "violet", "pink")

STRICT = ConfigDict(extra="forbid", strict=True)
IDENTIFIER = r"^[A-Za-z0-9_-]{1,64}$"
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def _color(value: str) -> str:
    digits = value[1:]
    if value in PALETTE or (value[:1] == "#" and len(digits) == 6 and set(digits) <= set("0123456789abcdefABCDEF")):
        return value.lower()
    raise PydanticCustomError("color", "must be #rrggbb or one of {palette}", {"palette": ", ".join(PALETTE)})


def _color_or_none(value: str) -> str:
    return value and _color(value)


def _hundredths(value: float) -> float:
    return round(value, 2)


def _printable(value: str) -> str:
    if found := UNPRINTABLE.search(value):
        raise PydanticCustomError(
            "unprintable",
            "must have no control characters but line feed and tab; character {place} is {code}",
            {"place": found.start() + 1, "code": f"U+{ord(found[0]):04X}"},
        )
    return value


def _place(value: Any) -> Any:
    match value:
        case float() | int() if not isinstance(value, bool) and abs(value) <= MAX_Z:
            return float(value)
        case "front" | "back":
            return value
        case {"above": str(id)} | {"below": str(id)} if len(value) == 1 and re.fullmatch(IDENTIFIER, id):
            return value
    raise PydanticCustomError(
        "place",
        'must be a number within ±{limit}, "front", "back", {{"above": id}} or {{"below": id}}',
        {"limit": MAX_Z},
    )


def _lock(value: Any) -> Any:
    if isinstance(value, bool) or value == "owner":
        return value
    raise PydanticCustomError("lock", 'must be true, false, or "owner", which the owner\'s true becomes')


def _pairs(points: list[float], info: ValidationInfo) -> list[float]:
    if len(points) % 2:
        raise PydanticCustomError("pairs", "must hold pairs x, y: {count} is an odd count", {"count": len(points)})
    for name, values in (("x", points[::2]), ("y", points[1::2])):
        origin = info.data.get(name, 0.0)
        low, high = min(values), max(values)
        if min(low, low + origin) < -MAX_COORDINATE or max(high, high + origin) > MAX_COORDINATE:
            raise PydanticCustomError(
                "coordinate",
                "must stay within {limit} px either way, before and after adding the shape's own {name}",
                {"name": name, "limit": MAX_COORDINATE},
            )
    return points


def _crop(sides: list[float]) -> list[float]:
    left, top, right, bottom = sides
    if left < right and top < bottom:
        return sides
    raise PydanticCustomError("crop", "must be left, top, right, bottom with left < right and top < bottom")


def some(most: int, least: int = 0) -> Any:
    """The length of a list. The first item that is wrong is the last that is looked at."""
    return Field(min_length=least, max_length=most, fail_fast=True)


def _within(low: float, high: float) -> Any:
    return Field(ge=low, le=high)


Fraction = Annotated[FiniteFloat, _within(0, 1)]
Opacity = Fraction
Id = Annotated[str, Field(pattern=IDENTIFIER)]


class Binding(TypedDict):
    """What an arrow's end is bound to: a shape, and a place in fractions of its local box."""

    __pydantic_config__ = STRICT  # type: ignore[misc]

    id: Id
    at: Annotated[list[Fraction], some(2, 2)]


Place: TypeAlias = float | str | dict[str, str]
Z = Annotated[Place, PlainValidator(_place)]
Color = Annotated[str, AfterValidator(_color)]
FillColor = Annotated[str, AfterValidator(_color_or_none)]  # empty: the colour of the line
Coordinate = Annotated[FiniteFloat, _within(-MAX_COORDINATE, MAX_COORDINATE), AfterValidator(_hundredths)]
Length = Annotated[FiniteFloat, _within(0, MAX_COORDINATE), AfterValidator(_hundredths)]
Rotation = Annotated[FiniteFloat, _within(-MAX_ROTATION, MAX_ROTATION)]
Width = Annotated[FiniteFloat, _within(MIN_WIDTH, MAX_WIDTH)]
Size = Annotated[FiniteFloat, _within(MIN_SIZE, MAX_SIZE)]
Radius = Annotated[FiniteFloat, _within(0, MAX_RADIUS)]
Group = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$")]
Points = Annotated[list[FiniteFloat], some(2 * MAX_POINTS, 2), AfterValidator(_pairs)]
Corners = Annotated[list[FiniteFloat], some(2 * MAX_CORNERS, 4), AfterValidator(_pairs)]
Pressures = Annotated[list[Fraction], some(MAX_PRESSED)]
Dash = Literal["solid", "dashed", "dotted"]
End = Literal["none", "arrow", "triangle", "dot", "bar"]
Fill = Literal["none", "tint", "solid"]
Align = Literal["left", "center", "right"]
Flip = Literal["", "x", "y", "xy"]
Lock = Annotated[bool | Literal["owner"], PlainValidator(_lock)]
Words = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_printable)]
Heading = Annotated[str, Field(max_length=MAX_HEADING), AfterValidator(_printable)]
Alt = Annotated[str, Field(max_length=MAX_ALT), AfterValidator(_printable)]
Crop = Annotated[list[Fraction], some(4, 4), AfterValidator(_crop)]
