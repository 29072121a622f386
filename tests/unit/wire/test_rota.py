"""A hundred connections of one address: they are parsed in turn, and another address does not wait."""

import asyncio

from app.wire.numbers import EACH_TURN
from app.wire.rota import Rota


async def test_one_address_has_so_many_pieces_parsed_in_a_turn() -> None:
    rota = Rota()
    assert [rota.take("a") for _ in range(EACH_TURN + 2)] == [True] * EACH_TURN + [False] * 2
    assert rota.take("b")
    await asyncio.sleep(0)
    assert rota.take("a")


async def test_who_waits_is_called_in_order_and_nobody_passes_them() -> None:
    rota, called = Rota(), list[int]()
    for n in range(3 * EACH_TURN):
        rota.wait("a", lambda n=n: called.append(n))  # type: ignore[misc]
    for turns in (1, 2, 3):
        assert not rota.take("a")
        assert rota.take("b")
        await asyncio.sleep(0)
        assert called == list(range(turns * EACH_TURN))
    await asyncio.sleep(0)
    assert rota.take("a")


async def test_who_has_more_waits_again_and_another_is_called_between() -> None:
    rota, called = Rota(), list[str]()

    def long() -> None:
        called.append("a")
        if called.count("a") < 3 * EACH_TURN:
            rota.wait("a", long)

    rota.wait("a", long)
    await asyncio.sleep(0)
    rota.wait("b", lambda: called.append("b"))
    while called.count("a") < 3 * EACH_TURN:
        await asyncio.sleep(0)
    assert called.index("b") <= 2
