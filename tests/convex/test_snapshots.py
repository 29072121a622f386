"""A drawing of a state that the data was put back from is not kept, and none is drawn from."""

from convex import ConvexInt64

from app.convex.deployment import Storage
from tests.convex.conftest import Caller, stroke
from tests.convex.stored import upload


async def test_a_drawing_of_a_ts_that_the_log_lacks_is_not_kept(owner: Caller, relay: Caller, storage: Storage) -> None:
    board = await owner.create_board()
    ts = (await owner.commit(board, put=[stroke("a")]))["ts"]
    for drawn, kept in ((ts + 1, False), (ts, True), (ts + 1, True)):
        file = (await upload(relay, storage, board, b"%d" % drawn))["storage"]
        await relay.mutation("snapshots:keep", board=board, ts=ConvexInt64(drawn), version="v", storage=file)
        found = await relay.query("snapshots:latest", board=board)
        assert (found and found["ts"]) == (ts if kept else None)
