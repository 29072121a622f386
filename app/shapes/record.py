"""Each kind of shape as the board keeps it: a class with the declared fields."""

from dataclasses import make_dataclass
from typing import Any

from app.shapes.declared import fields_of
from app.shapes.shape import Shape, form_of


def record(kind: str, written: type[Shape] | None) -> type[Shape]:
    """The class that is written for this kind, because Python code names its fields; else one is made."""
    made = written or make_dataclass(kind, [(name, Any) for name in _own(kind)], bases=(Shape,), slots=True)
    assert set(form_of(made).names) == {*form_of(Shape).names, *_own(kind)}, f"{made.__name__} is not as declared"
    return made


def _own(kind: str) -> list[str]:
    return [name for name in fields_of(kind) if name not in form_of(Shape).names]
