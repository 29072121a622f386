"""What somebody wants a picture of, and how: the parameters of `/boards/{id}.png`, `.svg` and `.pdf`."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.shapes import Id

MAX_SIDE = 16_384  # px
MAX_PIXELS = 8192 * 8192  # of which resvg takes 600 MB and 3 to 8 s (measured)
MAX_IDS = 500
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


class Part(BaseModel):
    """What of a board, and on what paper."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: Literal["light", "dark"] | None = None
    background: Literal["none"] | None = None
    frame: Id | None = None
    shapes: Ids | None = None

    @property
    def everything(self) -> bool:
        """Whether it is the whole board."""
        return self.frame is None and self.shapes is None


class Wanted(Part):
    """Without `scale` and `width` a picture has a px for each of the board's, or fewer if the board is large."""

    scale: Annotated[float, Field(ge=1, le=4)] | None = None
    width: Annotated[int, Field(ge=1, le=MAX_SIDE)] | None = None

    @model_validator(mode="after")
    def _has_one_size(self) -> Self:
        if self.scale is not None and self.width is not None:
            raise PydanticCustomError("size", "give scale or width, not both")
        return self


class WantedPages(Part):
    """A PDF: all on one page, a page for each frame, or as many sheets of paper as it takes at 100 %."""

    pages: Literal["board", "frames", "a4", "letter"] = "board"

    @model_validator(mode="after")
    def _has_frames_or_one(self) -> Self:
        if self.pages == "frames" and self.frame is not None:
            raise PydanticCustomError("frames", "give pages=frames or frame, not both")
        return self
