"""The fields of shapes as the API takes them, with every limit. A field means the same in each kind that has it."""

import re
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, FiniteFloat, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from app.shapes.declared import CHOICES, KINDS, LIMITS, NUMBERS, PALETTE, TEXTS, fields_of

MAX_POINTS = LIMITS["points"]  # of a stroke
MAX_PRESSED = LIMITS["pressed"]  # points of a stroke with pressures
MAX_COORDINATE = LIMITS["coordinate"]  # px either way, before and after adding the shape's own x, y
MAX_Z = float(LIMITS["z"])
MAX_TEXT = TEXTS["text"]  # characters

STRICT = ConfigDict(extra="forbid", strict=True)
DEFERRED = ConfigDict(defer_build=True)  # validators are built when first used: a worker that reads files needs few
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


def _one_a_point(pressures: list[float], info: ValidationInfo) -> list[float]:
    points = len(info.data.get("points", ())) // 2
    if not points or len(pressures) in (0, points):
        return pressures
    raise PydanticCustomError(
        "pressures",
        "must be none, or one a point of at most {limit} points: {count} for {points} points",
        {"count": len(pressures), "points": points, "limit": MAX_PRESSED},
    )


def some(most: int, least: int = 0) -> Any:
    """The length of a list. The first item that is wrong is the last that is looked at."""
    return Field(min_length=least, max_length=most, fail_fast=True)


def _range(name: str) -> Any:
    return Field(ge=NUMBERS[name]["least"], le=NUMBERS[name]["most"])


Fraction = Annotated[FiniteFloat, Field(ge=0, le=1)]
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
Coordinate = Annotated[FiniteFloat, _range("x"), AfterValidator(_hundredths)]
Rotation = Annotated[FiniteFloat, _range("rotation")]
Width = Annotated[FiniteFloat, _range("width")]
Group = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$")]
Points = Annotated[list[FiniteFloat], some(2 * MAX_POINTS, 2), AfterValidator(_pairs)]
Corners = Annotated[list[FiniteFloat], some(2 * LIMITS["corners"], 4), AfterValidator(_pairs)]
Pressures = Annotated[list[Fraction], some(MAX_PRESSED), AfterValidator(_one_a_point)]
Lock = Annotated[bool | Literal["owner"], PlainValidator(_lock)]
Words = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_printable)]
Alt = Annotated[str, Field(max_length=TEXTS["alt"]), AfterValidator(_printable)]
Crop = Annotated[list[Fraction], some(4, 4), AfterValidator(_crop)]


def _number(name: str) -> Any:
    rounded = [AfterValidator(_hundredths)] if "digits" in NUMBERS[name] else []
    return Annotated[FiniteFloat, _range(name), *rounded]  # type: ignore[syntax, unused-ignore]


# Every field by its name: what it may be in a patch, which does not know the kind.
TYPES: dict[str, Any] = {
    **{name: _number(name) for name in NUMBERS},
    **{name: Literal[tuple(values)] for name, values in CHOICES.items()},
    **{name: Annotated[str, Field(max_length=most), AfterValidator(_printable)] for name, most in TEXTS.items()},
    "color": Color,
    "fillColor": FillColor,
    "group": Group,
    "locked": Lock,
    "points": Points,
    "pressures": Annotated[list[Fraction], some(MAX_PRESSED)],
    "curved": bool,
    "from": Binding | None,
    "to": Binding | None,
    "file": Id,
    "crop": Crop | None,
}


def type_of(kind: str, name: str) -> Any:
    """What a field may be in this kind."""
    if name == "pressures":
        return Pressures
    if name == "points" and kind != "stroke":
        return Corners
    most = KINDS[kind].get("most", {}).get(name)
    return Annotated[str, Field(max_length=most), AfterValidator(_printable)] if most else TYPES[name]


def default_of(kind: str, name: str) -> Any:
    """A number is a float: the deployment's integers are something else. `...`: it has to be given."""
    default = ... if name in KINDS[kind]["needs"] else fields_of(kind)[name]
    return float(default) if type(default) is int else default
