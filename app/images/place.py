"""Where a new picture goes on the board, and as which change."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.shapes import ChangeIn, Coordinate, Id

SHOWN = 800.0  # px, the longest side of a picture that nobody gave a size
MAX_LENGTH = 1e6  # px
MAX_ALT = 1_000  # characters

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
    alt: Annotated[str, Field(max_length=MAX_ALT)] = ""
    replaces: Id | None = None

    def size(self, width: int, height: int) -> tuple[float, float]:
        """In board px, of a picture with so many px."""
        scale = min(1.0, SHOWN / max(width, height))
        if self.w or self.h:
            scale = self.w / width if self.w else (self.h or 0) / height
        w, h = self.w or width * scale, self.h or height * scale
        return min(MAX_LENGTH, max(0.01, round(w, 2))), min(MAX_LENGTH, max(0.01, round(h, 2)))

    def change(self, change_id: str, file: str, width: int, height: int) -> ChangeIn:
        """Puts the new image. Its id is the change's if it was given none, so that a repeat is the same."""
        w, h = self.size(width, height)
        shape = {"id": self.id or change_id, "kind": "image", "x": self.x, "y": self.y, "w": w, "h": h}
        return ChangeIn.model_validate({"changeId": change_id, "put": [{**shape, "file": file, "alt": self.alt}]})

    def replacement(self, change_id: str, file: str, width: int, height: int, shown: Mapping[str, Any]) -> ChangeIn:
        """Has the image that is shown so (the API's form) show another file: as wide as it was, uncropped."""
        left, _, right, _ = shown.get("crop") or (0, 0, 1, 1)
        w = shown["w"] / (right - left)
        patch = {"file": file, "w": round(w, 2), "h": round(w * height / width, 2), "crop": None}
        return ChangeIn.model_validate({"changeId": change_id, "patch": {shown["id"]: patch}})
