"""A change as the API takes it: what one gesture does to a board."""

from itertools import chain
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, FailFast, Field, model_validator
from pydantic_core import PydanticCustomError

from app.shapes import fields as f
from app.shapes.declared import LIMITS
from app.shapes.models import AnyShapeIn, PatchIn
from app.shapes.shape import packed

MAX_OPERATIONS = LIMITS["operations"]  # of one change: put + patch + remove


def _sets_something(patch: PatchIn) -> PatchIn:
    if not patch:
        raise PydanticCustomError("empty_patch", "must set at least one field")
    if "base" in patch and "text" not in patch and "alt" not in patch:
        raise PydanticCustomError("base", "has a base, which goes with text or alt: it is what that was before")
    return patch


class ChangeIn(BaseModel):
    """`{changeId, put?, patch?, remove?, continues?, clears?}`: 1-200 operations, each shape named once.

    A gesture that needs more is several changes, of which each continues the one before: they are undone together. What
    `clears` the board only removes, and the owner can take it back too.

    Parse with `ChangeIn.model_validate_json(body)`; a ValidationError's `loc` has the field and the index, and between
    them the kind of what was put.
    """

    model_config = f.STRICT | f.DEFERRED

    changeId: f.Id
    put: Annotated[list[Annotated[AnyShapeIn, Field(discriminator="kind")]], FailFast()] = Field(default_factory=list)
    patch: dict[f.Id, Annotated[PatchIn, AfterValidator(_sets_something)]] = Field(default_factory=dict)
    remove: Annotated[list[f.Id], FailFast()] = Field(default_factory=list)
    continues: f.Id | None = None
    clears: bool = False

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

    @property
    def touched(self) -> set[str]:
        """The ids of all shapes that it names."""
        return {*(shape.id for shape in self.put), *self.patch, *self.remove}

    @property
    def large(self) -> bool:
        """Whether its arguments take more than 1 ms to make."""
        points = (
            (getattr(shape, "points", ()) for shape in self.put),
            (patch.get("points", ()) for patch in self.patch.values()),
        )
        return sum(map(len, chain(*points))) > 5_000

    def args(self) -> dict[str, Any]:
        """The arguments of `changes:commit`, but for the board."""
        return {
            **({"continues": self.continues} if self.continues else {}),
            **({"clears": True} if self.clears else {}),
            "changeId": self.changeId,
            "put": [shape.wire() for shape in self.put],
            "patch": [{"id": id, "set": packed(patch)} for id, patch in self.patch.items()],
            "remove": self.remove,
        }
