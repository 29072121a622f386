"""What begins when the application starts, and ends when it stops."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.lowlevel
from fastapi import FastAPI

from app.archives.archives import Archives
from app.archives.making import Maker
from app.auth import Ended, Issuer, Leases
from app.convex.archive_shelf import ArchiveShelf
from app.convex.checkpoint_shelf import CheckpointShelf
from app.convex.deployment import Deployment, Site, Storage, Sync
from app.convex.files import Files
from app.convex.retention_shelf import RetentionShelf
from app.convex.sessions import Sessions, hear_of_ends, keep_time, settle_ends
from app.convex.snapshot_shelf import SnapshotShelf
from app.convex.store import Store
from app.convex.thumbnail_shelf import ThumbnailShelf
from app.history.checkpoints import Checkpoints
from app.history.moments import Moments
from app.history.retention import Retention
from app.hub import Hubs
from app.listening import most_streams
from app.parts import Parts
from app.pictures.painter import Painter
from app.pictures.thumbnails import Thumbnails
from app.settings import Settings
from app.web.static import Static
from app.workers.pool import Pool


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    parts: Parts = app.state.parts
    settings, deployment, storage = parts[Settings], parts[Deployment], parts[Storage]

    async def relay_token() -> str:
        return parts[Issuer].relay_token()

    assert settings.convex_url
    async with deployment, storage, parts[Site], Sync(settings.convex_url, relay_token) as feed:
        deployment.on_answer.append(feed.hurry)
        hubs = Hubs(
            feed,
            SnapshotShelf(feed, storage),
            per_person=settings.max_streams_per_person,
            per_address=settings.max_streams_per_address,
            most=settings.max_streams or most_streams(),
            opening_bytes=settings.max_opening_bytes,
            large=settings.large_board,
            version=lambda: parts[Static].version,
        )
        # In a pool of their own: nobody's picture waits for thumbnails. One for a large board, one for all others.
        painter = Painter(Pool(2), parts[Files])
        thumbnails = Thumbnails(parts[ThumbnailShelf], painter, hubs, ahead=settings.thumbnails_ahead)
        checkpoints = Checkpoints(parts[CheckpointShelf], hubs)
        moments = Moments(parts[CheckpointShelf], settings.large_board, checkpoints.soon)
        shelf = parts[ArchiveShelf]
        archives = Archives(shelf, Maker(shelf, parts[Store], hubs, parts[Files]))
        retention = Retention(parts[CheckpointShelf], parts[RetentionShelf], settings.history_days)
        app.state.parts = parts.extended(feed, hubs, thumbnails, checkpoints, moments, retention, archives)
        keeping = [
            asyncio.create_task(retention.keep_folding()),
            asyncio.create_task(keep_time(parts[Leases])),
            asyncio.create_task(hear_of_ends(feed, parts[Ended], parts[Leases])),
            asyncio.create_task(settle_ends(parts[Sessions])),
        ]
        if not settings.production:
            keeping.append(asyncio.create_task(parts[Static].keep_fresh()))
        # Loads anyio's backend, which would keep the first request, and all others then, for 0.1 s.
        await anyio.lowlevel.checkpoint()
        yield
        for task in keeping:
            task.cancel()
        thumbnails.close()
        checkpoints.close()
        await archives.close()
        await hubs.drain()


async def drain(app: FastAPI) -> None:
    """Sends every stream away, to come back to another process or to this one's successor. Harmless to repeat."""
    await app.state.parts[Hubs].drain()
