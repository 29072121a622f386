"""The Convex functions as a deployment runs them, called as people and as the relay."""

import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from convex import ConvexError, ConvexInt64

from app.auth.issuer import Issuer
from app.auth.signing_key import signing_key
from app.convex.deployment import Deployment, Storage
from app.settings import Settings
from harness.processes import Easel
from tests.convex.crons import Crons
from tests.convex.metered import RELAY, Metered, Somebody, metered_deployment


@dataclass
class Caller:
    """Somebody with a token (or without), who calls functions."""

    deployment: Deployment
    token: str | None = field(repr=False)

    async def query(self, path: str, **args: Any) -> Any:
        return await self.deployment.query(path, args, token=self.token)

    async def mutation(self, path: str, **args: Any) -> Any:
        return await self.deployment.mutation(path, args, token=self.token)

    async def create_board(self, visibility: str = "private", title: str = "A board") -> str:
        board: str = (await self.mutation("boards:create", operationId=new_id(), title=title))["id"]
        if visibility != "private":
            await self.mutation("boards:update", operationId=new_id(), board=board, visibility=visibility)
        return board

    async def commit(self, board: str, change_id: str | None = None, **ops: Any) -> Any:
        request = {"put": [], "patch": [], "remove": [], **ops}
        return await self.mutation("changes:commit", board=board, changeId=change_id or new_id(), **request)

    async def undo(self, board: str, change_id: str | None = None) -> Any:
        return await self.mutation("changes:undo", board=board, changeId=change_id or new_id())

    async def redo(self, board: str) -> Any:
        return await self.mutation("changes:redo", board=board, changeId=new_id())

    async def log(self, board: str, after: int = 0) -> list[Any]:
        found: list[Any] = (await self.query("changes:list", board=board, after=ConvexInt64(after)))["changes"]
        return found

    async def refused(self, call: Any) -> Any:
        """The data of the ConvexError that this call ends in."""
        with pytest.raises(ConvexError) as caught:
            await call
        return caught.value.data


def new_id() -> str:
    return str(uuid.uuid4())


def stroke(shape_id: str, points: str = "0 0 10 10", **fields: Any) -> dict[str, Any]:
    """A stroke as functions take it."""
    drawing = {"kind": "stroke", "color": "black", "x": 0, "y": 0, "rotation": 0, "width": 4, "opacity": 1}
    return {"id": shape_id, "points": points, **drawing, **fields}


@pytest.fixture(scope="module")
async def deployment(easel: Easel) -> AsyncIterator[Deployment]:
    client = Deployment(easel.convex_url)
    yield client
    await client.close()


@pytest.fixture(scope="module")
async def storage(easel: Easel) -> AsyncIterator[Storage]:
    async with Storage(easel.convex_url) as client:
        yield client


@pytest.fixture(scope="module")
def issuer(easel: Easel) -> Issuer:
    return Issuer(signing_key(Settings(data_dir=Path(easel.settings["DATA_DIR"]))))


@pytest.fixture
def owner(deployment: Deployment, issuer: Issuer) -> Caller:
    return Caller(deployment, issuer.guest_token(new_id(), "Ana")[0])


@pytest.fixture
def other(deployment: Deployment, issuer: Issuer) -> Caller:
    return Caller(deployment, issuer.guest_token(new_id(), "Ben")[0])


@pytest.fixture
def nobody(deployment: Deployment) -> Caller:
    return Caller(deployment, None)


@pytest.fixture
def relay(deployment: Deployment, issuer: Issuer) -> Caller:
    return Caller(deployment, issuer.relay_token())


@pytest.fixture(scope="session")
def metered_one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with metered_deployment(tmp_path_factory.mktemp("metered")) as made:
        yield made


@pytest.fixture
async def metered(metered_one: tuple[str, str]) -> AsyncIterator[Metered]:
    async with aiohttp.ClientSession() as http:
        yield Metered(http, *metered_one)


@pytest.fixture
def guest(metered: Metered) -> Somebody:
    """Of the metered deployment."""
    return Somebody(metered, new_id())


@pytest.fixture
def metered_relay(metered: Metered) -> Somebody:
    return Somebody(metered, "relay", RELAY)


async def live(relay: Caller, board: str) -> dict[str, Any]:
    """The live shapes of a board by their id, as the relay reads them."""
    page = await relay.query("relay:page", board=board, paginationOpts={"numItems": 1000, "cursor": None})
    return {shape["id"]: shape for shape in page["page"]}


@pytest.fixture
def crons(easel: Easel, http: aiohttp.ClientSession) -> Crons:
    return Crons(easel, http)
