"""Each kind of shape as the API takes it: a pydantic model, made from its declaration."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, create_model
from typing_extensions import TypedDict

from app.shapes import fields as f
from app.shapes.declared import COMMON, KINDS
from app.shapes.shape import ShapeIn

OTHER = {"from": "from_"}  # a keyword of Python's


def _model(kind: str) -> type[ShapeIn]:
    declared = KINDS[kind]
    given: dict[str, Any] = {"kind": (Literal[kind], ...)}
    if "z" in declared:
        given["z"] = (f.Z | None, declared["z"])
    for name in declared["fields"]:
        default = f.default_of(kind, name)
        given[OTHER.get(name, name)] = (f.type_of(kind, name), Field(default, alias=name if name in OTHER else None))
    return create_model(f"{kind.title().replace('-', '')}In", __base__=ShapeIn, **given)


MODELS = {kind: _model(kind) for kind in KINDS}
_NAMES = {name for kind in KINDS.values() for name in kind["fields"]}

if TYPE_CHECKING:
    AnyShapeIn = ShapeIn
    SketchIn = ShapeIn
    PatchIn = dict[str, Any]
else:
    AnyShapeIn = reduce(or_, MODELS.values())
    SketchIn = reduce(or_, (model for kind, model in MODELS.items() if kind != "stroke"))
    PatchIn = TypedDict(
        "PatchIn",
        {"z": f.Z, "base": f.Words, **{name: f.TYPES[name] for name in (*COMMON, *sorted(_NAMES))}},
        total=False,
    )
    PatchIn.__pydantic_config__ = f.STRICT
    PatchIn.__doc__ = """The fields a patch may set; what is absent stays. The deployment knows which of them the shape
    has. `base` is what `text`, or `alt`, was when the person began to change it: what others wrote since stays."""
