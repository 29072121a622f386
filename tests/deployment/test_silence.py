"""A deployment that is silent for a while: it is in doubt soon, and its connection is kept for longer."""

from app.convex.deployment import Limits, Sync
from tests.deployment.reading import until_state
from tests.deployment.served import Served


def test_doubt_comes_within_five_seconds_and_long_before_the_end() -> None:
    limits = Limits()
    assert limits.pulse * limits.doubt < 5 < limits.heartbeat * 1.5


async def test_a_silent_connection_is_in_doubt_and_comes_to_life(own_served: Served) -> None:
    limits = Limits(pulse=0.05, doubt=10, heartbeat=3_600, silence=3_600)
    async with Sync(own_served.url, limits=limits) as sync:
        await until_state(sync, True)
        for number in range(2):
            own_served.suspend()
            try:
                await until_state(sync, False)
            finally:
                own_served.resume()
            await until_state(sync, True)
            await sync.mutation("rooms:append", {"room": "silent", "text": str(number)})
        assert sync._protocol._connections == 1
