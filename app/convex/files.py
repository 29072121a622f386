"""Files of boards: their rows in Convex, and their bytes in its file storage (convex/files.ts, docs/files.md)."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from app.auth import Viewer
from app.convex.calls import answered, unavailable
from app.convex.deployment import Deployment, DeploymentError, DeploymentUnavailable, Storage
from app.convex.file_records import File, FilePage, Found, Listed, Made, Stored, Used
from app.errors import NotFound

PAGE = 50  # files of one page of the list
KNOWN = 4_000  # cached addresses of files; rows never change, they only disappear
TYPE = "image/webp"


class Files:
    """Raises Convex's refusal as our error, or Unavailable."""

    def __init__(
        self,
        deployment: Deployment,
        storage: Storage,
        relay_token: Callable[[], str],
        most_of_board: int,
        most_of_person: int,
    ) -> None:
        self.deployment = deployment
        self.storage = storage
        self.relay_token = relay_token
        self.most_of_board, self.most_of_person = most_of_board, most_of_person
        self.quotas = {"board": most_of_board, "person": most_of_person}
        self._known: OrderedDict[tuple[str, str], File] = OrderedDict()

    async def find(self, board: str, digest: str) -> Found | None:
        """The board's file with this SHA-256 in hex."""
        found = await self._query("files:find", board=board, digest=digest)
        return found and Found(found["id"], int(found["width"]), int(found["height"]))

    async def keep(self, viewer: Viewer, board: str, digest: str, name: str, variants: Sequence[Made]) -> Found:
        """Stores the variants, the full one first, and writes their rows. Deletes all of them if that fails."""
        size = sum(variant.size for variant in variants)
        whose = {"board": board, "person": viewer.identifier, "quotas": self.quotas}
        urls = await self._mutation("files:prepare", **whose, size=size, count=len(variants))
        stored: list[str] = []
        try:
            with storing():
                for url, made in zip(urls, variants, strict=True):
                    stored.append(await self.storage.put(url, made.file, made.size, made.sha256, TYPE))
            rows = [row(made, id) for made, id in zip(variants, stored, strict=True)]
            kept = await self._mutation("files:keep", **whose, digest=digest, name=name, variants=rows)
        except BaseException:
            with suppress(Exception):  # else convex/files.ts finds them within a day
                await self._mutation("files:discard", storage=stored)
            raise
        return Found(kept["id"], variants[0].width, variants[0].height)

    async def get(self, board: str, id: str) -> File:
        """Raises NotFound if the board has no such file."""
        known = self._known.get((board, id))
        if known is None:
            found = await self._query("files:get", board=board, file=id)
            if not found or not found["variants"]:
                raise NotFound()
            variants = [Stored.from_wire(one) for one in found["variants"]]
            variants.sort(key=lambda variant: -variant.side)
            known = self._known[board, id] = File(id, found["name"], variants)
            if len(self._known) > KNOWN:
                self._known.popitem(last=False)
        return known

    @asynccontextmanager
    async def open(self, board: str, file: File, variant: Stored) -> AsyncIterator[AsyncIterator[bytes]]:
        """The bytes, streamed. Raises NotFound if the file has been deleted."""
        try:
            with storing():
                async with self.storage.open(variant.url) as parts:
                    yield parts
        except NotFound:
            self._known.pop((board, file.id), None)
            raise

    async def list(self, viewer: Viewer, board: str, cursor: str | None = None) -> FilePage:
        """The newest first. `cursor` comes from an earlier page."""
        args = {"board": board, "paginationOpts": {"numItems": PAGE, "cursor": cursor}}
        found = await answered(self.deployment.query, "files:list", args, viewer.token)
        page = found["files"]
        files = [Listed.from_wire(one) for one in page["page"]]
        board_used, yours = found["board"], found["you"]
        return FilePage(
            files,
            None if page["isDone"] else page["continueCursor"],
            Used(int(board_used["bytes"]), int(board_used["files"]), self.most_of_board),
            Used(int(yours["bytes"]), int(yours["files"]), self.most_of_person),
        )

    async def remove(self, viewer: Viewer, board: str, file: str, operation_id: str) -> None:
        args = {"operationId": operation_id, "board": board, "file": file}
        await answered(self.deployment.mutation, "files:remove", args, viewer.token)
        self._known.pop((board, file), None)

    async def _query(self, path: str, **args: Any) -> Any:
        return await answered(self.deployment.query, path, args, self.relay_token())

    async def _mutation(self, path: str, **args: Any) -> Any:
        return await answered(self.deployment.mutation, path, args, self.relay_token())


def row(made: Made, storage: str) -> dict[str, Any]:
    """A variant as an argument for Convex."""
    return {name: getattr(made, name) for name in ("side", "width", "height", "size", "sha256")} | {"storage": storage}


@contextmanager
def storing() -> Iterator[None]:
    """File storage's errors as ours."""
    try:
        yield
    except DeploymentUnavailable as error:
        raise unavailable(error, "Pictures cannot be reached right now: try again.") from error
    except DeploymentError as error:
        if error.status == 404:
            raise NotFound() from error
        raise
