"""What somebody does on a board at this moment: for the others to see, and not kept."""

from typing import Annotated, Any, Self

from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat, model_validator
from pydantic_core import PydanticCustomError
from starlette.responses import Response
from starlette.routing import Route
from typing_extensions import TypedDict

from app.deps.boards import ReadableBoard
from app.deps.budgets import afforded_report
from app.shapes.fields import MAX_POINTS, MAX_TEXT, Color, Coordinate, Id, Opacity, Rotation, Width, Words, some
from app.shapes.models import SketchIn
from app.web.answers import Json
from app.web.body import body_of

MAX_PIECE = 1_000  # points of one report
MAX_SHAPES = 200  # selected, or dragged
MAX_DRAGGED_POINTS = 400  # of one dragged line; a longer one is not shown before it is dropped

router = APIRouter()
STRICT = ConfigDict(extra="forbid", strict=True)


def _pairs(points: list[float]) -> list[float]:
    if len(points) % 2:
        raise PydanticCustomError("pairs", "points come in pairs x, y")
    return points


def _box(sides: list[float]) -> list[float]:
    left, top, right, bottom = sides
    if left < right and top < bottom:
        return sides
    raise PydanticCustomError("box", "must be left, top, right, bottom with left < right and top < bottom")


Point = Annotated[list[Coordinate], some(2, 2)]
View = Annotated[list[Coordinate], some(4, 4), AfterValidator(_box)]
Size = Annotated[FiniteFloat, Field(ge=0, le=1e6)]
Part = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,16}$")]


class PieceIn(BaseModel):
    """The points of a stroke from index `from` on, [x, y, ...] in board px; `id` is that of the shape to come."""

    model_config = STRICT

    id: Id
    start: Annotated[int, Field(alias="from", ge=0, le=MAX_POINTS)]
    points: Annotated[list[Coordinate], some(2 * MAX_PIECE)]
    pressures: Annotated[list[Annotated[FiniteFloat, Field(ge=0, le=1)]], some(MAX_PIECE)] = []
    color: Color = "black"
    width: Width = 4.0
    opacity: Opacity = 1.0

    @model_validator(mode="after")
    def _fits(self) -> Self:
        count = len(_pairs(self.points)) // 2
        if self.pressures and len(self.pressures) != count:
            raise PydanticCustomError("pressures", "pressures are one a point, or none")
        if self.start + count > MAX_POINTS:
            raise PydanticCustomError("points", "a stroke has at most {limit} points", {"limit": MAX_POINTS})
        return self


class DraggedIn(TypedDict, total=False):
    """What a shape is like while a hand has it: dragged, resized, turned or written in. Of a text in which somebody
    writes, `base` is what it was before, `caret` where that person's is, in UTF-16 units.

    One that is being made, and not on the board yet, comes whole as `shape`; ink comes by itself.
    """

    __pydantic_config__ = STRICT  # type: ignore[misc]

    x: Coordinate
    y: Coordinate
    rotation: Rotation
    w: Size
    h: Size
    size: Size
    width: Width
    points: Annotated[list[Coordinate], some(2 * MAX_DRAGGED_POINTS, 2), AfterValidator(_pairs)]
    opacity: Opacity
    text: Words
    base: Words
    caret: Annotated[int, Field(ge=0, le=2 * MAX_TEXT)]
    shape: Annotated[SketchIn, Field(discriminator="kind")]


class PresenceIn(BaseModel):
    """What is absent is as before; null is nothing, any more. `page` names one of several pages of a person, `seq`
    counts its reports. `viewport` is [left, top, right, bottom] in board px, `following` whose view this person has.
    """

    model_config = STRICT

    page: Part = ""
    seq: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    cursor: Point | None = None
    tool: Annotated[str, Field(pattern=r"^[a-z-]{1,20}$")] | None = None
    selection: Annotated[list[Id], some(MAX_SHAPES)] | None = None
    ink: PieceIn | None = None
    drag: Annotated[dict[Id, DraggedIn], Field(max_length=MAX_SHAPES)] | None = None
    laser: PieceIn | None = None
    viewport: View | None = None
    following: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    gone: bool = False

    def report(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True, by_alias=True, exclude={"page", "seq"})


presence_in = body_of(PresenceIn)


async def report(request: Request) -> Response:
    board, viewer = await afforded_report(request)
    presence = await presence_in(request)
    board.report(viewer, presence.page, presence.seq, presence.report())
    return Response(status_code=204)


busy = [Route("/boards/{board_id}/presence", report, methods=["POST"])]


@router.get("/boards/{board_id}/people")
async def people(board: ReadableBoard) -> Response:
    """Everybody who is here: a page has the faces of the first only."""
    return Json({"people": [{"person": face.id, "name": face.name, "hue": face.hue} for face in board.people]})
