"""What `make run` is to do, as JSON between the process that reads the settings and the one that starts everything."""

import json
from pathlib import Path
from typing import NamedTuple, Self

ENVIRONMENT = "convex.env.json"  # in the data folder: the variables of the functions


class Plan(NamedTuple):
    """The settings of these names, checked."""

    host: str
    port: int
    web_concurrency: int
    public_origin: str | None
    data_dir: str
    production: bool
    convex_url: str | None
    convex_port: int | None
    auth_max_token_life: int

    @property
    def data(self) -> Path:
        return Path(self.data_dir)

    def written(self) -> str:
        return json.dumps(self._asdict())

    @classmethod
    def read(cls, line: bytes) -> Self:
        return cls(**json.loads(line))
