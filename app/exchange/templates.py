"""The templates that come with Easel: boards as Easel JSON in `shapes/templates`, each called by its file's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from app.errors import NotFound
from app.exchange.ground.complete import complete
from app.hub.texts import folded
from app.shapes import Shape, shape_of
from app.shapes.shape import packed

FOLDER = Path(__file__).parents[2] / "shapes/templates"
ENDING = ".easel.json"


@dataclass(frozen=True)
class Template:
    slug: str
    title: str
    path: Path

    def shapes(self) -> list[Shape]:
        """From the bottom up."""
        found = orjson.loads(self.path.read_bytes())["shapes"]
        return [
            shape_of(packed({**complete(shape), "z": float(n), "author": "", "ts": 0})) for n, shape in enumerate(found)
        ]


class Templates:
    """In the order of their titles."""

    def __init__(self, folder: Path = FOLDER) -> None:
        found = [template(path) for path in folder.glob(f"*{ENDING}")]
        self._all = {one.slug: one for one in sorted(found, key=lambda one: one.title)}

    def __iter__(self) -> Iterator[Template]:
        return iter(self._all.values())

    def named(self, words: str) -> list[Template]:
        """Those in whose titles a word begins with each of these words; all, without words."""
        wanted = folded(words).split()
        return [one for one in self if all(f" {word}" in f" {folded(one.title)}" for word in wanted)]

    def find(self, slug: str) -> Template:
        """Raises NotFound."""
        if slug not in self._all:
            raise NotFound("There is no such template.")
        return self._all[slug]


def template(path: Path) -> Template:
    return Template(path.name.removesuffix(ENDING), orjson.loads(path.read_bytes())["title"], path)
