"""Pictures on boards: in by a form with a file, out to whoever may see the board."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app.convex.store import Store
from app.deps.boards import EditableBoard, ReadableBoard, ShownFile
from app.deps.identifiers import OperationId
from app.deps.parts import DecoderDep, FilesDep, StoreDep, TurnsDep
from app.deps.people import CurrentViewer, MaybeViewer, counted_upload
from app.errors import BoardFull, NotFound
from app.hub import Hub
from app.images.intake import take_in
from app.images.place import Place, told
from app.shapes import MAX_SHAPES, Image
from app.web.answers import Json, done
from app.web.limits import address
from app.web.picture import Picture
from app.web.upload import NewUpload

router = APIRouter(prefix="/boards/{board_id}/images")


@router.post("", dependencies=[Depends(counted_upload)])
async def create(
    request: Request,
    board: EditableBoard,
    viewer: CurrentViewer,
    upload: NewUpload,
    operation_id: OperationId,
    files: FilesDep,
    decoder: DecoderDep,
    store: StoreDep,
) -> Response:
    replaced = await replaced_by(upload.place, board, store)
    whose = (viewer, address(request), board.board_id)
    file = await take_in(files, decoder, *whose, upload.spool, upload.name)
    change = upload.place.change(operation_id, file, replaced)
    result = await store.commit(viewer, board.board_id, change)
    answer = told(change, replaced) | {"changeId": operation_id, "ts": str(result.ts)}
    return done(request, Json(answer, 200 if result.repeated else 201), then=f"/boards/{board.board_id}")


async def replaced_by(place: Place, board: Hub, store: Store) -> Image | None:
    """The image that shows the new picture from now on. Raises NotFound; BoardFull if there is to be a new one."""
    if place.replaces is None:
        if board.full:
            raise BoardFull(f"The board holds {MAX_SHAPES} shapes, and no more.", limit=MAX_SHAPES)
        return None
    await board.reach(store.acknowledged.get(board.board_id, 0))  # it may have been added a moment ago
    found = board.view.find(place.replaces)
    if not isinstance(found, Image):
        raise NotFound("There is no such image on this board.", field="replaces")
    return found


@router.get("/{file}")
async def show(
    request: Request,
    board: ReadableBoard,
    viewer: MaybeViewer,
    file: ShownFile,
    files: FilesDep,
    turns: TurnsDep,
    size: Annotated[Literal["256", "1024"] | None, Query()] = None,
) -> Response:
    found = await files.get(board.board_id, file)
    turn = turns.of(viewer.identifier) if viewer else turns.of(address(request), strangers=True)
    return Picture(request, files, turn, board.board_id, found, int(size) if size else None)
