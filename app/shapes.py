"""Shapes: what the API takes and what the board keeps, with every limit. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from app.points import extent, pack, path_data, unpack

__all__ = ["ChangeIn", "Shape", "pack", "path_data", "unpack"]

MAX_POINTS = 5_000  # of one stroke
MAX_COORDINATE = 1e6  # px either way, before and after adding the shape's own x, y
MIN_WIDTH, MAX_WIDTH = 0.5, 64.0  # px
MAX_Z = 1e12
MAX_ROTATION = 1e6  # radians
MAX_OPERATIONS = 200  # of one change: put + patch + remove
MAX_SHAPES = 20_000  # live, of one board
PALETTE = ("black", "grey", "red", "orange", "yellow", "green", "teal", "blue", "violet", "pink")


# What the API takes


def _color(value: str) -> str:
    digits = value[1:]
    if value in PALETTE or (value[:1] == "#" and len(digits) == 6 and set(digits) <= set("0123456789abcdefABCDEF")):
        return value.lower()
    raise PydanticCustomError("color", "must be #rrggbb or one of {palette}", {"palette": ", ".join(PALETTE)})


def _hundredths(value: float) -> float:
    return round(value, 2)


def _pairs(points: list[float], info: ValidationInfo) -> list[float]:
    if len(points) % 2:
        raise PydanticCustomError("pairs", "must hold pairs x, y: {count} is an odd count", {"count": len(points)})
    for name, values in (("x", points[::2]), ("y", points[1::2])):
        origin = info.data.get(name, 0.0)
        low, high = min(values), max(values)
        if min(low, low + origin) < -MAX_COORDINATE or max(high, high + origin) > MAX_COORDINATE:
            limit = f"{MAX_COORDINATE:,.0f}"
            raise PydanticCustomError(
                "coordinate",
                "must stay within {limit} px either way, before and after adding the shape's own {name}",
                {"name": name, "limit": limit},
            )
    return points


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Z = Annotated[FiniteFloat, Field(ge=-MAX_Z, le=MAX_Z)]
Color = Annotated[str, AfterValidator(_color)]
Coordinate = Annotated[FiniteFloat, Field(ge=-MAX_COORDINATE, le=MAX_COORDINATE), AfterValidator(_hundredths)]
Rotation = Annotated[FiniteFloat, Field(ge=-MAX_ROTATION, le=MAX_ROTATION)]
Width = Annotated[FiniteFloat, Field(ge=MIN_WIDTH, le=MAX_WIDTH)]
Opacity = Annotated[FiniteFloat, Field(ge=0, le=1)]
Points = Annotated[list[FiniteFloat], Field(min_length=2, max_length=2 * MAX_POINTS), AfterValidator(_pairs)]

STRICT = ConfigDict(extra="forbid", strict=True)


class StrokeIn(BaseModel):
    """A stroke as the API takes it. `x, y` come before `points`, which are checked against them."""

    model_config = STRICT

    id: Id
    kind: Literal["stroke"]
    z: Z | None = None
    color: Color = "black"
    x: Coordinate = 0.0
    y: Coordinate = 0.0
    rotation: Rotation = 0.0
    width: Width = 4.0
    opacity: Opacity = 1.0
    points: Points

    def wire(self) -> dict[str, Any]:
        """The arguments' form: packed points; no `z` lets the deployment choose one above everything."""
        return {**self.model_dump(exclude_none=True, exclude={"points"}), "points": pack(self.points)}


# With a second kind: Annotated[StrokeIn | BoxIn, Field(discriminator="kind")].
ShapeIn: TypeAlias = StrokeIn


class PatchIn(TypedDict, total=False):
    """The fields a patch may set; what is absent stays."""

    __pydantic_config__ = STRICT  # type: ignore[misc]

    z: Z
    color: Color
    x: Coordinate
    y: Coordinate
    rotation: Rotation
    width: Width
    opacity: Opacity


def _sets_something(patch: PatchIn) -> PatchIn:
    if not patch:
        raise PydanticCustomError("empty_patch", "must set at least one field")
    return patch


class ChangeIn(BaseModel):
    """`{changeId, put?, patch?, remove?}`: 1–200 operations, each shape named once.

    Parse with `ChangeIn.model_validate_json(body)`; a ValidationError's `loc` has the field and the index.
    """

    model_config = STRICT

    changeId: Id
    put: list[ShapeIn] = []
    patch: dict[Id, Annotated[PatchIn, AfterValidator(_sets_something)]] = {}
    remove: list[Id] = []

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        ids = [*(shape.id for shape in self.put), *self.patch, *self.remove]
        if not 1 <= len(ids) <= MAX_OPERATIONS:
            raise PydanticCustomError(
                "operations",
                "a change holds 1 to {limit} operations (put, patch and remove together), not {count}",
                {"limit": MAX_OPERATIONS, "count": len(ids)},
            )
        if len(set(ids)) < len(ids):
            twice = next(id for n, id in enumerate(ids) if id in ids[:n])
            raise PydanticCustomError("twice", "shape {id} is named twice in one change", {"id": twice})
        return self

    def args(self) -> dict[str, Any]:
        """The arguments of `changes:commit`, but for the board."""
        return {
            "changeId": self.changeId,
            "put": [shape.wire() for shape in self.put],
            "patch": [{"id": id, "set": patch} for id, patch in self.patch.items()],
            "remove": self.remove,
        }


# What the board keeps


@dataclass(slots=True)
class Stroke:
    """A stroke as stored. Never changed in place (not frozen: that makes 10,000 of them 12 ms slower)."""

    id: str
    kind: str
    z: float
    color: str
    x: float
    y: float
    rotation: float
    width: float
    opacity: float
    points: str
    author: str
    ts: int

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        stroke = cls(*_known(wire))
        stroke.ts = int64(stroke.ts)
        return stroke

    def patched(self, changed: Mapping[str, Any], ts: int) -> Self:
        return self.from_wire({**self._stored(), **changed, "ts": ts})

    def json(self) -> dict[str, Any]:
        """The API's form: points in px, `ts` a decimal string (JavaScript has no 64-bit numbers)."""
        return {**self._stored(), "points": unpack(self.points), "ts": str(self.ts)}

    def bounds(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom in board px, with the width and whatever the rotation."""
        left, top, right, bottom = extent(self.points)
        if self.rotation:
            far = max(abs(left), abs(right)) + max(abs(top), abs(bottom))
            left, top, right, bottom = -far, -far, far, far
        half = self.width / 2
        return self.x + left - half, self.y + top - half, self.x + right + half, self.y + bottom + half

    def _stored(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in STROKE_FIELDS}


STROKE_FIELDS = tuple(field.name for field in fields(Stroke))
_known = itemgetter(*STROKE_FIELDS)  # a field that only newer functions know is left aside
Shape: TypeAlias = Stroke


def int64(value: Any) -> int:
    """A Convex int64, whatever wraps it."""
    return int(getattr(value, "value", value))
