"""A real Chromium, one for all tests, and a fresh profile for each person."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias

import aiohttp
import pytest
from playwright.async_api import Browser, BrowserContext, Error, async_playwright, expect

from harness.chromium import launch
from harness.people import Person
from harness.processes import Easel
from tests.browser.profiles import WINDOW, Profile

expect.set_options(timeout=15_000)  # ms: what is right comes sooner, and on a busy machine not much


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        # The pages of one person share a process, so that none is started in advance: 10 % less of the processor.
        launched = await launch(playwright.chromium, "--renderer-process-limit=1")
        yield launched
        await launched.close()


@pytest.fixture(scope="session")
def profiles() -> dict[str, list[Profile]]:
    """Those that nobody uses, of the Easel of all tests, by the options that they have."""
    return defaultdict(list)


Visit: TypeAlias = Callable[..., Awaitable[BrowserContext]]


@pytest.fixture
async def visit(browser: Browser, easel: Easel, profiles: dict[str, list[Profile]]) -> AsyncIterator[Visit]:
    """Makes a person's browser: `await visit(person, viewport=...)`. A script error on its pages fails the test."""
    contexts: list[BrowserContext] = []
    used: list[tuple[Profile, list[Profile]]] = []
    errors: list[Error] = []

    async def context_of(person: Person | None, options: dict[str, object]) -> BrowserContext:
        if person and person.url == easel.url:
            free = profiles[repr(sorted(options.items()))]
            profile = free.pop() if free else await Profile.make(browser, easel.url, **options)
            used.append((profile, free))
            return profile.context
        context = await browser.new_context(**{"viewport": WINDOW, **options})  # type: ignore[arg-type]
        contexts.append(context)
        context.on("weberror", lambda error: errors.append(error.error))
        return context

    async def make(person: Person | None = None, **options: object) -> BrowserContext:
        context = await context_of(person, options)
        if person:
            await context.add_cookies([{"name": "session", "value": person.token, "url": person.url}])
        return context

    yield make
    for profile, free in used:
        errors += profile.errors
        await profile.leave(free)
    for context in contexts:
        await context.close()
    assert not [error.stack for error in errors]


@pytest.fixture
async def shared_board(easel: Easel, ana: Person) -> str:
    """The URL of a board of Ana's that anyone with the link may edit."""
    return f"{easel.url}/boards/{await ana.create_board('Shared', 'link-edit')}"


@pytest.fixture
async def guest(easel: Easel, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, easel.url, "Gus")
