"""The owner takes back what one person did on the board, and may remove them too."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from app.deps.boards import OwnedBoard
from app.deps.identifiers import ID
from app.deps.parts import HistoryDep, SharingDep, TakebacksDep
from app.deps.people import CurrentViewer, counted_edit
from app.errors import Invalid, NotFound
from app.shapes import Id
from app.wants import sent_as_form, wants
from app.web.body import body_of
from app.web.takeback import offer, offered, told

router = APIRouter(prefix="/boards/{board_id}/takebacks")
LAST_TS = 2**63 - 1


class TakebackIn(BaseModel):
    """The id names the takeback, and a repeat of it joins. `since` is a ts of the log, 0 for everything."""

    model_config = ConfigDict(extra="forbid")

    id: Id
    user: Id
    since: Annotated[int, Field(ge=0, le=LAST_TS)] = 0
    remove: bool = False


NewTakeback = Annotated[TakebackIn, Depends(body_of(TakebackIn))]


async def person_asked_for(
    board: OwnedBoard,
    viewer: CurrentViewer,
    takebacks: TakebacksDep,
    user: Annotated[str, Query()] = "",
    person: Annotated[str, Query()] = "",
) -> str:
    """The id of the `user`, or of the `person` whose hash one sees on the board."""
    asked = user or person
    if not ID.fullmatch(asked):
        raise Invalid("user must be the id of a person, or person what others see of them.", field="user")
    if found := user or await takebacks.person(viewer, board.board_id, person):
        return found
    raise NotFound("This person is not on the board.")


Person = Annotated[str, Depends(person_asked_for)]


@router.get("")
async def show(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    user: Person,
    history: HistoryDep,
    sharing: SharingDep,
    remove: Annotated[bool, Query()] = False,
) -> Response:
    found = await offer(board, viewer, user, history, sharing)
    return offered(request, board, viewer, found, remove=remove)


@router.post("", dependencies=[Depends(counted_edit)])
async def create(
    request: Request,
    board: OwnedBoard,
    viewer: CurrentViewer,
    new: NewTakeback,
    takebacks: TakebacksDep,
    sharing: SharingDep,
) -> Response:
    if new.remove:
        await sharing.remove_member(viewer, board.board_id, new.user, new.id)
    takeback = await takebacks.start(viewer, board.board_id, new.id, new.user, new.since)
    if sent_as_form(request) and wants(request) == "page":
        return RedirectResponse(f"/boards/{board.board_id}/takebacks/{takeback.id}", 303)
    return told(request, board, viewer, takeback, 202)


@router.get("/{takeback}")
async def progress(
    request: Request, board: OwnedBoard, viewer: CurrentViewer, takeback: Id, takebacks: TakebacksDep
) -> Response:
    found = await takebacks.get(viewer, board.board_id, takeback)
    return told(request, board, viewer, found)
