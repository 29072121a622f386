"""The deployment at the other end of `make push`: what it is, and its variables."""

import re
from collections.abc import Mapping
from typing import Any

import httpx

from launch.target import PushError, Target

PATIENCE = 20.0  # s
SCHEMA_SINCE = "2026-07"  # the first backends whose schemas know `v.commitTs()`
LONGEST_NAME = 100

Values = dict[str, str | None]  # None: the variable is not set


class Remote:
    def __init__(self, target: Target) -> None:
        self._target = target
        headers = {"Authorization": f"Convex {target.key.get_secret_value()}"}
        self._client = httpx.Client(base_url=target.url, headers=headers, timeout=PATIENCE)

    def check(self) -> None:
        """Raises PushError if this is nothing that can be pushed to with this key."""
        url, variable = self._target.url, self._target.variable
        name, version = self._text("/instance_name"), self._text("/version")
        if name == "embedded":
            raise PushError(
                f"CONVEX_URL {url} is an embedded deployment. It loads convex/ by itself, so there is nothing to push."
            )
        if self._target.name not in (None, name):
            raise PushError(f"{variable} is the key of {self._target.name}, and CONVEX_URL {url} is {name}.")
        dated = re.search(r"20\d\d-\d\d(?=-\d\d)", version)
        if dated and dated[0] < SCHEMA_SINCE:
            raise PushError(
                f"The backend at CONVEX_URL {url} is of {dated[0]}: Easel needs one of {SCHEMA_SINCE} or later."
            )
        self._all()

    def variables(self, names: Mapping[str, Any]) -> Values:
        found = {entry["name"]: entry["value"] for entry in self._all()}
        return {name: found.get(name) for name in names}

    def change(self, values: Values) -> None:
        """All of them or none."""
        if values:
            changes = [{"name": name, "value": value} for name, value in values.items()]
            self._asked("POST", "/api/update_environment_variables", {"changes": changes})

    def _all(self) -> list[dict[str, str]]:
        query = {"path": "_system/cli/queryEnvironmentVariables", "format": "convex_encoded_json", "args": [{}]}
        answer = self._asked("POST", "/api/query", query).json()
        if answer.get("status") != "success":
            raise PushError(f"{self._target.variable} may not read the variables of CONVEX_URL {self._target.url}.")
        return list(answer["value"])

    def _text(self, path: str) -> str:
        text = self._asked("GET", path).text.strip()
        if not 0 < len(text) <= LONGEST_NAME or "<" in text:
            raise PushError(f"CONVEX_URL {self._target.url} is no Convex deployment: its {path} says something else.")
        return text

    def _asked(self, method: str, path: str, body: object = None) -> httpx.Response:
        url, variable = self._target.url, self._target.variable
        try:
            response = self._client.request(method, path, json=body)
        except httpx.HTTPError as error:
            raise PushError(f"CONVEX_URL {url} does not answer ({type(error).__name__}).") from None
        if response.status_code in (401, 403):
            raise PushError(f"{variable} is no key of the deployment at CONVEX_URL {url}: it refuses {path}.")
        if response.status_code != 200:
            raise PushError(f"CONVEX_URL {url} answers {path} with {response.status_code}, which no Convex does.")
        return response
