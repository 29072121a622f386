"""Authorization Code with PKCE, by Authlib: the server's requests to an OpenID provider."""

import ssl
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp
import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import (
    AsyncOAuth2Client,
)

from app.auth.keys import FRESH, download, safe
from app.auth.trust import configuration
from app.settings import Settings
from app.signing_in.grant import Attempt, SignInFailed, Tokens

SCOPE = "openid profile email offline_access"
TIMEOUT = 10.0  # s
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "end_session_endpoint")


class Oidc:
    def __init__(self, settings: Settings) -> None:
        self.issuer = settings.auth_issuer or settings.oidc_issuer or ""
        self.client_id = settings.oidc_client_id or ""
        secret = settings.oidc_client_secret
        self.secret = secret.get_secret_value() if secret else None
        # With an API's audience the access token is a JWT for us; without one the ID token is the only JWT for sure.
        self.audience = settings.oidc_audience
        self.tls = ssl.create_default_context()  # 20 ms to make
        self.endpoints: dict[str, str] = {}
        self.found_at = float("-inf")

    async def begin(self, back: str) -> tuple[str, Attempt]:
        """The provider's address for the browser, which returns to `back`, and the attempt. Raises SignInFailed."""
        endpoint = (await self.find())["authorization_endpoint"]
        attempt = Attempt(generate_token(32), generate_token(32), generate_token(64))
        extra = {"audience": self.audience} if self.audience else {}
        async with self.client(back) as client:
            url, _ = client.create_authorization_url(
                endpoint, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier, **extra
            )
        return str(url), attempt

    async def finish(self, back: str, attempt: Attempt, code: str) -> Tokens:
        """Exchanges the browser's code for tokens. Raises SignInFailed."""
        return await self.ask(back, grant_type="authorization_code", code=code, code_verifier=attempt.verifier)

    async def renew(self, refresh: str) -> Tokens:
        """Fresh tokens. Raises SignInFailed; unless that is temporary, the session is over."""
        endpoint = (await self.find())["token_endpoint"]
        async with self.client() as client:
            try:
                return self.tokens(await client.refresh_token(endpoint, refresh_token=refresh), refresh)
            except (AuthlibBaseError, httpx.HTTPError, ValueError) as error:
                raise failed(error) from None

    async def ask(self, back: str, **body: str) -> Tokens:
        endpoint = (await self.find())["token_endpoint"]
        async with self.client(back) as client:
            try:
                return self.tokens(await client.fetch_token(endpoint, **body), None)
            except (AuthlibBaseError, httpx.HTTPError, ValueError) as error:
                raise failed(error) from None

    async def sign_out_url(self, id_token: str | None, back: str) -> str:
        """Where the provider ends its own session; `back` itself if it cannot."""
        try:
            endpoint = (await self.find()).get("end_session_endpoint")
        except SignInFailed:
            return back
        if endpoint is None:
            return back
        hint = {"id_token_hint": id_token} if id_token else {}
        return f"{endpoint}?{urlencode({'client_id': self.client_id, 'post_logout_redirect_uri': back} | hint)}"

    async def find(self) -> dict[str, str]:
        """The provider's addresses, by its configuration. Raises SignInFailed."""
        if time.monotonic() - self.found_at < FRESH:
            return self.endpoints
        try:
            found, _ = await download(configuration(self.issuer))
            if found.get("issuer") != self.issuer:
                raise ValueError("another issuer")
            self.endpoints = {name: safe(found[name], self.issuer) for name in ENDPOINTS if name in found}
            if not {*ENDPOINTS[:2]} <= self.endpoints.keys():
                raise ValueError("no endpoints")
            self.found_at = time.monotonic()
        except (aiohttp.ClientError, TimeoutError, ValueError, RecursionError) as error:
            if not self.endpoints:
                raise SignInFailed(type(error).__name__, temporary=True) from None
        return self.endpoints

    def client(self, back: str | None = None) -> Any:
        return AsyncOAuth2Client(
            self.client_id,
            self.secret,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self.secret else "none",
            timeout=TIMEOUT,
            verify=self.tls,
            trust_env=False,
        )

    def tokens(self, answer: dict[str, Any], refresh: str | None) -> Tokens:
        """Raises ValueError for an answer without the token that we need."""
        token = answer.get("access_token" if self.audience else "id_token")
        if not isinstance(token, str):
            raise ValueError("no token")
        kept, id_token = answer.get("refresh_token") or refresh, answer.get("id_token")
        return Tokens(token, kept if isinstance(kept, str) else None, id_token if isinstance(id_token, str) else None)


def failed(error: Exception) -> SignInFailed:
    if isinstance(error, AuthlibBaseError):
        return SignInFailed(str(getattr(error, "error", "refused"))[:40])
    return SignInFailed(type(error).__name__, temporary=isinstance(error, httpx.HTTPError))
