"""What Convex says, in our words: values as they are, refusals as our errors."""

from collections.abc import Mapping
from typing import Any

import pytest
from convex import ConvexError, ConvexInt64

from app import errors
from app.auth import Viewer
from app.convex.deployment import DeploymentError, DeploymentUnavailable, FunctionFailed, Unauthenticated
from app.convex.records import MadeBoard, Reverted
from app.convex.refusals import refusal
from app.convex.store import Store
from app.errors import EaselError

ANA = Viewer("https://guest.easel.invalid", "ana", "Ana", "ana's token", 0)


class Deployment:
    """Answers with `answer`, or raises it, and remembers the last call."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.call: tuple[str, dict[str, Any], str | None] = ("", {}, None)

    async def query(self, path: str, args: Mapping[str, Any], *, token: str | None = None) -> Any:
        self.call = path, dict(args), token
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    mutation = query

    async def version(self) -> str:
        return str(await self.query("version", {}))


def store(answer: Any) -> tuple[Store, Deployment]:
    deployment = Deployment(answer)
    return Store(deployment, lambda: "relay's token"), deployment  # type: ignore[arg-type]


async def test_a_call_carries_the_token_of_whom_it_is_made_for() -> None:
    made, deployment = store({"id": "b1", "repeated": False})
    assert await made.create_board(ANA, "Plan", "op1") == MadeBoard("b1", False)
    assert deployment.call == ("boards:create", {"operationId": "op1", "title": "Plan"}, "ana's token")


async def test_somebody_without_a_session_reads_the_log_as_the_relay() -> None:
    made, deployment = store({"changes": [], "more": False})
    await made.changes(ANA, "b1", 7)
    path, args, token = deployment.call
    assert (path, args, token) == ("changes:list", {"board": "b1", "after": ConvexInt64(7)}, "ana's token")
    await made.changes(None, "b1", 7)
    assert deployment.call[0] == "relay:tail"
    assert deployment.call[2] == "relay's token"


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (FunctionFailed("Server Error"), 503),
        (FunctionFailed("Too many documents read in a single function execution (limit: 32000)"), 422),
        (FunctionFailed("Function execution timed out (maximum duration: 1s)"), 422),
        (DeploymentError("413 BodyTooLarge", status=413), 413),
        (DeploymentError("404 NotFound: no such function", status=404), 503),
    ],
)
async def test_no_failure_of_a_function_is_without_a_reason(failure: DeploymentError, status: int) -> None:
    broken, _ = store(failure)
    with pytest.raises(errors.EaselError) as refused:
        await broken.remember(ANA)
    assert refused.value.status == status
    assert refused.value.message != errors.EaselError.default


async def test_what_was_acknowledged_is_remembered_so_that_it_can_be_shown() -> None:
    made, deployment = store({"ts": 9, "undoes": "c1", "kept": [], "shapes": ["a"], "more": True, "repeated": False})
    assert await made.undo(ANA, "b1", "u1") == Reverted(9, "c1", [], ["a"], more=True, repeated=False)
    deployment.answer = {"ts": 5, "undoes": "c1", "kept": [], "more": False, "repeated": True}
    await made.undo(ANA, "b1", "u0", "u1")
    assert deployment.call[1] == {"board": "b1", "changeId": "u0", "continues": "u1"}
    assert made.acknowledged == {"b1": 9}
    deployment.answer = None
    assert await made.redo(ANA, "b1", "r1") is None


CODES = {
    "unauthenticated": errors.Unauthenticated,
    "not_found": errors.NotFound,
    "forbidden": errors.Forbidden,
    "conflict": errors.Conflict,
    "removed": errors.Removed,
    "board_full": errors.BoardFull,
    "change_too_large": errors.ChangeTooLarge,
    "invalid": errors.Invalid,
}


@pytest.mark.parametrize(("code", "kind"), CODES.items())
async def test_a_refusal_of_convex_is_ours(code: str, kind: type[EaselError]) -> None:
    data = {"code": code, "message": "why", "field": "put", "index": 3.0, "limit": 200.0}
    made, _ = store(ConvexError("why", data))
    with pytest.raises(kind) as refused:
        await made.remove_board(ANA, "b1", "op")
    error = {"code": code, "message": "why", "field": "put", "index": 3, "limit": 200}
    assert (refused.value.code, refused.value.json()) == (code, {"error": error})


@pytest.mark.parametrize("data", [None, "text", {}, {"code": "made up"}, {"code": ["list"]}, {"code": 7}])
def test_a_refusal_that_makes_no_sense_is_a_refusal_all_the_same(data: Any) -> None:
    assert (refusal(data).status, refusal(data).code) == (422, "invalid")


def test_a_refusal_needs_no_message() -> None:
    assert refusal({"code": "removed", "limit": "text"}).json()["error"] == {
        "code": "removed",
        "message": errors.Removed.default,
        "limit": "text",
    }


async def test_a_deployment_that_is_not_there_is_unavailable_for_a_while() -> None:
    made, _ = store(DeploymentUnavailable("down", retry_after=4))
    with pytest.raises(errors.Unavailable) as refused:
        await made.create_board(ANA, "Plan", "op")
    assert refused.value.retry_after == 4
    with pytest.raises(DeploymentUnavailable):
        await made.ping()


async def test_a_disk_that_takes_nothing_is_said_in_a_sentence() -> None:
    made, _ = store(DeploymentUnavailable("503 StorageFull: no space", code="StorageFull"))
    with pytest.raises(errors.DiskFull, match="disk is full"):
        await made.create_board(ANA, "Plan", "op")
    made, _ = store(DeploymentUnavailable("503 StorageFailed: input/output error", code="StorageFailed"))
    with pytest.raises(errors.Unavailable, match="disk fails"):
        await made.create_board(ANA, "Plan", "op")


async def test_a_token_that_convex_refuses_is_a_session_that_is_over(caplog: pytest.LogCaptureFixture) -> None:
    made, _ = store(Unauthenticated("bad signature"))
    with pytest.raises(errors.Unauthenticated):
        await made.remember(ANA)
    assert "AUTH_PROVIDERS" in caplog.text
    assert "ana's token" not in caplog.text
