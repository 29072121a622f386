"""The kind of fault: a sign-in that cannot be kept leads to the first page without a word."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from app.convex.store import Store
from app.errors import EaselError, Unauthenticated, Unavailable
from app.main import create_app
from app.routes import oidc
from app.settings import Settings
from app.signing_in.grant import Attempt

FORM = {"Accept": "text/html", "Sec-Fetch-Dest": "document", "Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
REFUSALS = [Unavailable(), Unauthenticated()]


def client(folder: Path, refusal: EaselError) -> httpx.AsyncClient:
    app = create_app(Settings(convex_url="http://127.0.0.1:1", data_dir=folder))

    async def refuse(*_: Any) -> None:
        raise refusal

    app.state.parts[Store].remember = refuse
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test", headers=FORM)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
async def test_a_guest_reads_why_and_has_typed_the_name_once(tmp_path: Path, refusal: EaselError) -> None:
    async with client(tmp_path, refusal) as browser:
        answer = await browser.post("/session", data={"name": "Zoë", "next": "/boards?q=plans"})
    assert answer.status_code == 503
    assert "could not be kept" in answer.text
    assert 'value="Zoë"' in answer.text
    assert 'name="next" value="/boards?q=plans"' in answer.text
    assert "session" not in answer.cookies


async def test_a_program_gets_the_error(tmp_path: Path) -> None:
    async with client(tmp_path, Unauthenticated()) as browser:
        answer = await browser.post("/session", json={"name": "Zoë"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "sign_in_not_kept")


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
async def test_an_account_reads_why_and_goes_on_to_the_same_page(
    monkeypatch: pytest.MonkeyPatch, refusal: EaselError
) -> None:
    async def none(*_: Any) -> Any:
        return SimpleNamespace(id_token="")

    async def refuse(*_: Any) -> Any:
        raise refusal

    attempt = Attempt(**dict.fromkeys(Attempt.__annotations__, "x"))
    monkeypatch.setattr(oidc, "peek", lambda _: {"nonce": attempt.nonce})
    monkeypatch.setattr(oidc, "back", lambda _: "")
    logins: Any = SimpleNamespace(oidc=SimpleNamespace(finish=none), start=refuse)
    begun = oidc.Journey(attempt, "/boards?q=plans", claim=False)
    nothing: Any = None
    answer = await oidc.callback(nothing, logins, nothing, nothing, nothing, begun, code="x")
    assert answer.headers["location"] == "/sign-in?problem=unkept&next=%2Fboards%3Fq%3Dplans"
