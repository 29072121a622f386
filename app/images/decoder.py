"""Has `worker.py` decode pictures, each in a process of its own. One that breaks it breaks nothing else."""

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import orjson

from app.errors import Invalid
from app.workers.nameless import nameless
from app.workers.pool import Job, Pool

JOB = Job(
    script=Path(__file__).with_name("worker.py"),
    memory=1024 * 2**20,  # 40 megapixels of WebP with alpha take 780 MB (measured)
    cpu=15,  # the same take 6 s
    largest=32 * 2**20,
    patience=90.0,
)
SIDES = (4096, 1024, 256)  # px, in the order of the worker's files
BROKEN = b'{"error": "This picture takes too much memory or time to open: make it smaller."}'


@dataclass(frozen=True)
class Variant:
    """One size of a picture. `side` is the longest it may have, in px, `size` in bytes, `sha256` in hex."""

    side: int
    width: int
    height: int
    size: int
    sha256: str
    file: BinaryIO


class Decoder:
    def __init__(self, pool: Pool, job: Job = JOB) -> None:
        self._pool = pool
        self._job = job

    @asynccontextmanager
    async def decoded(self, picture: BinaryIO, kind: str, address: str = "") -> AsyncIterator[list[Variant]]:
        """The harmless variants, the full one first, for as long as the context lasts.

        Raises Invalid for a picture that cannot be opened, Unavailable if too many wait.
        """
        with ExitStack() as files:
            outputs = {side: files.enter_context(nameless()) for side in SIDES}
            said = await self._pool.run(self._job, picture, list(outputs.values()), kind, address=address)
            report = orjson.loads(said or BROKEN)
            if "error" in report:
                raise Invalid(report["error"], field="file")
            yield [Variant(**made, file=outputs[made["side"]]) for made in report["variants"]]
