"""Where a new picture goes on the board."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.convex.file_records import Found
from app.shapes import Alt, ChangeIn, Coordinate, Id, Image

SHOWN = 800.0  # px, the longest side of a picture that nobody gave a size
MAX_LENGTH = 1e6  # px

Length = Annotated[float, Field(gt=0, le=MAX_LENGTH, allow_inf_nan=False)]


class Place(BaseModel):
    """The fields beside the file. `w` or `h` gives the other; without both it is as large as it is, up to 800 px.

    `id` is the new shape's; `replaces` names an image on the board that shows this picture from now on.
    """

    model_config = ConfigDict(extra="forbid")

    id: Id | None = None
    x: Coordinate = 0.0
    y: Coordinate = 0.0
    w: Length | None = None
    h: Length | None = None
    alt: Alt = ""
    replaces: Id | None = None

    def size(self, width: int, height: int) -> tuple[float, float]:
        """In board px, of a picture with so many px."""
        scale = min(1.0, SHOWN / max(width, height))
        if self.w or self.h:
            scale = self.w / width if self.w else (self.h or 0) / height
        w, h = self.w or width * scale, self.h or height * scale
        return bounded(w), bounded(h)

    def change(self, change_id: str, file: Found, replaced: Image | None) -> ChangeIn:
        """Puts a new image, or has one that is there show this file: as wide as it is, and uncropped.

        A new one's id is the change's if it was given none, so that a repeat is the same.
        """
        if replaced:
            height = round(replaced.w * file.height / file.width, 2)
            return changing(change_id, patch={replaced.id: {"file": file.id, "h": bounded(height), "crop": None}})
        w, h = self.size(file.width, file.height)
        place = {"id": self.id or change_id, "kind": "image", "x": self.x, "y": self.y, "w": w, "h": h}
        return changing(change_id, put=[{**place, "file": file.id, "alt": self.alt}])


def changing(change_id: str, **operations: Any) -> ChangeIn:
    return ChangeIn.model_validate({"changeId": change_id, **operations})


def bounded(length: float) -> float:
    return min(MAX_LENGTH, max(0.01, round(length, 2)))


def told(change: ChangeIn, replaced: Image | None) -> dict[str, Any]:
    """The image in the API's form, as the change leaves it."""
    if replaced:
        return {**replaced.json(), **change.patch[replaced.id]}
    return change.put[0].model_dump(exclude={"z"})
