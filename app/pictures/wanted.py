"""What somebody wants a picture of, and how: the parameters of `/boards/{id}.png`, `.svg` and `.pdf`."""

import re
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)
from pydantic_core import PydanticCustomError

from app.shapes import Id

MAX_SIDE = 16_384  # px
MAX_PIXELS = 8192 * 8192  # of which resvg takes 600 MB and 3 to 8 s (measured)
WIDTH = f"must be a whole number from 1 to {MAX_SIDE}"
MAX_IDS = 500
Pages = Literal["board", "frames", "a4", "letter"]
IDS = re.compile(r"[A-Za-z0-9_-]{1,64}(,[A-Za-z0-9_-]{1,64})*")


def listed_ids(given: Any) -> Any:
    """`a,b,c`, as a query has it."""
    if not isinstance(given, list) or len(given) != 1:
        raise PydanticCustomError("ids", "must be given once, as ids with commas between")
    (text,) = given
    if not IDS.fullmatch(text) or text.count(",") >= MAX_IDS:
        raise PydanticCustomError("ids", "must be 1 to {limit} ids of shapes with commas between", {"limit": MAX_IDS})
    return text.split(",")


Ids = Annotated[list[str], BeforeValidator(listed_ids)]


def told(sentence: str, **limits: float) -> WrapValidator:
    """Says in one sentence what is allowed, whatever is wrong."""

    def check(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(value)
        except ValidationError:
            raise PydanticCustomError("wanted", sentence, limits) from None

    return WrapValidator(check)


class Part(BaseModel):
    """What of a board, and on what paper."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: Annotated[Literal["light", "dark"], told("must be light or dark")] | None = None
    background: Annotated[Literal["none"], told("must be none, or left out")] | None = None
    frame: Annotated[Id, told("must be the id of a frame: 1 to 64 of A-Z a-z 0-9 _ -", limit=64)] | None = None
    shapes: Ids | None = None
    at: str | None = None
    """Which moment of the board: app/deps/sheets.py has read it by then."""

    @property
    def everything(self) -> bool:
        """Whether it is the whole board."""
        return self.frame is None and self.shapes is None


class Wanted(Part):
    """Without `scale` and `width` a picture has a px for each of the board's, or fewer if the board is large."""

    scale: Annotated[float, Field(ge=1, le=4), told("must be a number from 1 to 4", limit=4)] | None = None
    width: Annotated[int, Field(ge=1, le=MAX_SIDE), told(WIDTH, limit=MAX_SIDE)] | None = None

    @field_validator("width")
    @classmethod
    def _is_the_only_size(cls, width: int | None, others: ValidationInfo) -> int | None:
        if width is not None and others.data.get("scale") is not None:
            raise PydanticCustomError("size", "cannot be given with scale: leave one of them out")
        return width


class WantedPages(Part):
    """A PDF: all on one page, a page for each frame, or as many sheets of paper as it takes at 100 %."""

    pages: Annotated[Pages, told("must be board, frames, a4 or letter")] = "board"

    @field_validator("pages")
    @classmethod
    def _is_of_frames_or_of_one(cls, pages: Pages, others: ValidationInfo) -> Pages:
        if pages == "frames" and others.data.get("frame") is not None:
            raise PydanticCustomError("frames", "cannot be frames with frame, which names one: leave one of them out")
        return pages
