"""Which board: it is found and authorised in one step."""

import asyncio
from contextlib import suppress
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from app.auth import Viewer, guests
from app.convex.deployment import DeploymentError
from app.convex.list_records import Source
from app.convex.store import PATIENCE, Store
from app.deps.identifiers import ID
from app.deps.people import current_viewer, maybe_viewer, new_guest
from app.errors import ClosedBoard, EaselError, Forbidden, NotFound, Unavailable
from app.hub import Hub, Hubs
from app.hub.sheet import Sheet
from app.parts import parts
from app.visits import Visits
from app.wants import wants

S = TypeVar("S", bound=Sheet)
LAGGING = "The board does not show yet what was saved last: try again in a moment."


async def seen_board(request: Request, board_id: str) -> str:
    """The id of a board that the caller may see; the board is not opened.

    Raises ClosedBoard for a board that the caller may not see, and NotFound for no id: the same 404 as a missing board.
    """
    viewer = await maybe_viewer(request)
    if not ID.fullmatch(board_id):
        raise NotFound()
    hub = parts(request)[Hubs].get(board_id)
    if hub is None or hub.access.role_of(viewer) is None:
        # One question in every case, before anything is read: neither work nor time tells a stranger what exists.
        store = parts(request)[Store]
        if not await store.admits(viewer, board_id):
            raise ClosedBoard(board_id)
    return board_id


async def readable_board(request: Request, board_id: str) -> Hub:
    """The board, opened. Raises what `seen_board` raises."""
    await seen_board(request, board_id)
    viewer = await maybe_viewer(request)
    try:
        hub = await parts(request)[Hubs].open(board_id)
    except NotFound:
        raise ClosedBoard(board_id) from None
    if hub.access.role_of(viewer) is None:
        raise ClosedBoard(board_id)
    return hub


async def visited_board(request: Request, board_id: str) -> Hub:
    """A readable board. A caller who came by its link appears in the owner's list from now on."""
    board = await readable_board(request, board_id)
    visits = parts(request)[Visits]
    await visits.note(board, await maybe_viewer(request))
    return board


async def editable_board(request: Request, board_id: str) -> Hub:
    board = await visited_board(request, board_id)
    if not board.access.edits(await current_viewer(request)):
        raise Forbidden("You can view this board, but not change it.")
    return board


async def copyable_board(request: Request, board_id: str) -> Hub:
    board = await visited_board(request, board_id)
    if not (board.access.edits(await current_viewer(request)) or board.access.copyable):
        raise Forbidden("You can view this board, but its owner does not let you copy it.")
    return board


async def history_board(request: Request, board_id: str) -> Hub:
    """A readable board, for people who may see how it was before."""
    board = await readable_board(request, board_id)
    if not board.access.sees_history(await maybe_viewer(request)):
        await current_viewer(request)  # a stranger may be an editor, once signed in
        raise Forbidden("You can see this board, but its owner does not show you its history.")
    return board


async def restorable_board(request: Request, board_id: str) -> Hub:
    """A board for people who may see how it was before, and may change it."""
    board = await history_board(request, board_id)
    if not board.access.edits(await current_viewer(request)):
        raise Forbidden("You can view this board, but not change it.")
    return board


async def owned_board(request: Request, board_id: str) -> Hub:
    board = await readable_board(request, board_id)
    if board.access.role_of(await current_viewer(request)) != "owner":
        raise Forbidden("Only the board's owner may do that.")
    return board


async def shown_board(request: Request, board_id: str) -> Hub:
    """A readable board with every change that is known to be saved, so that people find what they have just drawn.

    If the feed was cut and the board lags behind, this waits one second for it. After that the board is stale: pages
    and streams say so.
    """
    board = await readable_board(request, board_id)
    store = parts(request)[Store]
    saved = store.acknowledged.get(board_id, 0)
    if board.stale or not await board.reach(saved):
        with suppress(EaselError, TimeoutError):  # a deployment that is away cannot say what others have saved
            async with asyncio.timeout(PATIENCE):  # it may have to wait for the answer that others wait for
                saved = await board.head(lambda: store.level(board_id))
        if not board.lags:  # else somebody has waited in vain
            await board.reach(saved)
        board.lag(saved)
    return board


def level(board: S) -> S:
    """For programs, which cannot see that a page is stale. Raises Unavailable if the board lags behind."""
    if board.lags:
        raise Unavailable(LAGGING, retry_after=1)
    return board


async def level_board(request: Request, board_id: str) -> Hub:
    return level(await shown_board(request, board_id))


async def source_of(request: Request, board_id: str) -> Source | None:
    """Of a fork, the board that it was made of, if the caller may see that one too."""
    board, viewer = await readable_board(request, board_id), await maybe_viewer(request)
    title = None
    if source := board.access.source:
        with suppress(DeploymentError, TimeoutError):  # the page does without it
            title = await parts(request)[Store].title(viewer, source)
    return Source(source, title) if source and title is not None else None


async def shown_file(request: Request, board_id: str, file: str) -> str:
    """The id of a picture of this board: to people who do not see the history, only of one that it shows now."""
    if not ID.fullmatch(file):
        raise NotFound()
    board = await readable_board(request, board_id)
    if board.access.sees_history(await maybe_viewer(request)) or board.view.shows(file):
        return file
    # The page may have it from a process that is ahead of this one.
    if not await board.reach(await board.head(lambda: parts(request)[Store].level(board_id))):
        raise Unavailable(LAGGING, retry_after=1)
    if not board.view.shows(file):
        raise NotFound()
    return file


async def visitor(request: Request, board_id: str) -> Viewer | None:
    """The person who opens a board's page. A stranger who came by the link becomes a guest."""
    board = await readable_board(request, board_id)
    viewer = await maybe_viewer(request)
    if wants(request) != "page":
        return viewer
    viewer = viewer or await new_guest(request, guests.new_name())
    parts(request)[Visits].opened(board, viewer)
    return viewer


SeenBoard = Annotated[str, Depends(seen_board)]
ReadableBoard = Annotated[Hub, Depends(readable_board)]
ShownBoard = Annotated[Hub, Depends(shown_board)]
LevelBoard = Annotated[Hub, Depends(level_board)]
EditableBoard = Annotated[Hub, Depends(editable_board)]
HistoryBoard = Annotated[Hub, Depends(history_board)]
RestorableBoard = Annotated[Hub, Depends(restorable_board)]
OwnedBoard = Annotated[Hub, Depends(owned_board)]
BoardSource = Annotated[Source | None, Depends(source_of)]
ShownFile = Annotated[str, Depends(shown_file)]
Visitor = Annotated[Viewer | None, Depends(visitor)]
