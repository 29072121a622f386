"""Profiles of people's browsers that tests use in turn, emptied: a new one costs as much as half a page."""

from collections.abc import Callable
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Error, Page

WINDOW = {"width": 1280, "height": 800}
QUIET = "/healthz"  # a page without scripts
LASTING = ("add_init_script", "expose_binding", "expose_function", "on", "once", "route_from_har", "set_geolocation")


class Profile:
    """A context for one site. Its first page stays, and with it the process of its pages and what they compiled."""

    def __init__(self, site: str, context: BrowserContext, parked: Page, devtools: CDPSession) -> None:
        self.context = context
        self.errors: list[Error] = []
        self.spoiled = False
        self._site = site
        self._parked = parked
        self._devtools = devtools
        context.on("weberror", lambda error: self.errors.append(error.error))
        parked.on("crash", lambda _: self._spoil())
        for name in LASTING:
            setattr(context, name, self._spoiling(getattr(context, name)))

    @classmethod
    async def make(cls, browser: Browser, site: str, **options: Any) -> "Profile":
        context = await browser.new_context(**{"viewport": WINDOW, **options})
        parked = await context.new_page()
        await parked.goto(site + QUIET)
        return cls(site, context, parked, await context.new_cdp_session(parked))

    async def leave(self, free: list["Profile"]) -> None:
        """Empty, to those that are free; closed if it is spoiled."""
        if self.spoiled:
            await self.context.close()
        else:
            await self._empty()
            free.append(self)

    async def _empty(self) -> None:
        for page in self.context.pages:
            if page != self._parked:
                await page.close()
        self.errors.clear()
        await self.context.unroute_all()
        await self.context.set_offline(False)
        await self.context.clear_permissions()
        await self.context.clear_cookies()
        await self._devtools.send("Storage.clearDataForOrigin", {"origin": self._site, "storageTypes": "all"})

    def _spoil(self) -> None:
        self.spoiled = True

    def _spoiling(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """The same method of the context, which leaves something that cannot be taken back."""

        def called(*args: Any, **options: Any) -> Any:
            self._spoil()
            return method(*args, **options)

        return called
