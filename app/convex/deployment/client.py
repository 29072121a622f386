"""Name and URL, the same for both clients."""

from importlib.metadata import version

from yarl import URL

HEADERS = {"Convex-Client": f"python-{version('convex')}"}


def deployment_url(url: str) -> URL:
    """The base URL. Raises ValueError for anything but http and https."""
    parsed = URL(url)
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise ValueError(f"a deployment's URL starts with http:// or https://, not {url!r}")
    return parsed
