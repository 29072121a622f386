"""A failure without a mapping: each refusal in the sources, and each error of the platform, has its answer."""

import re
from unittest.mock import AsyncMock

import pytest
from convex import ConvexError

from app.convex.calls import FAILED, answered
from app.convex.deployment import DeploymentError, DeploymentUnavailable, FunctionFailed, Unauthenticated
from app.convex.deployment.answers import refusal as http_refusal
from app.convex.refusals import REFUSALS
from app.errors import EaselError
from harness.processes import ROOT

SOURCES = [path for path in (ROOT / "convex").rglob("*.ts") if "_generated" not in path.parts]
REFUSED = re.compile(r"""\brefuse\(\s*["'](\w+)["']""")
THROWN = re.compile(r"\bthrow new (\w+)\(|\bnew ConvexError\(")
STATUS = {
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "conflict": 409,
    "removed": 409,
    "locked": 409,
    "change_too_large": 413,
    "storage_full": 413,
    "unsupported_media": 415,
    "invalid": 422,
    "board_full": 422,
    "too_much": 422,
    "too_many_requests": 429,
}
OVER_A_LIMIT = [
    "Too many documents read in a single function execution (limit: 32000).",
    "Too many bytes read in a single function execution (limit: 16777216 bytes).",
    "Too many reads in a single function execution (limit: 4096).",
    "Too many writes in a single function execution (limit: 16000)",
    "Too many bytes written in a single function execution (limit: 16 MiB)",
    "Too many functions scheduled by this mutation (limit: 1000)",
    "Function execution timed out (maximum duration: 1s)",
    "Value is too large (1.2 MiB > maximum size 1 MiB)",
    "Array length is too long (8193 > maximum length 8192)",
    "Object has too many fields (1025 > maximum number 1024)",
    "Document is too nested (nested 17 levels deep > maximum nesting 16)",
    "Search query scanned too many documents (fetched 1024).",
    "Arguments for changes.js:commit are too large (actual: 17 MiB, limit: 16 MiB)",
    "Function changes.js:list return value is too large (actual: 17 MiB, limit: 16 MiB)",
    "ArgumentValidationError: Object is missing the required field `board`.",
]
OURS = [
    "ReturnsValidationError: Value does not match validator.",
    "Could not find public function for 'changes:commit'. Did you forget to run `npx convex dev`?",
    "Trying to execute changes.js:list as Mutation, but it is defined as Query.",
    "Update on nonexistent document ID k57",
    "Uncaught TypeError: Cannot read properties of undefined",
    "Server Error",  # all that is said in production
]


async def error_of(failure: Exception) -> EaselError:
    """What a person gets of this."""
    with pytest.raises(EaselError) as caught:
        await answered(AsyncMock(side_effect=failure), "changes:commit", {}, "token")
    said = caught.value.json()["error"]
    assert (said["code"], caught.value.status) != ("unexpected", 500)
    assert said["message"] not in ("", EaselError.default)
    assert str(failure) not in said["message"] or isinstance(failure, ConvexError)
    return caught.value


def codes() -> set[str]:
    """As `refuse` may be given them."""
    found = re.search(r"type Code =([^;]+);", (ROOT / "convex/model/refuse.ts").read_text())
    assert found
    return set(re.findall(r'"(\w+)"', found[1]))


def test_every_code_that_functions_refuse_with_has_a_status() -> None:
    used = {code for path in SOURCES for code in REFUSED.findall(path.read_text())}
    assert used <= codes()
    assert codes() == set(STATUS) == set(REFUSALS) - {"unavailable"}  # which HTTP actions answer, and functions do not


def test_functions_refuse_in_one_place_and_throw_nothing_else() -> None:
    thrown = {path.name: THROWN.findall(path.read_text()) for path in SOURCES}
    assert {name: kinds for name, kinds in thrown.items() if kinds} == {"refuse.ts": ["ConvexError"]}


@pytest.mark.parametrize(("code", "status"), STATUS.items())
async def test_a_refusal_keeps_its_code_and_its_sentence(code: str, status: int) -> None:
    error = await error_of(ConvexError("why", {"code": code, "message": "why"}))
    assert (error.code, error.status, error.message) == (code, status, "why")
    assert (await error_of(ConvexError("", {"code": code}))).status == status


@pytest.mark.parametrize("message", OVER_A_LIMIT)
async def test_what_goes_over_a_limit_of_the_platform_is_422(message: str) -> None:
    error = await error_of(FunctionFailed(f"[Request ID: 1] Server Error\nUncaught Error: {message}"))
    assert (error.status, error.code) == (422, "too_much")


@pytest.mark.parametrize("message", OURS)
async def test_any_other_failure_is_503_and_says_to_look_at_the_log(message: str) -> None:
    error = await error_of(FunctionFailed(f"[Request ID: 1] {message}"))
    assert (error.status, error.message) == (503, FAILED)
    assert error.retry_after


@pytest.mark.parametrize(
    ("status", "code", "gives", "said"),
    [
        (503, "OptimisticConcurrencyControlFailure", 503, "unavailable"),
        (503, "StorageFull", 503, "storage_full"),
        (503, "StorageFailed", 503, "unavailable"),
        (503, "Starting", 503, "unavailable"),
        (503, "TooManyConcurrentRequests", 503, "unavailable"),
        (429, "RateLimited", 503, "unavailable"),
        (500, "InternalServerError", 503, "unavailable"),
        (401, "InvalidAuthHeader", 401, "unauthenticated"),
        (400, "BadJsonBody", 503, "unavailable"),
        (403, "BadDeployKey", 503, "unavailable"),
        (404, "NotFound", 503, "unavailable"),
        (413, "RequestTooLarge", 413, "too_large"),
    ],
)
async def test_an_answer_of_the_platform_is_never_500(status: int, code: str, gives: int, said: str) -> None:
    body = f'{{"code": "{code}", "message": "words of the deployment"}}'.encode()
    for given in (body, b"", b"<html>"):
        error = await error_of(http_refusal(status, {}, given, repeatable=False))
        if given is body:
            assert (error.status, error.code) == (gives, said)
        assert error.status == gives


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (DeploymentError("x"), 503),
        (DeploymentUnavailable("x"), 503),
        (FunctionFailed("x"), 503),
        (Unauthenticated("x"), 401),
    ],
)
async def test_every_kind_of_error_of_the_client_has_a_status(failure: DeploymentError, status: int) -> None:
    assert (await error_of(failure)).status == status


def test_no_kind_of_error_of_the_client_is_forgotten() -> None:
    kinds = {DeploymentError, *DeploymentError.__subclasses__()}
    assert kinds == {DeploymentError, DeploymentUnavailable, FunctionFailed, Unauthenticated}
