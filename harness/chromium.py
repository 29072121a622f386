"""The browser of the tests and of the measurements: Debian's Chromium, without a screen."""

import shutil

from playwright.async_api import Browser, BrowserType

# The shell has no window of its own to draw: a context costs 0.13 s of the processor instead of 0.48 s.
PROGRAMS = ("chromium-headless-shell", "chromium")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # as with a screen; the shell rounds the width of letters otherwise
)


async def launch(chromium: BrowserType, *flags: str) -> Browser:
    """Raises FileNotFoundError if there is no Chromium."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise FileNotFoundError("This needs Chromium: install the package chromium-headless-shell.")
    return await chromium.launch(executable_path=program, chromium_sandbox=False, args=[*FLAGS, *flags])
