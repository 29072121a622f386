"""Tests take browser profiles over from each other, and find nothing in them."""

from typing import Any

import pytest
from playwright.async_api import Browser

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.profiles import Profile
from tests.browser.seeded import PHONE
from tests.browser.test_unfinished import killed

KEEP = """async () => {
    localStorage.setItem("kept", "1");
    sessionStorage.setItem("kept", "1");
    document.cookie = "kept=1";
    await caches.open("kept");
    await new Promise(resolve => { indexedDB.open("kept").onsuccess = resolve; });
}"""
KEPT = """async () => [
    localStorage.length, sessionStorage.length, document.cookie, await caches.keys(), await indexedDB.databases(),
    (await navigator.permissions.query({ name: "clipboard-read" })).state, navigator.onLine, innerWidth,
    matchMedia("(prefers-color-scheme: dark)").matches, navigator.maxTouchPoints,
]"""


@pytest.mark.parametrize("options", [{}, PHONE | {"color_scheme": "dark"}])
async def test_a_profile_comes_empty_and_as_it_was(
    browser: Browser, easel: Easel, ana: Person, options: dict[str, Any]
) -> None:
    profile = await Profile.make(browser, easel.url, **options)
    page = await profile.context.new_page()
    await page.goto(easel.url + "/sign-in")
    before = await page.evaluate(KEPT)
    await profile.context.add_cookies([{"name": "session", "value": ana.token, "url": ana.url}])
    await profile.context.grant_permissions(["clipboard-read"])
    await profile.context.route("**/*", lambda route: route.abort())
    await page.emulate_media(color_scheme="light" if options else "dark")
    await page.set_viewport_size({"width": 500, "height": 500})
    await page.evaluate(KEEP)
    await profile.context.set_offline(True)
    assert await page.evaluate(KEPT) != before
    free: list[Profile] = []
    await profile.leave(free)
    assert free == [profile]
    assert await profile.context.cookies() == []
    page = await profile.context.new_page()
    await page.goto(easel.url + "/sign-in")
    assert await page.evaluate(KEPT) == before
    await profile.context.close()


async def test_a_profile_that_cannot_be_emptied_is_closed(browser: Browser, easel: Easel) -> None:
    free: list[Profile] = []
    scripted, heard, crashed = [await Profile.make(browser, easel.url) for _ in range(3)]
    await scripted.context.add_init_script("window.kept = 1")
    heard.context.on("request", lambda _: None)
    page = await crashed.context.new_page()
    await page.goto(easel.url + "/healthz")  # in the process of the parked page
    await killed(BoardPage(page))
    for profile in (scripted, heard, crashed):
        await profile.leave(free)
    assert free == []
