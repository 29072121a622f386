"""Clerk's tokens as three verifiers see them: ours, PyPI's `clerk-backend-api` and npm's `@clerk/backend`."""

import json
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from clerk_backend_api.security import AuthenticateRequestOptions, authenticate_request

from app.auth import Expired, InvalidToken, Pending, Verifier, clerk
from app.auth.keys import FixedKeys
from app.auth.trust import clerk_accounts
from app.settings import load
from tests.unit.auth.clerk_vectors import AUDIENCE, ISSUER, KEYS, ORIGIN, PUBLISHABLE_KEY, VECTORS, pem, soon, token

ROOT = Path(__file__).parents[3]


@dataclass
class Asked:
    headers: Mapping[str, str]


async def ours(text: str) -> str:
    settings = load(auth_provider="clerk", clerk_publishable_key=PUBLISHABLE_KEY, public_origin=ORIGIN)
    verifier = Verifier([replace(clerk_accounts(settings), keys=FixedKeys(KEYS.jwks))])
    try:
        await verifier.verify(text)
    except Pending:
        return "pending"
    except Expired:
        return "expired"
    except InvalidToken:
        return "out"
    return "in"


def of_python(headers: Mapping[str, str]) -> str:
    options = AuthenticateRequestOptions(jwt_key=pem(), audience=AUDIENCE, authorized_parties=[ORIGIN])
    return "in" if authenticate_request(Asked(headers), options).is_signed_in else "out"


def of_node(requests: list[dict[str, str]], now: float) -> list[str]:
    """The session of each request, by its headers; empty if it has none."""
    asked = {"key": pem(), "origin": ORIGIN, "audience": AUDIENCE, "publishableKey": PUBLISHABLE_KEY}
    command = ["node", str(ROOT / "tests/identity/verdicts.ts")]
    written = json.dumps({**asked, "requests": requests, "now": now * 1000})
    answer = subprocess.run(command, input=written, capture_output=True, text=True, check=True, timeout=60)
    found: list[str] = json.loads(answer.stdout)
    return found


async def test_the_three_agree_on_tokens_or_we_say_why() -> None:
    now, tokens = time.time(), [vector.made() for vector in VECTORS]
    headers = [{"Authorization": f"Bearer {text}"} for text in tokens]
    two = [f"{await ours(text)} {of_python(header)}" for text, header in zip(tokens, headers, strict=True)]
    sessions = of_node(headers, now)
    judged = [f"{verdicts} {'in' if session else 'out'}" for verdicts, session in zip(two, sessions, strict=True)]
    expected = {vector.name: vector.verdicts for vector in VECTORS}
    assert dict(zip(expected, judged, strict=True)) == expected


def test_each_difference_has_a_reason_that_the_docs_give() -> None:
    docs = (ROOT / "docs/identity.md").read_text()
    for vector in VECTORS:
        same = len({verdict == "in" for verdict in vector.verdicts.split()}) == 1
        assert same == (not vector.why), vector.name
        assert same or f"| {vector.name} | {' | '.join(vector.verdicts.split())} | {vector.why} |" in docs, vector.name


async def test_of_two_cookies_we_take_the_one_that_clerks_backend_takes() -> None:
    made = {"": "", "new": token(iat=soon(-5), sid="sess_new"), "old": token(iat=soon(-20), sid="sess_old")}
    made["foreign"] = token(iss="https://other.accounts.dev", sid="sess_foreign")
    made["expired"] = token(iat=soon(-70), exp=soon(-10), sid="sess_expired")
    accepted = {text: name for name, text in made.items() if await ours(text) == "in"}
    end = clerk.suffix(PUBLISHABLE_KEY)
    names = ("__session", "__client_uat", f"__session_{end}", f"__client_uat_{end}")
    browser = f"__clerk_db_jwt=dvb_1; __clerk_db_jwt_{end}=dvb_1"
    rows = [*product(made, ("", "0", "1"), made, ("", "0", "1"))]
    given = [dict(zip(names, (made[row[0]], row[1], made[row[2]], row[3]), strict=True)) for row in rows]
    filled = [{name: value for name, value in each.items() if value} for each in given]
    joined = ["; ".join([browser, *(f"{name}={value}" for name, value in each.items())]) for each in filled]
    headers = [{"Cookie": each} for each in joined]
    for row, cookies, session in zip(rows, filled, of_node(headers, time.time()), strict=True):
        chosen = accepted.get(clerk.cookies(cookies, PUBLISHABLE_KEY, ISSUER).token, "")
        theirs = session.removeprefix("sess_").replace("foreign", "")  # they do not look at the issuer
        # Without `__client_uat` they ask Clerk, by a redirect; a valid token is enough for us.
        assert chosen == theirs or (theirs == "" and "" in (row[1], row[3])), row
