"""What all shapes have in common: as the API takes them, and as the board keeps them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter, itemgetter
from typing import Any, Literal, NamedTuple, Self, TypeAlias

from pydantic import BaseModel

from app.shapes.declared import absent
from app.shapes.fields import DEFERRED, STRICT, Color, Coordinate, Group, Id, Lock, Opacity, Rotation, Z
from app.shapes.points import pack, pack_pressures, unpack, unpack_pressures

# Fields that the deployment keeps in another form than the API has.
PACKED: dict[str, Callable[[Any], Any]] = {"points": pack, "pressures": pack_pressures}
UNPACKED: dict[str, Callable[[Any], Any]] = {"points": unpack, "pressures": unpack_pressures}

Box = tuple[float, float, float, float]
Find: TypeAlias = "Callable[[str], Shape | None]"


class ShapeIn(BaseModel):
    """A shape as the API takes it. `x, y` come before `points`, which are checked against them."""

    model_config = STRICT | DEFERRED

    id: Id
    z: Z | None = None
    color: Color = "black"
    x: Coordinate = 0.0
    y: Coordinate = 0.0
    rotation: Rotation = 0.0
    opacity: Opacity = 1.0
    group: Group = ""
    locked: Lock = False

    def wire(self) -> dict[str, Any]:
        """The arguments' form, with every field; no `z` lets the deployment choose one above everything."""
        given = {field.alias or name: getattr(self, name) for name, field in type(self).model_fields.items()}
        if self.z is None:
            del given["z"]
        return packed(given)


@dataclass(slots=True)
class Shape:
    """A shape as stored. Never changed in place (not frozen: that makes 10,000 of them 12 ms slower)."""

    id: str
    kind: str
    z: float
    color: str
    x: float
    y: float
    rotation: float
    opacity: float
    group: str
    locked: bool | Literal["owner"]
    author: str
    ts: int

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        """A field that only newer functions know is left aside."""
        stored = form_of(cls).read
        try:
            shape = cls(*stored(wire))
        except KeyError:
            shape = cls(*stored({**ABSENT, **wire}))
        shape.ts = int64(shape.ts)
        return shape

    def patched(self, changed: Mapping[str, Any], ts: int) -> Self:
        return self.from_wire({**self._stored(), **changed, "ts": ts})

    def json(self) -> dict[str, Any]:
        """The API's form: points in px, `ts` a decimal string (JavaScript has no 64-bit numbers)."""
        told = unpacked(self._stored())
        told["ts"] = str(self.ts)
        return told

    def _stored(self) -> dict[str, Any]:
        form = form_of(type(self))
        return dict(zip(form.names, form.values(self), strict=True))

    @property
    def characters(self) -> int:
        """Of all its texts together: what makes one shape larger than another."""
        return sum([len(value) for value in self._stored().values() if isinstance(value, str)])


class Form(NamedTuple):
    """How a class of shapes is read and told: `names` are the API's, in the order of its attributes."""

    names: tuple[str, ...]
    read: itemgetter[tuple[Any, ...]]
    values: attrgetter[tuple[Any, ...]]


FORMS: dict[type[Shape], Form] = {}


def form_of(cls: type[Shape]) -> Form:
    if cls not in FORMS:
        attributes = [field.name for field in fields(cls)]
        names = tuple(name.rstrip("_") for name in attributes)  # a `_` is behind what is a keyword of Python's
        FORMS[cls] = Form(names, itemgetter(*names), attrgetter(*attributes))
    return FORMS[cls]


def packed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in the API's form as the deployment keeps them."""
    return _converted(given, PACKED)


def unpacked(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as the deployment keeps them in the API's form."""
    return _converted(kept, UNPACKED)


def _converted(given: Mapping[str, Any], forms: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    converted = dict(given)
    for name in forms:
        if name in converted:
            converted[name] = forms[name](converted[name])
    return converted


ABSENT = packed(absent())


def int64(value: Any) -> int:
    """A Convex int64, whatever wraps it."""
    return int(getattr(value, "value", value))
