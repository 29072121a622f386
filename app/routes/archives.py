"""All boards of a person as one ZIP file: begun, asked after, stopped, taken; and boards of such a file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.deps.identifiers import OperationId
from app.deps.parts import ArchivesDep, ArchiveShelfDep, CardsDep, TurnsDep, UnpackingDep
from app.deps.people import CurrentViewer, counted_archive, counted_edit, counted_import
from app.errors import NotFound
from app.wants import wants
from app.web.answers import Json, done
from app.web.archive import ArchiveFile
from app.web.arriving import NewArchive
from app.web.body import body_of
from app.web.limits import address
from app.web.pages import page
from app.web.unpacked import told

router = APIRouter()
PATH = "/archive"


class ArchiveIn(BaseModel):
    """`shared`: also the boards that others share with the person."""

    model_config = ConfigDict(extra="forbid")

    shared: bool = False


@router.get(PATH)
async def show(request: Request, viewer: CurrentViewer, shelf: ArchiveShelfDep) -> Response:
    archive = await shelf.of(viewer)
    if wants(request) == "json":
        return Json({"archive": archive and archive.json()})
    return page(request, "archive/show.html", viewer=viewer, archive=archive)


@router.post(PATH, dependencies=[Depends(counted_archive)])
async def create(
    request: Request,
    viewer: CurrentViewer,
    wanted: Annotated[ArchiveIn, Depends(body_of(ArchiveIn))],
    archives: ArchivesDep,
    cards: CardsDep,
) -> Response:
    await cards.page(viewer)  # makes the cards of boards that the person has from earlier versions
    await archives.start(viewer, wanted.shared)
    return done(request, Json({"url": PATH}, 202, {"Location": PATH}), then=PATH)


@router.delete(PATH, dependencies=[Depends(counted_edit)])
async def remove(request: Request, viewer: CurrentViewer, shelf: ArchiveShelfDep) -> Response:
    await shelf.drop(viewer)
    return done(request, Response(status_code=204), then=PATH)


@router.get("/archive.zip")
async def file(viewer: CurrentViewer, shelf: ArchiveShelfDep, turns: TurnsDep) -> Response:
    archive = await shelf.of(viewer)
    if archive is None or archive.state != "ready":
        raise NotFound("There is no such file. It is deleted a day after it was made.")
    return ArchiveFile(shelf, archive, turns.of(f"archive {viewer.identifier}"))


@router.post(f"{PATH}/import", dependencies=[Depends(counted_import)])
async def unpack(
    request: Request, viewer: CurrentViewer, file: NewArchive, operation_id: OperationId, unpacking: UnpackingDep
) -> Response:
    where, archive = address(request), file.spool.file
    names = await unpacking.boards(archive, where)
    return await told(request, viewer, unpacking.unpack(archive, names, viewer, where, operation_id))
